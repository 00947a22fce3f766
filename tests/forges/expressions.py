"""Expressions of GitHub Actions, as far as action.yml and docs/ci.md use them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(?:(?P<op>\|\||&&|==|!=|!|\(|\))|'(?P<text>(?:[^']|'')*)'|(?P<name>[\w.-]+))")
_STATUS = ("success", "failure", "cancelled", "always")


def evaluate(expression: str, contexts: Mapping[str, Any]) -> Any:
    """The value of an expression. ``LookupError`` or ``ValueError`` for what this runner does not know."""
    tokens, place = [], 0
    while place < len(expression.rstrip()):
        found = _TOKEN.match(expression, place)
        if not found:
            raise ValueError(f"{expression}: unknown at {place}")
        tokens.append(found)
        place = found.end()
    parser = _Parser(tokens, contexts)
    value = parser.either()
    if parser.tokens:
        raise ValueError(f"{expression}: too long")
    return value


def interpolate(text: str, contexts: Mapping[str, Any]) -> str:
    """A string with its expressions replaced."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: _string(evaluate(found[1], contexts)), str(text))


def holds(condition: str | None, contexts: Mapping[str, Any], *, failed: bool) -> bool:
    """Whether a step with this ``if`` runs. Without a status function, it runs only after success."""
    text = "success()" if condition is None else str(condition).strip()
    text = text.removeprefix("${{").removesuffix("}}")
    status = {"success": not failed, "failure": failed, "cancelled": False, "always": True}
    value = bool(evaluate(text, {**contexts, "()": status}))
    return value and (any(f"{name}()" in text for name in _STATUS) or not failed)


def _string(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class _Parser:
    def __init__(self, tokens: list[re.Match[str]], contexts: Mapping[str, Any]) -> None:
        self.tokens, self.contexts = tokens, contexts

    def _take(self, *operators: str) -> str | None:
        if self.tokens and self.tokens[0]["op"] in operators:
            return self.tokens.pop(0)["op"]
        return None

    def either(self) -> Any:
        value = self.both()
        while self._take("||"):
            value = self.both() or value if not value else (self.both(), value)[1]
        return value

    def both(self) -> Any:
        value = self.equal()
        while self._take("&&"):
            other = self.equal()
            value = other if value else value
        return value

    def equal(self) -> Any:
        value = self.single()
        while operator := self._take("==", "!="):
            other = self.single()
            value = (_string(value).lower() == _string(other).lower()) is (operator == "==")
        return value

    def single(self) -> Any:
        if self._take("!"):
            return not self.single()
        if self._take("("):
            value = self.either()
            assert self._take(")")
            return value
        token = self.tokens.pop(0)
        if token["text"] is not None:
            return token["text"].replace("''", "'")
        name = token["name"]
        if self._take("("):
            assert self._take(")"), f"{name}(): arguments"
            return self.contexts["()"][name]
        return self._lookup(name)

    def _lookup(self, name: str) -> Any:
        """A property that is absent is null; an unknown context is a mistake."""
        first, *rest = name.split(".")
        value = self.contexts[first]
        for part in rest:
            value = value.get(part) if isinstance(value, Mapping) else None
        return value
