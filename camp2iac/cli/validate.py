"""``camp2iac validate``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console, colour

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic


@click.command("validate")
@options.plan
@options.environment
@options.target
@options.overrides
@options.catalogue
@click.option("--strict", is_flag=True, help="Make warnings errors; refuse files that camp.mf does not list.")
@click.option(
    "--output",
    type=click.Choice(["pretty", "plain", "json", "sarif", "github"]),
    default="pretty",
    help="The form of the report.",
)
@options.common
@click.pass_obj
def command(
    console: Console,
    plan: Path | None,
    environment: Path | None,
    target: str | None,
    overrides: dict[str, str],
    catalogue: tuple[Path, ...],
    strict: bool,
    output: str,
) -> int:
    """Say what is wrong with a plan, all at once, with lines and suggestions.

    PLAN is a file, a folder, a PDP archive, or - for standard input. With an environment or a target the plan is
    also compiled for that platform.

    \b
    camp2iac validate camp.yaml
    camp2iac validate shop.zip -e environments/prod.yaml --strict
    camp2iac validate camp.yaml --output sarif > camp.sarif
    """
    from camp2iac import compiler
    from camp2iac.diagnostics.formats import render

    options.known_target(target)
    loaded = session.load(plan, strict=strict, leave_out=[environment] if environment else [])
    compiler.compile(loaded, environment=environment, target=target, overrides=overrides, catalogue=catalogue)
    names, texts = session.typed_names(loaded, plan, [environment] if environment else [])
    found = [session.renamed(each, names) for each in loaded.diagnostics.ordered()]
    found = [_strict(each) if strict else each for each in found]
    if console.quiet and output in ("pretty", "plain"):
        found = [each for each in found if each.level.value == "error"]
    report = render(found, texts, output, colour=colour(sys.stdout))
    if not report and output in ("pretty", "plain") and not console.quiet:
        report = f"{plan or options.STDIN}: nothing wrong\n"
    console.result(report)
    return 1 if any(each.level.value == "error" for each in found) else 0


def _strict(diagnostic: Diagnostic) -> Diagnostic:
    from camp2iac.diagnostics import Severity

    return replace(diagnostic, severity=Severity.ERROR) if diagnostic.level is Severity.WARNING else diagnostic
