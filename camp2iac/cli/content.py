"""``camp2iac content``."""

from __future__ import annotations

from pathlib import Path

import click

from camp2iac.cli import options, reports, session
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
    console: Console,
    plan: options.NamedPlan,
    environment: Path | None,
    strict: bool,
    signer: str | None,
    output: str,
) -> int:
    """List the files that are content: each with its size and the reason, and what is left out by which rule.

    PLAN is a file, a folder, a PDP archive, or - for standard input. Without it, the plan is camp.yaml in this folder,
    or in the nearest folder above it. The environment file and its output folder are left out of the content.

    \b
    camp2iac content                            # of the plan in this folder
    camp2iac content -e environments/prod.yaml
    camp2iac content shop.zip --output json
    """
    from camp2iac.cli import discovery
    from camp2iac.review import contents
    from camp2iac.review.formats import contents as formats

    chosen = discovery.plan(console, plan, output)
    files = [environment] if environment is not None else []
    places = [session.default_output(chosen, each, None) for each in files]
    read = session.read(chosen, strict=strict, signer=signer, leave_out=[*files, *places])
    check = read.check(environment)
    shown = session.shown(check, read, chosen, files, strict=strict)
    console.diagnostics(shown.diagnostics, shown.texts)
    source = read.reading.source
    result = check.compiled.result
    facts = result.lowered.facts if result is not None else None
    report = contents.report(source.plan, source.package, facts) if source is not None else None
    if output == "json":
        made = formats.to_json(report) if report is not None else None
        console.result(reports.rendered(made, shown.diagnostics, shown.texts))
    elif report is not None:
        console.result(formats.pretty(report))
    return 1 if shown.failed or report is None else 0
