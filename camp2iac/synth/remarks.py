"""Comments in generated files: the only place that makes lines of them.

A comment can contain words of the plan and of the environment file: names, ids, descriptions, file names. They are
data. So a string is one line, whatever it contains, and a comment of several lines is a tuple of strings. Nothing in a
line is a directive of a scanner, a linter or an editor (:data:`_SWITCH`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

Remark: TypeAlias = "str | tuple[str, ...]"
"""A comment: one line, or several."""

# The character at which a directive is broken. checkov, tfsec and Trivy search whole lines, also the strings in them.
# It is the first item: the engine skips other characters quickly, which is a tenth of a synth with many services.
_SWITCH = re.compile(
    r"[-:oO*](?i:"
    # trivy:ignore, tfsec:ignore, checkov:skip=, bridgecrew:skip=, ts:skip=, gitleaks:allow, cspell:disable
    r"(?<=\w:)(?=ignore|skip|disable|enable|allow|suppress|minseverity|maxseverity)"
    r"|(?<=tflint-)(?=ignore)|(?<=tofulint-)(?=ignore)|(?<=kics-)(?=scan)|(?<=prettier-)(?=ignore)"
    # nosemgrep, nosec, noqa, NOSONAR, nolint, noinspection
    r"|(?<=\bno)(?=sem|sec|qa|lint|inspection)|(?<=no)(?=sonar)"
    # detect-secrets, Renovate; lines that vim and Emacs read
    r"|(?<=pragma:)|(?<=renovate:)|(?<=\bvim:)|(?<=\bvi:)|(?<=\bex:)|(?<=-\*)(?=-))"
)


def lines(remark: Remark) -> list[str]:
    """The lines of a comment, without its sign; none if it is empty."""
    if not remark:
        return []
    return [one_line(line) for line in ((remark,) if isinstance(remark, str) else remark)]


def one_line(text: str) -> str:
    """The text as one line of a comment, without directives, and without characters that change its direction."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(c if c == " " or plain(c) else " " for c in text)
    return _SWITCH.sub(lambda found: "o " if found[0] in "oO" else f" {found[0]} ", text).rstrip()


def joined(*remarks: Remark) -> Remark:
    """The lines of several comments, without those that are empty."""
    return tuple(line for each in remarks if each for line in ((each,) if isinstance(each, str) else each))


def followed(remark: Remark, more: str) -> Remark:
    """A comment with more words at the end of its last line."""
    return f"{remark}{more}" if isinstance(remark, str) else (*remark[:-1], f"{remark[-1]}{more}")


def escaped_switches(text: str, pattern: str = "\\u{:04x}") -> str:
    """Code with strings, in which no string has a directive: a character of it is written as an escape."""
    return _SWITCH.sub(lambda found: pattern.format(ord(found[0])), text)


def plain(c: str) -> bool:
    """Whether a character is visible, and neither ends a line nor changes the direction of others.

    Control and format characters would be invisible. The old table is the same in every Python.
    """
    if c <= "~":
        return c >= " "
    return not (
        unicodedata.ucd_3_2_0.category(c) in {"Cc", "Cf", "Zl", "Zp"} or c == "\u061c" or "\u2060" <= c <= "\u206f"
    )
