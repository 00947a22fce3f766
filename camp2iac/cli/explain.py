"""``camp2iac explain CODE``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from camp2iac.cli.console import Console
from camp2iac.cli.options import common

_WIDTH = 100


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
    console.result("\n".join(_wrapped(CODES[wanted].page)) + "\n")


def _wrapped(page: str) -> Iterator[str]:
    """Prose in lines that a terminal shows whole; YAML as it is."""
    code = False
    for line in page.rstrip().split("\n"):
        code ^= line.startswith("```")
        indent = "  " if line.startswith(("- ", "* ")) else ""
        whole = code or len(line) <= _WIDTH or line.startswith(("```", "|", " "))
        yield from [line] if whole else textwrap.wrap(line, _WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def _span(codes: list[str]) -> str:
    return f"they go from {codes[0]} to {codes[-1]}" if codes else "there are none"
