"""Variables in values: ``${TAG:-latest}``, with the values of the file ``.env`` only.

camp2iac does not read the environment variables of its own process: the same files give the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Node, Scalar
from camp2iac.camp.text import LINE_END
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.record import Record, field

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_OPERATOR = re.compile(r":?[-?+]")
_DEEPEST = 10  # defaults in defaults
_LINE = re.compile(
    r"[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)(?:(?P<equals>[ \t]*[=:][ \t]*)(?P<value>.*))?", re.A
)
_COMMENT = re.compile(r"[ \t]+#.*")


class ExpandedText(Record):
    """A text with its variables replaced. ``names``: the variables. ``missing``: those without a value, which are
    replaced by nothing. ``whole``: the text was one variable."""

    text: str
    names: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    whole: bool = False


class Interpolation(Record, frozen=True):
    """The values of variables."""

    values: Mapping[str, str]

    def expand(self, text: str) -> ExpandedText:
        """A text with its variables replaced. What is not a reference to a variable stays as it is."""
        made = ExpandedText("")
        if "$" not in text:
            made.text = text
            return made
        made.text = self._text(text, made, 0)
        made.whole = re.fullmatch(r"\$(\{.*\}|\w+)", text) is not None and _end(text, 2) in (-1, len(text) - 1)
        return made

    def _text(self, text: str, made: ExpandedText, depth: int) -> str:
        parts: list[str] = []
        position = 0
        while (sign := text.find("$", position)) >= 0:
            parts.append(text[position:sign])
            position = sign + 1
            if text.startswith("$", position):
                parts.append("$")
                position += 1
            elif text.startswith("{", position) and (end := _end(text, position + 1)) >= 0 and depth < _DEEPEST:
                found = self._braces(text[position + 1 : end], made, depth)
                parts.append(text[sign : end + 1] if found is None else found)
                position = end + 1
            elif name := _NAME.match(text, position):
                parts.append(self._value(name[0], made))
                position = name.end()
            else:
                parts.append("$")
        return "".join([*parts, text[position:]])

    def _braces(self, inner: str, made: ExpandedText, depth: int) -> str | None:
        """What is between braces; None if it is not a reference."""
        name = _NAME.match(inner)
        if name is None:
            return None
        rest = inner[name.end() :]
        operator = _OPERATOR.match(rest)
        if rest and operator is None:
            return None
        value = self.values.get(name[0])
        if operator is not None:
            word, empty = rest[operator.end() :], operator[0].startswith(":") and value == ""
            if operator[0].endswith("+"):
                made.names.append(name[0])
                return self._text(word, made, depth + 1) if value is not None and not empty else ""
            if operator[0].endswith("-") and (value is None or empty):
                made.names.append(name[0])
                return self._text(word, made, depth + 1)
        return self._value(name[0], made)

    def _value(self, name: str, made: ExpandedText) -> str:
        made.names.append(name)
        if name not in self.values:
            made.missing.append(name)
        return self.values.get(name, "")


def _end(text: str, position: int) -> int:
    """The brace that ends a reference, -1 if there is none. References in it have braces too."""
    depth = 0
    for index in range(position, len(text)):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}":
            if not depth:
                return index
            depth -= 1
    return -1


def parse(text: str, file: str, diagnostics: Diagnostics) -> Node:
    """The lines ``NAME=value`` of an env file, as a mapping. Lines of another form are ignored, as Compose does."""
    entries: dict[str, MappingEntry] = {}
    lines = LINE_END.split(text)
    number = 0
    while number < len(lines):
        found = _LINE.fullmatch(lines[number])
        number += 1
        if found is None:
            continue
        value, raw = found["value"], found["value"] or ""
        column = found.start("value") + 1 if value is not None else found.end("name") + 1
        span = Span(file, number, column, number, column + len(raw))
        if raw[:1] in ('"', "'"):
            while raw.find(raw[0], 1) < 0 and number < len(lines) and len(raw) < 100_000:
                raw += f"\n{lines[number]}"
                number += 1
            close = raw.find(raw[0], 1)
            raw = raw[1:close] if close > 0 else raw[1:]
        else:
            raw = _COMMENT.sub("", raw).strip() if not raw.startswith("#") else ""
        name = found["name"]
        key = Scalar(name, name, Span(file, number, found.start("name") + 1, number, found.end("name") + 1))
        entries.pop(name, None)
        entries[name] = MappingEntry(key, Scalar(None if value is None else raw, raw, span, quoted=value is not None))
    return YamlMapping(entries, Span(file, 1, 1, max(len(lines), 1), 1))
