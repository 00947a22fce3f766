"""``camp2iac inventory``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from camp2iac.cli import options, outputs, standings
from camp2iac.cli.console import Console, columns
from camp2iac.diagnostics import Diagnostic

_WRITE = "terraform show -json | camp2iac inventory"
_LESS = "pass the state of one output: keep each output in a state of its own"


@click.command("inventory")
@options.output_folder
@click.option(
    "--output",
    type=click.Choice(["pretty", "markdown", "json"]),
    default="pretty",
    show_default=True,
    help="The format of the report.",
)
@options.common
@click.pass_obj
def command(console: Console, folder: Path | None, output: str) -> int:
    """Show what is deployed, by part of the plan: what it is, where it answers, and its state.

    Standard input is what  terraform show -json  prints: a state, or a plan, whose earlier state is shown. The report
    also lists what the output declares and the state does not have, and what the state has and the output no longer
    declares. Sensitive values are not shown.

    \b
    terraform show -json | camp2iac inventory
    terraform -chdir=infra/production show -json | camp2iac inventory -o infra/production --output markdown
    """
    from camp2iac.review import inventory, terraform_state
    from camp2iac.review.formats import inventory as formats

    place = outputs.find(folder)
    if sys.stdin.isatty():
        raise click.UsageError(f"standard input is a terminal; write  {_WRITE}")
    found = standings.read(place)
    try:
        state = terraform_state.read(_input())
    except terraform_state.TooLargeStateError as error:
        console.diagnostics([Diagnostic("CAMP738", str(error), help=_LESS)], {})
        return 1
    except terraform_state.NotAState as error:
        advice = f"write  {_WRITE}"
        console.diagnostics(
            [Diagnostic("CAMP738", f"{error}, not what  terraform show -json  prints", help=advice)], {}
        )
        return 1
    except RecursionError:
        console.diagnostics([Diagnostic("CAMP738", "the input is nested too deeply")], {})
        return 1
    report = inventory.report(state, found.parts, found.types)
    if output == "json":
        console.result(formats.to_json(report))
    elif output == "markdown":
        console.result(formats.markdown(report))
    else:
        console.result(formats.pretty(report, columns()))
    return 0


def _input() -> bytearray:
    """Standard input. TooLargeStateError if it is too large."""
    from camp2iac.camp.bounded import amount, pieces
    from camp2iac.review.json_bounds import MOST_BYTES
    from camp2iac.review.terraform_state import TooLargeStateError

    data = bytearray()  # it grows in place: joined pieces would need the memory twice
    try:
        for piece in pieces(sys.stdin.buffer, MOST_BYTES + 1):
            data += piece
    except OSError as error:
        raise click.UsageError(f"standard input cannot be read: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise TooLargeStateError(f"the input is too large: it is larger than {amount(MOST_BYTES)}")
    return data
