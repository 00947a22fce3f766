"""Read the blocks and arguments of a module in JSON (``*.tf.json``, ``cdk.tf.json``) with their places."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence

from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.synth.written import WrittenItem, head

_TOKEN = re.compile(r'(?P<string>"(?:[^"\\\n]|\\.)*"?)|(?P<open>[{\[])|(?P<close>[}\]])|(?P<colon>:)|(?P<comma>,)|[^\s,:{}\[\]"]+')
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
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    stack: list[_Level] = []
    result: list[WrittenItem] = []

    def place(position: int) -> tuple[int, int]:
        number = bisect_right(starts, position)
        return number, position - starts[number - 1] + 1

    def ended(position: int) -> None:
        if stack and stack[-1].item is not None:
            line, column = place(position)
            stack[-1].item.span = replace(stack[-1].item.span, end_line=line, end_column=column)
            stack[-1].item = None

    def begin(key: tuple[str, int]) -> None:
        line, column = place(key[1])
        name = _name((*stack[-1].path, key[0]))
        if name:
            leads = not text[starts[line - 1] : key[1]].strip()
            blocks = _is_block((*stack[-1].path, key[0]))
            item = WrittenItem(name, Span("", line, column, line, column), line, leads, blocks)
            stack[-1].item = item
            result.append(item)

    last = 0
    for found in _TOKEN.finditer(text):
        level = stack[-1] if stack else None
        match found.lastgroup:
            case "open" if len(stack) < _DEEPEST:
                path = level.path if level is not None else ()
                if level is not None and level.key is not None:
                    path = (*path, level.key[0])
                stack.append(_Level(found[0] == "{", path))
            case "close" if stack:
                ended(last)
                stack.pop()
            case "string" if level is not None and level.is_object and not level.after_colon:
                level.key = (_decoded(found[0]), found.start())
            case "colon" if level is not None and level.key is not None and not level.after_colon:
                level.after_colon = True
                begin(level.key)
            case "comma" if level is not None and level.is_object:
                ended(last)
                level.key, level.after_colon = None, False
        last = found.end()
    while stack:
        ended(last)
        stack.pop()
    return result


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
