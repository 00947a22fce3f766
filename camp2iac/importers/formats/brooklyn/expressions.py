"""Expressions of Brooklyn's blueprints: ``$brooklyn:component("db").attributeWhenReady("datastore.url")``."""

from __future__ import annotations

import re
from typing import TypeAlias

from camp2iac.record import Record

_PREFIX = "$brooklyn:"
_DEEPEST = 8
_LONGEST = 4000
_TOKEN = re.compile(r"""\s*(?:(\$brooklyn:)?([A-Za-z]\w{0,40})\s*\(|"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w.+-]+))""")

Argument: TypeAlias = "str | BrooklynCalls"


class BrooklynCall(Record, frozen=True):
    """A function and its arguments."""

    name: str
    arguments: tuple[Argument, ...]

    def text(self, number: int = 0) -> str:
        """An argument that is a string; empty if it is another expression, or missing."""
        found = self.arguments[number] if number < len(self.arguments) else ""
        return found if isinstance(found, str) else ""


class BrooklynCalls(Record, frozen=True):
    """Functions that are called one after the other."""

    calls: tuple[BrooklynCall, ...]


def is_expression(text: str) -> bool:
    """Whether a string is an expression, and not text."""
    return text.lstrip().startswith(_PREFIX)


def parse(text: str) -> BrooklynCalls | None:
    """The expression that a string is; None if it cannot be read."""
    if len(text) > _LONGEST:
        return None
    found = _argument(text, 0, 0)
    if found is None or isinstance(found[0], str) or text[found[1] :].strip():
        return None
    return found[0]


def _argument(text: str, at: int, depth: int) -> tuple[Argument, int] | None:
    """The argument at a position, and the position after it."""
    match = _TOKEN.match(text, at)
    if match is None or depth > _DEEPEST:
        return None
    if match[2] is None:
        plain = re.sub(r"\\(.)", r"\1", match[3]) if match[3] is not None else (match[4] or match[5] or "")
        return plain, match.end()
    calls: list[BrooklynCall] = []
    while match is not None and match[2] is not None:
        at = match.end()
        arguments: list[Argument] = []
        while (end := re.compile(r"\s*\)").match(text, at)) is None:
            found = _argument(text, at, depth + 1)
            if found is None:
                return None
            arguments.append(found[0])
            comma = re.compile(r"\s*,").match(text, found[1])
            at = comma.end() if comma is not None else found[1]
            if comma is None and re.compile(r"\s*\)").match(text, at) is None:
                return None
        calls.append(BrooklynCall(match[2], tuple(arguments)))
        at = end.end()
        match = _TOKEN.match(text, at + 1) if text[at : at + 1] == "." else None
    return BrooklynCalls(tuple(calls)), at
