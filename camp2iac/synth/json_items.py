"""Read the blocks and arguments of a module in JSON (``*.tf.json``, ``cdk.tf.json``) with their places."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence

from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.synth.written import WrittenItem, head

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\\n]|\\.)*"?)|(?P<open>[{\[])|(?P<close>[}\]])|(?P<colon>:)|(?P<comma>,)|[^\s,:{}\[\]"]+'
)
_LABELS = {"resource": 2, "data": 2, "variable": 1, "output": 1, "provider": 1, "module": 1, "check": 1}
_NESTED = {"dynamic": 1, "provisioner": 1, "backend": 1, "provider_meta": 1}
_DEEPEST = 200


class _Level(Record):
    """An open object or list. ``path``: the keys that lead to it. ``item``: the member that is being read."""

    is_object: bool
    path: tuple[str, ...]
    item: WrittenItem | None = None
    key: tuple[str, int] | None = None
    after_colon: bool = False


def items(text: str) -> list[WrittenItem]:
    """The blocks, arguments and entries of a file, each after those that contain it. It never fails."""
    return _JsonScanner(text).scan()


class _JsonScanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.stack: list[_Level] = []
        self.items: list[WrittenItem] = []
        self.last = 0  # the end of the token before

    def scan(self) -> list[WrittenItem]:
        for found in _TOKEN.finditer(self.text):
            if found.lastgroup == "open":
                self._open(found[0])
            elif found.lastgroup == "close":
                self._close()
            elif found.lastgroup is not None and self.stack and self.stack[-1].is_object:
                self._in_object(self.stack[-1], found)
            self.last = found.end()
        while self.stack:
            self._close()
        return self.items

    def _open(self, bracket: str) -> None:
        if len(self.stack) < _DEEPEST:
            level = self.stack[-1] if self.stack else None
            path = level.path if level is not None else ()
            if level is not None and level.key is not None:
                path = (*path, level.key[0])
            self.stack.append(_Level(bracket == "{", path))

    def _close(self) -> None:
        if self.stack:
            self._ended(self.stack[-1])
            self.stack.pop()

    def _in_object(self, level: _Level, token: re.Match[str]) -> None:
        if token.lastgroup == "comma":
            self._ended(level)
            level.key, level.after_colon = None, False
        elif not level.after_colon and token.lastgroup == "string":
            level.key = (_decoded(token[0]), token.start())
        elif not level.after_colon and level.key is not None:
            level.after_colon = True
            self._begin(level, *level.key)

    def _begin(self, level: _Level, key: str, position: int) -> None:
        path = (*level.path, key)
        name = _name(path)
        if name:
            line, column = self._place(position)
            leads = not self.text[self.starts[line - 1] : position].strip()
            level.item = WrittenItem(name, Span("", line, column, line, column), line, leads, _is_block(path))
            self.items.append(level.item)

    def _ended(self, level: _Level) -> None:
        if level.item is not None:
            line, column = self._place(self.last)
            level.item.span = replace(level.item.span, end_line=line, end_column=column)
            level.item = None

    def _place(self, position: int) -> tuple[int, int]:
        number = bisect_right(self.starts, position)
        return number, position - self.starts[number - 1] + 1


def _decoded(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        return text.strip('"')
    return str(found)


def _is_block(path: Sequence[str]) -> bool:
    return len(path) == 1 + _LABELS.get(path[0], 0)


def _name(path: Sequence[str]) -> str:
    """The name in a source map; empty for a key above the level of blocks, and for comments."""
    count = _LABELS.get(path[0], 0)
    if len(path) < 1 + count or path[-1] == "//":
        return ""
    name, rest = head(path[0], path[1 : 1 + count]), list(path[1 + count :])
    if path[0] == "check" and rest[:1] == ["data"]:
        rest[1:3] = []
    if rest[:1] and rest[0] in _NESTED:
        rest[1 : 1 + _NESTED[rest[0]]] = []
    return ".".join([name, *rest])
