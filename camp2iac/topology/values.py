"""Values of variables and attributes: strings, parameters, secrets, and IP(), IPALL(), PORT(), PASSWORD()."""

from __future__ import annotations

import re
from typing import Literal, cast

from camp2iac.camp.nodes import Mapping, Node, Scalar
from camp2iac.diagnostics import Span
from camp2iac.topology.model import Reference, TextValue

_MACRO = re.compile(
    r"\b(IP|IPALL|PORT|PASSWORD)\(\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:,\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*)?\)"
)

MacroKind = Literal["IP", "IPALL", "PORT", "PASSWORD"]


def text(node: Node) -> TextValue:
    """The value of a YAML node that profile/Env.json has checked.

    A scalar is the string as written (``on`` stays ``on``), with references in it. ``{ parameter: X }`` and
    ``{ secret: X }`` are references. In the string of ``{ value: X }``, ``IP(...)`` has no meaning.
    """
    if isinstance(node, Mapping):
        kinds: tuple[Literal["parameter", "secret"], ...] = ("parameter", "secret")
        for kind in kinds:
            if kind in node and isinstance(name := node[kind], Scalar):
                return TextValue((Reference(kind, name.text, name.span),), node.span)
        inner = node.get("value")
        return TextValue((inner.text,) if isinstance(inner, Scalar) else (), node.span)
    if not isinstance(node, Scalar):
        return TextValue((), node.span)
    parts: list[str | Reference] = []
    end = 0
    for match in _MACRO.finditer(node.text):
        if match.start() > end:
            parts.append(node.text[end : match.start()])
        parts.append(Reference(cast(MacroKind, match[1]), match[2], _inside(node, match), match[3]))
        end = match.end()
    if end < len(node.text) or not parts:
        parts.append(node.text[end:])
    return TextValue(tuple(parts), node.span)


def _inside(node: Scalar, match: re.Match[str]) -> Span:
    """The place of the name inside the string, if the file has the string as it is; else the place of the whole."""
    span = node.span
    width = span.end_column - span.column
    shift = (width - len(node.text)) // 2  # a quote on each side
    if span.line != span.end_line or shift not in (0, 1):
        return span
    column = span.column + shift
    return Span(span.file, span.line, column + match.start(2), span.line, column + match.end(2))


def words(value: TextValue) -> str:
    """A value in a few words, for the port report. Secrets are named, but never shown."""
    parts = []
    for part in value.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part.kind in ("parameter", "secret"):
            parts.append(f"{part.kind} {part.name}")
        else:
            parts.append(f"{part.kind}({part.name}{', ' + part.network if part.network else ''})")
    return " ".join("".join(parts).split())
