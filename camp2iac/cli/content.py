"""``camp2iac content``."""

from __future__ import annotations

from pathlib import Path

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console


@click.command("content")
@options.plan
@options.environment
@options.strict
@options.signer
@click.option(
    "--output",
    type=click.Choice(["pretty", "json"]),
    default="pretty",
    show_default=True,
    help="The format of the list.",
)
@options.common
@click.pass_obj
def command(
    console: Console, plan: Path | None, environment: Path | None, strict: bool, signer: str | None, output: str
) -> int:
    """List the files that are content: each with its size and the reason, and what is left out by which rule.

    PLAN is a file, a folder, a PDP archive, or - for standard input. The environment file and its output folder are
    left out of the content.

    \b
    camp2iac content camp.yaml
    camp2iac content camp.yaml -e environments/prod.yaml
    camp2iac content shop.zip --output json
    """
    from camp2iac.review import contents
    from camp2iac.review.formats import contents as formats

    files = [environment] if environment is not None else []
    places = [session.default_output(plan, each, None) for each in files]
    read = session.read(plan, strict=strict, signer=signer, leave_out=[*files, *places])
    check = read.check(environment)
    shown = session.shown(check, read, plan, files, strict=strict)
    console.diagnostics(shown.diagnostics, shown.texts)
    source = read.reading.source
    if source is None:
        return 1
    result = check.compiled.result
    report = contents.report(source.plan, source.package, result.lowered.facts if result is not None else None)
    console.result(formats.to_json(report) if output == "json" else formats.pretty(report))
    return 1 if shown.failed else 0
