"""``camp2iac export``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.console import Console
from camp2iac.cli.format_names import named
from camp2iac.record import Record, replace

if TYPE_CHECKING:
    from camp2iac.cli.exported import ExportFolder
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.exporters import Exporter
    from camp2iac.exporters.exporting import ExportResult
    from camp2iac.importers import ImportedStatement

_TARGET = re.compile(rb"^target:[ \t]*[\"']?([A-Za-z0-9_-]+)", re.MULTILINE)
_HEAD = 64 * 1024  # bytes of an environment file in which its platform is looked for


def _place(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value:
        raise click.BadParameter("the value is empty; is a variable not set? For this folder, write  .", ctx, param)
    if not options.nameable(value) or any(not c.isprintable() for c in value):
        raise click.BadParameter("its name is not UTF-8, or has control characters; name another", ctx, param)
    return Path(value)


class ExportOptions(Record, frozen=True):
    """The options, as click passes them."""

    environment: Path | None
    folder: Path | None
    overrides: dict[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    output: str


class _Done(Record, frozen=True):
    """What a run found. ``written``: None after errors."""

    diagnostics: list[Diagnostic]
    texts: dict[str, str]
    result: ExportResult | None = None
    statements: tuple[ImportedStatement, ...] = ()
    written: ExportFolder | None = None


@click.command("export")
@click.argument("format_", metavar="FORMAT")
@options.plan
@options.environment
@click.option(
    "-o", "folder", callback=_place, metavar="DIR", help="The folder [default: infra/FORMAT beside the plan]."
)
@options.overrides
@options.catalogue
@options.strict
@options.signer
@options.report("pretty", "json")
@options.common
@click.pass_obj
def command(console: Console, /, format_: str, plan: options.NamedPlan, **given: object) -> int:
    """Write the application in another format, such as a Compose file.

    The report has each statement of the plan: whether the export keeps it, changes it or leaves it out, and why. No
    file has the value of a secret.

    Without PLAN, the plan is camp.yaml in this folder, or in the nearest folder above it. Without -e, camp2iac uses the
    file in environments/ that is for the platform of the format, if there is one: docker for both formats. Files that
    an earlier export wrote are replaced, and no others.

    \b
    camp2iac export compose                     # writes infra/compose
    camp2iac export score
    camp2iac export compose shop -e shop/environments/docker.yaml -o shop-compose
    """
    from camp2iac.cli import discovery
    from camp2iac.exporters import registry

    chosen = ExportOptions(**given)  # type: ignore[arg-type]  # click has their types
    exporter = named(registry, "exporter", "CAMP775", format_, chosen.output)
    source = discovery.plan(console, plan, chosen.output)
    if chosen.environment is None:
        chosen = replace(chosen, environment=_environment(source, exporter, chosen.output))
    done = _export(format_, exporter, source, chosen)
    wrong = done.written is None or session.failed(done.diagnostics)
    if chosen.output == "json":
        report = reports.text(_report(format_, source, chosen, done)) if done.written is not None else None
        console.result(reports.rendered(report, done.diagnostics, done.texts))
        return 1 if wrong else 0
    console.diagnostics(done.diagnostics, done.texts)
    if done.written is not None and done.result is not None and done.result.exported is not None:
        from camp2iac.importers.report import table

        console.result(table(done.statements, Counter(each.fate for each in done.statements)))
        _say(console, done.written, done.result.exported.steps)
    return 1 if wrong else 0


def _environment(plan: Path | None, exporter: Exporter, form: str) -> Path | None:
    """The only environment file for the platform of the format; None if there is none."""
    from camp2iac.camp.bounded import read_start
    from camp2iac.cli import discovery

    found = []
    for file in discovery.environments(plan, (), form=form):
        try:
            named = _TARGET.search(read_start(file, _HEAD))
        except OSError:
            continue  # commands that use it report it
        if named is not None and named[1].decode() == exporter.target:
            found.append(file)
    if len(found) > 1:
        names = " and ".join(each.as_posix() for each in found)
        raise click.UsageError(f"{names} are for {exporter.target}; name one with  -e")
    return found[0] if found else None


def _export(name: str, exporter: Exporter, plan: Path | None, chosen: ExportOptions) -> _Done:
    """Compile the plan, export it, and write the files."""
    from camp2iac.cli import exported
    from camp2iac.exporters import export

    place = chosen.folder if chosen.folder is not None else session.default_output(plan, None, name)
    named = (chosen.environment,) if chosen.environment is not None else ()
    own = () if exported.contains(place, session.folder(plan)) else (place,)
    whole = session.read(plan, strict=chosen.strict, signer=chosen.signer, leave_out=named)
    wrong = exported.refused(place, whole.reading.source, plan, given=chosen.folder is not None)
    if wrong is not None:
        shown = session.shown(whole, whole, plan, named, strict=chosen.strict)
        return _Done([*shown.diagnostics, session.renamed(wrong, shown.names)], dict(shown.texts))
    read = session.read(plan, strict=chosen.strict, signer=chosen.signer, leave_out=[*named, *own]) if own else whole
    made = read.compile(
        chosen.environment,
        target=exporter.target if chosen.environment is None else None,
        overrides=chosen.overrides,
        catalogue=chosen.catalogue,
        output=place if own else None,
    )
    shown = session.shown(made, read, plan, named, strict=chosen.strict)
    found = _Done(list(shown.diagnostics), dict(shown.texts))
    result, source = made.compiled.result, read.reading.source
    if result is not None and result.target.name != exporter.target:
        return replace(found, diagnostics=[_other(name, exporter, chosen.environment, result.target.name)])
    if result is None or source is None or not made.ok or shown.failed:
        return found
    done = export(exporter, result.topology, result.environment, source.package, result.statements)
    more = [session.renamed(each, shown.names) for each in done.diagnostics.ordered()]
    found = replace(found, result=done, diagnostics=[*found.diagnostics, *more])
    return _written(found, place, name, shown.names)


def _written(found: _Done, place: Path, name: str, names: Mapping[str, str]) -> _Done:
    """The same after its files were written. ``names``: of files as the user typed them."""
    from camp2iac.cli import exported

    done = found.result
    if done is None or done.exported is None:
        return found
    written = exported.write(place, name, done.exported.files)
    if not isinstance(written, exported.ExportFolder):
        return replace(found, diagnostics=[*found.diagnostics, written])
    statements = tuple(
        replace(each, span=replace(each.span, file=names.get(each.span.file, each.span.file)))
        for each in done.statements
    )
    return replace(found, statements=statements, written=written)


def _other(name: str, exporter: Exporter, environment: Path | None, target: str) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic

    file = environment.as_posix() if environment is not None else ""
    return Diagnostic(
        "CAMP779",
        f"{file} is for {target}, and {name} needs one for {exporter.target}",
        help=f"name an environment file with  target: {exporter.target},  or leave  -e  out",
    )


def _say(console: Console, written: ExportFolder, steps: tuple[str, ...]) -> None:
    for name in written.files:
        console.say(f"written: {(written.place / name).as_posix()}")
    for name in written.removed:
        console.say(f"removed: {(written.place / name).as_posix()}")
    console.say(f"\nNext, in {written.place.as_posix()}:")
    for step in steps:
        console.say(f"  {step}")


def _report(name: str, plan: Path | None, chosen: ExportOptions, done: _Done) -> dict[str, object]:
    from camp2iac.importers import Fate
    from camp2iac.importers.report import listed

    totals = Counter(each.fate for each in done.statements)
    written, exported = done.written, done.result.exported if done.result is not None else None
    return {
        "format": name,
        "plan": reports.plan_name(plan),
        "environment": chosen.environment.as_posix() if chosen.environment is not None else None,
        "folder": written.place.as_posix() if written is not None else None,
        "written": list(written.files) if written is not None else [],
        "removed": list(written.removed) if written is not None else [],
        "statements": listed(done.statements),
        "counts": {fate.value: totals[fate] for fate in Fate},
        "steps": list(exported.steps) if exported is not None else [],
    }
