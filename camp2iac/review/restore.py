"""What to write so that data stay: the lines that asked for a resource in the previous version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from camp2iac.diagnostics.secrets import HIDDEN, hidden, lines
from camp2iac.record import Record
from camp2iac.synth import places
from camp2iac.synth.sourcemap import Standing

_MOST = 16  # lines that are shown
_ITEM = r"\s*-\s+"
_RUNNING = ("service", "component")  # what a tier can have its name from
_LISTED = ("component", "service", "job")  # parts of the plan that are items of lists

ReadEarlier = Callable[[str], "bytes | None"]
"""Reads a file as it was, by its path from the plan's folder. None if it is not known."""


class FormerPlace(Record, frozen=True):
    """A place of the previous version, and its SHA-256. ``line``: from 1. ``item``: the whole item of a list is meant,
    whose first line can be before.
    """

    file: str
    line: int
    digest: str
    item: bool = False


def asked(before: Standing, address: str, *, gone: bool) -> FormerPlace | None:
    """The place that asked for a resource; None if it is not known. ``gone``: the whole part of the plan is gone.

    The place of the part counts then, and not the line of an environment file that overrides a value of it.
    """
    tracked = before.resources.get(address)
    own = _own(before, tracked.part, tracked.node) if gone and tracked is not None else None
    if own is not None:
        return own
    file, _, rest = before.place(address).partition(":")
    number = rest.partition(":")[0]
    if not number.isdigit():
        return None
    kind, name = before.part(address)
    first = before.anchors.get(places.anchor(f"{kind} {name}", file)) if gone and kind else None
    return FormerPlace(file, first or int(number), before.inputs.get(file, ""), bool(first) and kind in _LISTED)


def _own(before: Standing, kind: str, node: str) -> FormerPlace | None:
    """The place of a part of the plan; None if it is not known."""
    kinds = _RUNNING if kind == "tier" else (kind,)
    named = {f"{each} {node}": each in _LISTED for each in kinds}
    for anchor, line in before.anchors.items():
        file, _, name = anchor.rpartition("#")
        if name in named:
            path = file.replace("%23", "#").replace("%25", "%")
            return FormerPlace(path, line, before.inputs.get(path, ""), named[name])
    return None


def restore(what: str, place: FormerPlace, read: ReadEarlier) -> str:
    """What to write, with its file and line. Only the place if the file of that version cannot be had.

    ``what``: the resource or the part of the plan (``the volume data of database``).
    """
    data = read(place.file)
    if data is None or hashlib.sha256(data).hexdigest() != place.digest:
        return f"restore {what}: it was at {place.file}:{place.line} when the previous output was compiled"
    found = lines(data.decode("utf-8", "replace"))
    first, last = _block(found, place)
    secret = hidden(found)
    shown = [_masked(found[number], secret.get(number + 1, ())) for number in range(first, min(last, first + _MOST))]
    if last > first + _MOST:
        left = last - first - _MOST
        shown.append(f"{' ' * _indent(found[first])}# and {left} more line{'s' if left > 1 else ''}")
    where = f"line {first + 1}" if last == first + 1 else f"lines {first + 1} to {last}"
    return "\n".join([f"restore {what}, {where} of {place.file} in git's HEAD:", *shown])


def _block(found: list[str], place: FormerPlace) -> tuple[int, int]:
    """The index of the first line of what a place is in, and the index after its last line."""
    first = min(place.line, len(found)) - 1
    while (above := _above(found, first)) is not None and (place.item or _begins(found, above, first)):
        if re.match(_ITEM, found[first]):
            break
        first = above
    last = first + 1
    while last < len(found) and (not found[last].strip() or _indent(found[last]) > _indent(found[first])):
        last += 1
    while last > first + 1 and not found[last - 1].strip():
        last -= 1
    return first, last


def _above(found: list[str], line: int) -> int | None:
    """The index of the line that a line is below of; None if there is none."""
    if not _indent(found[line]):
        return None
    numbers = range(line - 1, -1, -1)
    return next((each for each in numbers if found[each].strip() and _indent(found[each]) < _indent(found[line])), None)


def _begins(found: list[str], item: int, key: int) -> bool:
    """Whether the item of a list begins with a line, and a key is one of it."""
    begins = re.match(_ITEM, found[item])
    return begins is not None and begins.end() == _indent(found[key])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _masked(line: str, ranges: tuple[tuple[int, int], ...]) -> str:
    for start, stop in reversed(ranges):
        line = line[:start] + HIDDEN + line[stop:]
    return line


def nothing(_: str) -> None:
    """No earlier file is known."""
