"""``camp2iac explain CODE``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from camp2iac.cli import options
from camp2iac.cli.console import Console, columns
from camp2iac.cli.options import common, report

_WIDTH = 100


@click.command("explain")
@click.argument("code")
@report("pretty", "json", of="page")
@common
@click.pass_obj
def command(console: Console, code: str, output: str) -> None:
    """Explain a code: what it means, a wrong and a right example, and how to fix it.

    \b
    camp2iac explain CAMP201
    """
    from camp2iac.diagnostics.codes import CODES, PAGES
    from camp2iac.diagnostics.suggest import nearest

    wanted = code.strip().upper()
    wanted = f"CAMP{wanted}" if wanted.isdecimal() else wanted
    if wanted not in CODES:
        near = nearest(wanted, CODES)
        raise click.UsageError(
            f"there is no code {options.printed(code)}; " + (f"did you mean {near}?" if near else _span(list(PAGES)))
        )
    if output == "json":
        from camp2iac.cli import reports

        found = CODES[wanted]
        document = {"code": wanted, "title": found.title, "severity": found.severity.value, "text": found.text}
        console.result(reports.text(document))
        return
    console.result("\n".join(_wrapped(CODES[wanted].page, columns(_WIDTH) or _WIDTH)) + "\n")


def _wrapped(page: str, width: int) -> Iterator[str]:
    """Wrap prose to the width of the terminal; code and tables stay as they are."""
    code, lines = False, page.rstrip().split("\n")
    while lines:
        line = lines.pop(0)
        code ^= line.startswith("```")
        if code or not line or line.startswith(("```", "|", "#")):
            yield line
            continue
        while lines and lines[0] and not lines[0].startswith(("```", "|", "#", "- ", "* ")):
            line += f" {lines.pop(0).strip()}"
        indent = "  " if line.startswith(("- ", "* ")) else ""
        yield from textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _span(codes: list[str]) -> str:
    return f"codes go from {codes[0]} to {codes[-1]}" if codes else "no codes are installed"
