"""``camp2iac validate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console, colour


@click.command("validate")
@options.plan
@options.environment
@options.target
@options.overrides
@options.catalogue
@options.strict
@options.signer
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
    signer: str | None,
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
    from camp2iac.diagnostics.formats import render

    options.known_target(target)
    files = [environment] if environment else []
    read = session.read(plan, strict=strict, signer=signer, leave_out=files)
    check = read.check(environment, target=target, overrides=overrides, catalogue=catalogue)
    shown = session.shown(check, read, plan, files, strict=strict)
    found = shown.diagnostics
    if console.quiet and output in ("pretty", "plain"):
        found = [each for each in found if each.level.value == "error"]
    report = render(found, shown.texts, output, colour=colour(sys.stdout))
    if not report and output in ("pretty", "plain") and not console.quiet:
        report = f"{plan or options.STDIN}: nothing wrong\n"
    console.result(report)
    return 1 if shown.failed else 0
