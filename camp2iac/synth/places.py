"""Places in a source map: counted from the part of the plan that contains them, so that few change when lines do.

``camp.yaml#component web+3:14`` is column 14, three lines below that anchor. A ``#`` in a file's name is escaped as in
URLs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping

from camp2iac.diagnostics import Span


def anchor(name: str, file: str) -> str:
    """``camp.yaml#component web``."""
    return f"{file.replace('%', '%25').replace('#', '%23')}#{name}"


def placer(anchors: Iterable[tuple[str, Span]]) -> Callable[[Span], str]:
    """A function that formats a place."""
    named: dict[str, list[tuple[int, str]]] = {}
    for name, span in anchors:
        named.setdefault(span.file, []).append((span.line, name))
    lines = {file: [line for line, _ in found] for file, found in named.items()}

    def place(span: Span) -> str:
        number = bisect_right(lines.get(span.file, []), span.line)
        if not number:
            return f"{span.file}:{span.line}:{span.column}"
        line, name = named[span.file][number - 1]
        return f"{anchor(name, span.file)}+{span.line - line}:{span.column}"

    return place


def line(place: str, anchors: Mapping[str, int]) -> str:
    """``file:line:column``. ``anchors``: their lines."""
    rest, _, column = place.rpartition(":")
    named, _, below = rest.rpartition("+")
    if named not in anchors or not below.isdigit():
        return place
    file = named.partition("#")[0].replace("%23", "#").replace("%25", "%")
    return f"{file}:{anchors[named] + int(below)}:{column}"


def part(place: str, anchors: Mapping[str, int]) -> tuple[str, str]:
    """The kind and the name of the part that contains a place (``component``, ``web``); empty if none does."""
    named = place.rpartition(":")[0].rpartition("+")[0]
    kind, _, name = named.partition("#")[2].partition(" ") if named in anchors else ("", "", "")
    return kind, name
