"""Text for HCL: strings, names, comments, and lines aligned like ``terraform fmt`` does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from camp2iac.record import Record
from camp2iac.synth import remarks
from camp2iac.synth.remarks import Remark, plain

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# An object's key of this name would be read as an expression.
_WORDS = frozenset({"true", "false", "null", "for"})
# "$${" and "%%{" are escapes that other readers of HCL take for the beginning of a template: checkov's parser looks for
# the closing brace and fails at a quote before it, and tree-sitter's takes "%%%{" for a directive.
_MISREAD = r"\$\$(?=\{(?![\w.]+\}))|(?<=%)%%(?=\{)"
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def survives(text: str) -> bool:
    """Whether Terraform returns a string unchanged.

    Terraform normalises all strings to Unicode's form C, including those of ``base64decode`` and ``file``. A string in
    another form is not a Terraform value at all: only its base64 is.
    """
    return unicodedata.is_normalized("NFC", text)


def escape(text: str) -> str:
    """Escape text for a template file: ``${`` and ``%{`` become literal."""
    return text.replace("${", "$${").replace("%{", "%%{")


def joined(before: str, value: str) -> str:
    """Text of a template file and the ``${...}`` after it: a ``$`` before it would make it an escape."""
    text = before.rstrip("$")
    dollars = before[len(text) :]
    return f'{text}${{"{dollars}"}}{value}' if dollars else before + value


def quoted(text: str, *, ascii_only: bool = False) -> str:
    """Escape text for double quotes (https://github.com/hashicorp/hcl, spec: Quoted Templates).

    ``ascii_only``: for strings that others are aligned with, because fmt counts grapheme clusters.
    """
    text = escape(text)
    if text.isascii() and text.isprintable():  # almost all
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    else:
        text = "".join(
            _SHORT.get(c) or (c if " " <= c <= "~" or (plain(c) and not ascii_only) else _code(c)) for c in text
        )
    text = re.sub(_MISREAD, lambda found: _code(found[0][0]), text) if "{" in text else text
    return text if _IDENTIFIER.fullmatch(text) else remarks.escaped_switches(text)


def quote(text: str, *, ascii_only: bool = False) -> str:
    """The text as an HCL string: ``quoted``, in quotes."""
    return f'"{quoted(text, ascii_only=ascii_only)}"'


def key(text: str) -> str:
    """The text as an object's key, without quotes if that reads the same."""
    return text if _IDENTIFIER.fullmatch(text) and text not in _WORDS else quote(text, ascii_only=True)


def comment(remark: Remark) -> list[str]:
    """The lines of a comment, each with ``#``, whatever the text contains."""
    return [f"# {line}".rstrip() for line in remarks.lines(remark)]


def _code(c: str) -> str:
    return f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}"


class HclLine(Record):
    """A line in the three cells of fmt: ``lead`` (indented), ``assign`` from ``=`` on, and a comment at the end."""

    lead: str = ""
    assign: str = ""
    comment: str = ""


def align(lines: Sequence[HclLine]) -> str:
    """The lines' text, with the second and third cells aligned (hclwrite, format.go: formatCells)."""
    widths = _columns([len(line.lead) if line.assign else None for line in lines])
    texts = [
        f"{line.lead:<{width}} {line.assign}" if line.assign else line.lead
        for line, width in zip(lines, widths, strict=True)
    ]
    widths = _columns([len(text) if line.comment else None for text, line in zip(texts, lines, strict=True)])
    return "".join(
        f"{text:<{width}} {line.comment}\n" if line.comment else f"{text}\n"
        for text, line, width in zip(texts, lines, widths, strict=True)
    )


def _columns(widths: Sequence[int | None]) -> list[int]:
    """For each line, the greatest width in its run of lines that have a width."""
    result: list[int] = []
    for _, group in groupby(widths, key=lambda width: width is None):
        run = list(group)
        result += [max(width or 0 for width in run)] * len(run)
    return result
