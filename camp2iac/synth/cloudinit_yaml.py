"""YAML in a ``templatefile`` template. It keeps every string unchanged."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence

from camp2iac.synth import remarks
from camp2iac.synth.cloudinit import is_printable
from camp2iac.synth.hcl_text import escape, survives
from camp2iac.synth.hcl_values import WIDTH, inline
from camp2iac.synth.module import Value, walk
from camp2iac.synth.remarks import Remark

# Not like a number, and without characters that have a meaning in YAML, even in [...].
_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9/._@+=-]*(?: [A-Za-z0-9/._@+=-]+)*")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def scalar(text: str) -> str:
    """A string on one line: plain if YAML reads the same string, else in double quotes."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else quoted(text)


def quoted(text: str) -> str:
    """A string in double quotes."""
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """A string as it is written between double quotes, in ASCII if Terraform would change it."""
    ascii_only = not survives(text)
    escapes = (_SHORT.get(c) or (c if is_printable(c) and (not ascii_only or c <= "~") else _escape(c)) for c in text)
    return escape("".join(escapes))


def _escape(c: str) -> str:
    return f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}"


def base64(text: str) -> str:
    """A string in UTF-8 and base64, on one line."""
    return b64encode(text.encode()).decode("ascii")


def code(value: Value) -> str:
    """A value as code of the template."""
    if next(walk(value), None) is not None:
        raise ValueError(f"a template has only its own variables: {value}")
    text = inline(value)
    if text is None:
        raise ValueError(f"code with several lines in a template: {value}")
    return f"${{{text}}}"


def comment(remark: Remark, indent: str) -> list[str]:
    """The lines of a comment, or none if it is empty."""
    return [f"{indent}# {escape(line)}".rstrip() for line in remarks.lines(remark)]


def sequence(key: str, items: Sequence[str]) -> list[str]:
    """A list of strings: on one line if it fits, else with one item on each line."""
    line = f"{key}: [{', '.join(map(scalar, items))}]"
    return [line] if len(line) <= WIDTH else [f"{key}:", *(f"  - {scalar(item)}" for item in items)]
