"""``camp2iac explain CODE``."""

from __future__ import annotations

import click

from camp2iac.cli.console import Console
from camp2iac.cli.options import common


@click.command("explain")
@click.argument("code")
@common
@click.pass_obj
def command(console: Console, code: str) -> None:
    """Explain the code of a message: what it means, wrong and right YAML, what to do.

    \b
    camp2iac explain CAMP201
    """
    from camp2iac.diagnostics.codes import CODES
    from camp2iac.diagnostics.suggest import nearest

    wanted = code.strip().upper()
    wanted = f"CAMP{wanted}" if wanted.isdecimal() else wanted
    if wanted not in CODES:
        near = nearest(wanted, CODES)
        raise click.UsageError(f"there is no code {code}; " + (f"did you mean {near}?" if near else _span(list(CODES))))
    console.result(CODES[wanted].page)


def _span(codes: list[str]) -> str:
    return f"they go from {codes[0]} to {codes[-1]}" if codes else "there are none"
