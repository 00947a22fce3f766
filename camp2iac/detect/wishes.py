"""Which releases of a language code needs, as its files declare it: from their notations to the range of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.catalogue import Product
from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.detect.files import Folder
from camp2iac.detect.rules import Declaration, Form
from camp2iac.record import Record

Numbers = tuple[int, ...]
Interval = tuple[Numbers, Numbers | None]  # from the first, and before the second

_CONDITION = re.compile(r"(\^|~=|~>|~|===?|!=|>=|<=|>|<|=)?\s*v?(\d+(?:\.(?:\d+|[xX*]))*)[\w.+-]*")
_MOST = 200  # characters of a declaration
CURRENT = ("debian-12", "debian-13")  # systems whose instances the proofs boot


class Wish(Record, frozen=True):
    """A declaration. ``file``: where it is. ``words``: what it says. ``range``: empty if the catalogue has no release
    in it."""

    file: str
    words: str
    range: str


def find(folder: Folder, declarations: Iterable[Declaration], product: Product) -> Wish | None:
    """The first declaration that an operating system of the catalogue satisfies, else the first that can be read."""
    depth = max((len(release.text.split(".")) for release in product.releases), default=1)
    first: Wish | None = None
    for declaration in declarations:
        for file, value in folder.values(declaration):
            found = intervals(value[:_MOST], declaration.form, depth)
            if not found:
                continue
            wish = Wish(folder.shown(file), " ".join(value[:_MOST].split()), _range(found, product))
            if any(_holds(each, release) for each in found for release in product.available.values()):
                return wish
            first = first or wish
    return first


def released(release: str, product: Product) -> str:
    """The range for a release that a container image has: that release if a current system has it, else that or newer.

    Empty if the catalogue has none of them.
    """
    depth = max((len(each.text.split(".")) for each in product.releases), default=1)
    for interval in intervals(release, "npm", depth):
        current = (product.available.get(os) for os in CURRENT)
        if any(each is not None and _holds(interval, each) for each in current):
            return _text(interval)
        newer = (interval[0], None)
        if any(_holds(newer, each) for each in product.available.values()):
            return _text(newer)
    return ""


def _range(found: list[Interval], product: Product) -> str:
    """The range for a plan: of several intervals, all if no known release is between them, else the newest."""
    whole = (found[0][0], found[-1][1])
    fits = {release for release in product.releases if any(_holds(each, release) for each in found)}
    if not fits:
        return ""
    if {release for release in product.releases if _holds(whole, release)} == fits:
        return _text(whole)
    return next(_text(each) for each in reversed(found) if any(_holds(each, release) for release in fits))


def _holds(interval: Interval, release: Version) -> bool:
    parsed = VersionRange.parse(_text(interval))
    return parsed is not None and release in parsed


def _text(interval: Interval) -> str:
    """``3.11`` for one release, else ``[3.10,3.13)``."""
    low, high = interval
    if high is not None and high == (*low[:-1], low[-1] + 1):
        return ".".join(map(str, low))
    return f"[{'.'.join(map(str, low))},{'.'.join(map(str, high)) if high else ''})"


def intervals(text: str, form: Form, depth: int) -> list[Interval]:
    """The intervals that a declaration allows, in order; empty if it cannot be read, or allows every release.

    ``depth``: how many numbers a release of the catalogue has: 1 for ``20``, 2 for ``3.11``.
    """
    if form in ("exact", "minimum"):
        match = re.match(r"\d+(\.\d+)*", text)
        numbers = _numbers(match[0]) if match else ()
        if not numbers:
            return []
        return [(numbers, None)] if form == "minimum" else [_release(numbers, depth)]
    found = [each for part in re.split(r"\|\|?", text) for each in [_all(part, depth)] if each is not None]
    return _merged([each for each in found if each != ((0,), None)])


def _release(numbers: Numbers, depth: int) -> Interval:
    """The release of the catalogue that a version belongs to: patches are the distribution's."""
    release = numbers[:depth]
    return release, (*release[:-1], release[-1] + 1)


def _all(text: str, depth: int) -> Interval | None:
    """What holds if all conditions hold; None if none can be read, or nothing can hold."""
    text = re.sub(r"(\d)\s+-\s+v?(\d)", r"\1 <=\2", text)  # npm:  1.2 - 2.3
    text = re.sub(r"^(\s*v?\d[\w.]*) <=", r">=\1 <=", text)
    low: Numbers = (0,)
    high: Numbers | None = None
    seen = False
    for condition in _CONDITION.finditer(text):
        bounds = _one(condition[1] or "", condition[2], depth)
        if bounds is None:
            continue
        seen = True
        low = max(low, bounds[0])
        high = bounds[1] if high is None else high if bounds[1] is None else min(high, bounds[1])
    return (low, high) if seen and (high is None or low < high) else None


def _one(operator: str, text: str, depth: int) -> Interval | None:
    numbers = _numbers(text)
    if not numbers or operator == "!=":
        return None
    after = (*numbers[:-1], numbers[-1] + 1)
    if operator in (">=", ">"):
        return numbers, None
    if operator in ("<", "<="):
        return (0,), numbers if operator == "<" else after
    if operator == "^":
        return numbers, (numbers[0] + 1,)
    if operator in ("~>", "~="):  # the last number may grow
        return numbers, (*numbers[:-2], numbers[-2] + 1) if len(numbers) > 1 else (numbers[0] + 1,)
    if operator == "~":
        return numbers, (*numbers[:1], numbers[1] + 1) if len(numbers) > 1 else (numbers[0] + 1,)
    return _release(numbers, depth) if len(numbers) > depth else (numbers, after)


def _numbers(text: str) -> Numbers:
    """The numbers of a version, as far as they are numbers of a sensible size."""
    found: list[int] = []
    for part in text.split("."):
        if not part.isdecimal() or not part.isascii() or len(part) > 9:
            break
        found.append(int(part))
    return tuple(found)


def _merged(found: list[Interval]) -> list[Interval]:
    """In order, with those that touch made one."""
    merged: list[Interval] = []
    for low, high in sorted(found, key=lambda each: each[0]):
        last = merged[-1] if merged else None
        if last is not None and (last[1] is None or low <= last[1]):
            upper = None if last[1] is None or high is None else max(last[1], high)
            merged[-1] = (last[0], upper)
        else:
            merged.append((low, high))
    return merged
