"""``camp2iac import``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.console import Console
from camp2iac.cli.faults import Fault
from camp2iac.cli.format_names import named
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.importers import Imported, Importer


_TOO_LARGE = "CAMP428"
_NO_CONTENT = "CAMP211"  # a build still has to create it
_HEAD = 400  # bytes at the start of a file, which say what wrote it


def _source(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    if not value:
        raise click.BadParameter("the value is empty; is a variable not set? For this folder, write  .", ctx, param)
    if not options.nameable(value):
        raise click.BadParameter("its name is not UTF-8; rename it", ctx, param)
    return Path(value)


def _folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    return _source(ctx, param, value) if value is not None else None


class PlatformVerdict(Record, frozen=True):
    """Whether an imported plan compiles for a platform. ``found``: the error that prevents it; None if it compiles."""

    target: str
    file: str
    found: Diagnostic | None


@click.command("import")
@click.argument("format_", metavar="FORMAT")
@click.argument("source", metavar="SOURCE", callback=_source)
@click.option(
    "-o", "folder", callback=_folder, metavar="DIR", help="The folder of the plan [default: that of the source]."
)
@click.option("--force", is_flag=True, help="Replace files that an earlier import wrote.")
@options.report("pretty", "json")
@options.common
@click.pass_obj
def command(console: Console, format_: str, source: Path, folder: Path | None, force: bool, output: str) -> int:
    """Write a plan for an application that is described in another format.

    SOURCE is a file, or a folder with files of the format. camp2iac reads no file outside its folder. The report has
    each statement of the source: whether the plan keeps it, changes it or leaves it out, and why.

    If DIR is another folder, the content of the plan is copied into it. Existing files are never overwritten.

    \b
    camp2iac import compose .
    camp2iac import compose shop/compose.yaml -o shop-plan
    """
    from camp2iac.importers import registry

    importer = named(registry, "importer", "CAMP760", format_, output)
    if not options.exists(source):
        raise Fault(_unreadable(source), output)
    imported = _read(format_, importer, source)
    names = {name: (imported.folder / name).as_posix() for name in imported.texts}
    found = [session.renamed(each, names) for each in imported.diagnostics.ordered()]
    texts = {names[name]: text for name, text in imported.texts.items()}
    written: tuple[str, ...] = ()
    verdicts: list[PlatformVerdict] = []
    if imported.plan is not None:
        place = folder if folder is not None else imported.folder
        made = _written(imported, place, force=force)
        if isinstance(made, tuple):
            verdicts = _environments(imported, place, force=force)
            written = (*made, *(each.file for each in verdicts if each.file))
        else:
            found.append(made)
    done = bool(written)
    if output == "json":
        report = _report(imported, source, written, verdicts)
        console.result(reports.rendered(reports.text(report) if done else None, found, texts))
        return 0 if done else 1
    console.diagnostics(found, texts)
    if imported.plan is not None and done:
        from camp2iac.importers import report as formats

        console.result(formats.pretty(imported.ledger))
        _say(console, imported, written, verdicts)
    return 0 if done else 1


def _unreadable(source: Path) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic

    return Diagnostic("CAMP761", options.missing(source), help="name a file, or a folder with files of the format")


def _read(name: str, importer: Importer, source: Path) -> Imported:
    from camp2iac.importers import read

    return read(name, importer, source)


def _written(imported: Imported, place: Path, *, force: bool) -> tuple[str, ...] | Diagnostic:
    """Write the plan, its files and, into another folder, its content. Returns the names, or why nothing is written."""
    from camp2iac.cli import editor

    plan = imported.plan
    if plan is None:
        return ()
    main = imported.main[0]
    files = {session.PLAN: plan.text(imported.format, main).encode("utf-8", "replace"), **plan.files}
    files |= _content(imported, place)
    found = _write(files, place, force=force)
    if found is None:
        editor.write(place)
    return found or tuple(sorted(files))


def _content(imported: Imported, place: Path) -> dict[str, bytes]:
    """The content of the plan, path to bytes, if the plan is not in the folder of the source."""
    from camp2iac.camp.folder import FolderPackage

    if imported.plan is None or os.path.realpath(place) == os.path.realpath(imported.folder):
        return {}
    without = [place, *(imported.folder / each for each in imported.plan.withheld)]
    package = FolderPackage(imported.folder, f"{imported.folder}/", plan="", leave_out=without)
    wanted = imported.plan.content()
    found = {}
    for name in package.everything() if wanted else ():
        if any(not each or name == each or name.startswith(f"{each}/") for each in wanted):
            found[name] = package.read(name)
    return found


def _write(files: Mapping[str, bytes], place: Path, *, force: bool) -> Diagnostic | None:
    """Write files, all or none. The reason (CAMP743, CAMP763) if they cannot be written."""
    from camp2iac.cli.atomic import new_file, unwritable
    from camp2iac.diagnostics import Diagnostic

    taken = [name for name, data in sorted(files.items()) if _is_taken(place, name, data, force=force)]
    if taken:
        more = f", and {len(taken) - 1} more" if len(taken) > 1 else ""
        return Diagnostic(
            "CAMP763",
            f"{(place / taken[0]).as_posix()} exists already{more}",
            notes=("nothing was written",),
            help="name another folder with  -o DIR;  --force replaces files that an earlier import wrote",
        )
    try:
        with ExitStack() as stack:
            for name, data in files.items():
                path = place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(new_file(path, [data]))
    except OSError as error:
        return unwritable(place, error)
    return None


def _is_taken(place: Path, name: str, data: bytes, *, force: bool) -> bool:
    """Whether a file must not be written: there is another one, or something above it is not a plain folder."""
    from camp2iac.importers.draft import WRITTEN

    path = place / name
    folders = [each for each in path.parents if each != place and place in each.parents]
    if any(os.path.lexists(each) and (each.is_symlink() or not each.is_dir()) for each in folders):
        return True
    if not os.path.lexists(path):
        return False
    if path.is_symlink() or not path.is_file():
        return True
    found = path.read_bytes()
    return found != data and not (force and WRITTEN.encode() in found[:_HEAD])


def _environments(imported: Imported, place: Path, *, force: bool) -> list[PlatformVerdict]:
    """Write the environment files for the platforms that the plan compiles for."""
    from camp2iac.targets import registry

    verdicts = []
    for target in registry.names():
        verdict = _environment(imported, place, target, force=force)
        verdicts.append(verdict)
    return verdicts


def _environment(imported: Imported, place: Path, target: str, *, force: bool) -> PlatformVerdict:
    from camp2iac.importers import NotedValue

    name = f"{session.ENVIRONMENTS}/{target}.yaml"
    assert imported.plan is not None  # noqa: S101 - it was written
    text = imported.plan.environment(target)
    wrong = _write({name: text.encode("utf-8", "replace")}, place, force=force)
    if wrong is not None:
        return PlatformVerdict(target, "", wrong)
    severe = _errors(place, name)
    if any(each.code == _TOO_LARGE for each in severe) and "object_store" not in imported.plan.environments.get(
        target, {}
    ):
        settings = imported.plan.environments.setdefault(target, {})
        settings["object_store"] = NotedValue(True, "the content is too large for user data: the cloud needs Swift")
        (place / name).write_text(imported.plan.environment(target), encoding="utf-8")
        severe = _errors(place, name)
    waits = imported.plan.steps and all(each.code == _NO_CONTENT for each in severe)
    if severe and not waits and target not in imported.plan.environments:
        (place / name).unlink()
        name = ""
    return PlatformVerdict(target, name, severe[0] if severe else None)


def _errors(place: Path, environment: str) -> list[Diagnostic]:
    """The errors of the plan for an environment file."""
    plan = session.read(place / session.PLAN, leave_out=[place / environment])
    return [each for each in plan.check(place / environment).diagnostics if each.level.value == "error"]


def _say(console: Console, imported: Imported, written: Iterable[str], verdicts: Iterable[PlatformVerdict]) -> None:
    for name in written:
        console.say(f"written: {name}")
    for each in verdicts:
        why = f"{each.found.message} ({each.found.code})" if each.found is not None else "the plan compiles"
        console.say(f"{each.target}: {why}")
    steps = imported.plan.steps if imported.plan is not None else []
    console.say("\nNext:")
    for step in steps:
        console.say(f"  first: {step}")
    console.say("  camp2iac validate")


def _report(
    imported: Imported, source: Path, written: Iterable[str], verdicts: Iterable[PlatformVerdict]
) -> dict[str, object]:
    from camp2iac.importers import report

    return {
        "format": imported.format,
        "source": source.as_posix(),
        "written": list(written),
        "statements": report.items(imported.ledger),
        "counts": report.counts(imported.ledger),
        "platforms": [
            {
                "target": each.target,
                "environment": each.file or None,
                "code": each.found.code if each.found is not None else None,
                "message": each.found.message if each.found is not None else None,
            }
            for each in verdicts
        ],
        "steps": list(imported.plan.steps) if imported.plan is not None else [],
    }
