"""``camp2iac port``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.console import Console, colour, columns, shows
from camp2iac.record import Record, replace

if TYPE_CHECKING:
    from camp2iac.compiler import Result
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.port import PortReport


def _names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in (value or "").split(",") if name.strip()))
    for name in names:
        options.known_target(name)
    return names


class PortOptions(Record, frozen=True):
    """The options, as click passes them."""

    targets: tuple[str, ...]
    environments: tuple[Path, ...]
    overrides: dict[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    fail_on: str | None
    output: str


@click.command("port")
@options.plan
@click.option("--target", "targets", callback=_names, metavar="NAME[,NAME]", help="The platforms to compare.")
@click.option(
    "-e",
    "--environment",
    "environments",
    type=options.ExistingFile(),
    multiple=True,
    metavar="ENV.yaml",
    help="An environment file, which names its platform. Repeatable. [default: all files in "
    "environments/, unless --target is used]",
)
@options.overrides
@options.catalogue
@options.strict
@options.signer
@click.option(
    "--fail-on",
    type=click.Choice(["lost", "degraded"]),
    help="Exit with 1 if a statement is lost. With degraded: if one is lost or degraded.",
)
@click.option(
    "--output",
    type=click.Choice(["pretty", "json", "markdown"]),
    default="pretty",
    show_default=True,
    help="The format of the report.",
)
@options.common
@click.pass_obj
def command(console: Console, /, plan: options.NamedPlan, **given: object) -> int:
    """Show for each statement of a plan whether a platform keeps, degrades or loses it, why, and what to do.

    Without PLAN, the plan is camp.yaml in this folder, or in the nearest folder above it. Without -e and --target, the
    report is about all files in environments/ beside the plan. Each is a column, with the name of its platform, or of
    the environment if several are for one platform.

    \b
    camp2iac port                               # for all of environments/
    camp2iac port --target openstack,heroku
    camp2iac port --target openstack,heroku -e environments/openstack.yaml -e environments/heroku.yaml
    camp2iac port --target heroku --fail-on lost --output markdown > port.md
    """
    from camp2iac.cli import discovery
    from camp2iac.review.port import fails

    chosen = PortOptions(**given)  # type: ignore[arg-type]  # click has their types
    source = discovery.plan(console, plan, chosen.output)
    if not chosen.targets and not chosen.environments:
        chosen = replace(chosen, environments=discovery.environments(source, (), form=chosen.output))
    if not chosen.targets and not chosen.environments:
        raise click.UsageError("name the platforms: --target openstack,heroku")
    shared: dict[Diagnostic, None] = {}  # errors on every platform are reported once
    texts: dict[str, str] = {}
    results = _compiled(source, chosen, shared, texts)
    console.diagnostics(shared, texts)
    report = _report(results) if results is not None else None
    if chosen.output == "json":
        made = _rendered(report, "json") if report is not None else None
        console.result(reports.rendered(made, shared, texts))
    elif report is not None:
        console.result(_rendered(report, chosen.output), painted=chosen.output == "pretty")
    return 1 if report is None or session.failed(shared) or fails(report, chosen.fail_on) else 0


def _compiled(
    plan: Path | None, chosen: PortOptions, shared: dict[Diagnostic, None], texts: dict[str, str]
) -> list[Result] | None:
    """The plan on each platform; None if an error prevents it. Adds to ``shared`` and ``texts``."""
    runs: list[tuple[Path | None, str | None]] = [(environment, None) for environment in chosen.environments]
    runs += [(None, name) for name in chosen.targets]
    places = [session.default_output(plan, environment, name) for environment, name in runs]
    left_out = [*chosen.environments, *places]
    read = session.read(plan, strict=chosen.strict, signer=chosen.signer, leave_out=left_out)
    found: dict[str, list[Result]] = {}  # by platform
    for (environment, name), place in zip(runs, places, strict=True):
        if name in found:
            continue  # an environment file names it
        made = read.compile(
            environment, target=name, overrides=chosen.overrides, catalogue=chosen.catalogue, output=place
        )
        shown = session.shown(made, read, plan, chosen.environments, strict=chosen.strict)
        shared.update(dict.fromkeys(shown.diagnostics))
        texts.update(shown.texts)
        result = made.compiled.result
        if result is None:
            return None
        target = result.target.name
        if chosen.targets and target not in chosen.targets:
            raise click.UsageError(f"{environment} is for {target}, which --target does not name")
        found.setdefault(target, []).append(result)
    return [each for name in chosen.targets or found for each in found[name]]


def _report(results: Sequence[Result]) -> PortReport:
    from camp2iac.review.port import Column, report

    platforms = Counter(each.target.name for each in results)
    columns = [
        Column(
            _name(each) if platforms[each.target.name] > 1 else each.target.name, each.environment.file, each.statements
        )
        for each in results
    ]
    first = results[0].topology
    return report(first.title or first.name, first.file, columns)


def _name(result: Result) -> str:
    """The name of a column beside others of the same platform: that of the environment."""
    file = result.environment.file
    return PurePath(file).stem if file else result.target.name


def _rendered(report: PortReport, output: str) -> str:
    if output == "json":
        from camp2iac.review.formats import json

        return json.render(report)
    if output == "markdown":
        from camp2iac.review.formats import markdown

        return markdown.render(report)
    from camp2iac.review.formats import text

    signs = text.UNICODE if shows(sys.stdout, "✓✗→") else text.ASCII
    return text.render(report, replace(signs, colour=colour(sys.stdout)), columns())
