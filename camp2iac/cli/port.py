"""``camp2iac port``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console, colour, columns, shows

if TYPE_CHECKING:
    from camp2iac.compiler import Result
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.port import PortReport


def _names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in (value or "").split(",") if name.strip()))
    for name in names:
        options.known_target(name)
    return names


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
    help="An environment file, which names its platform. One per platform. Repeatable.",
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
def command(
    console: Console,
    plan: Path | None,
    targets: tuple[str, ...],
    environments: tuple[Path, ...],
    overrides: dict[str, str],
    catalogue: tuple[Path, ...],
    strict: bool,
    signer: str | None,
    fail_on: str | None,
    output: str,
) -> int:
    """Show for each statement of a plan whether a platform keeps, degrades or loses it, why, and what to do.

    \b
    camp2iac port camp.yaml --target heroku
    camp2iac port camp.yaml --target openstack,heroku -e environments/openstack.yaml -e environments/heroku.yaml
    camp2iac port camp.yaml --target heroku --fail-on lost --output markdown > port.md
    """
    from camp2iac.review.port import fails

    if not targets and not environments:
        raise click.UsageError("name the platforms: --target openstack,heroku")
    runs: list[tuple[Path | None, str | None]] = [(environment, None) for environment in environments]
    runs += [(None, name) for name in targets]
    places = [session.default_output(plan, environment, name) for environment, name in runs]
    read = session.read(plan, strict=strict, signer=signer, leave_out=[*environments, *places])
    found: dict[str, Result] = {}
    shared: dict[Diagnostic, None] = {}  # errors on every platform are reported once
    texts: dict[str, str] = {}
    for (environment, name), place in zip(runs, places, strict=True):
        if name in found:
            continue  # an environment file names it
        made = read.compile(environment, target=name, overrides=overrides, catalogue=catalogue, output=place)
        shown = session.shown(made, read, plan, environments, strict=strict)
        shared.update(dict.fromkeys(shown.diagnostics))
        texts.update(shown.texts)
        result = made.compiled.result
        if result is None:
            console.diagnostics(shared, texts)
            return 1
        target = result.target.name
        if target in found:
            raise click.UsageError(f"two environment files are for {target}; name only one")
        if targets and target not in targets:
            raise click.UsageError(f"{environment} is for {target}, which --target does not name")
        found[target] = result
    console.diagnostics(shared, texts)
    report = _report([found[name] for name in targets or found])
    console.result(_rendered(report, output), painted=output == "pretty")
    wrong = session.failed(shared)
    return 1 if wrong or fails(report, fail_on) else 0


def _report(results: Sequence[Result]) -> PortReport:
    from camp2iac.review.port import Column, report

    columns = [Column(each.target.name, each.environment.file, each.statements) for each in results]
    first = results[0].topology
    return report(first.title or first.name, first.file, columns)


def _rendered(report: PortReport, output: str) -> str:
    if output == "json":
        from camp2iac.review.formats import json

        return json.render(report)
    if output == "markdown":
        from camp2iac.review.formats import markdown

        return markdown.render(report)
    from camp2iac.record import replace
    from camp2iac.review.formats import text

    signs = text.UNICODE if shows(sys.stdout, "✓✗→") else text.ASCII
    return text.render(report, replace(signs, colour=colour(sys.stdout)), columns())
