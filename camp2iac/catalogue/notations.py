"""Notations in which files of code declare the releases that they need: npm, Composer, PEP 440, RubyGems, nvm."""

from __future__ import annotations

import re
from typing import Literal

from camp2iac.catalogue.versions import Version, VersionRange

Form = Literal["exact", "minimum", "npm", "composer", "pep440", "ruby", "nvm"]
Numbers = tuple[int, ...]
Interval = tuple[Numbers, Numbers | None]  # from the first, and before the second

_CONDITION = r"(\^|~=|~>|~|===?|!=|>=|<=|>|<|=)?\s*v?(\d+(?:\.(?:\d+|[xX*]))*)[\w.+-]*"
_TILDE = r"~(?![>=])"
#: The names of Node.js's releases with long support (nodejs.org, "Previous releases").
_CODENAMES = {
    "argon": 4,
    "boron": 6,
    "carbon": 8,
    "dubnium": 10,
    "erbium": 12,
    "fermium": 14,
    "gallium": 16,
    "hydrogen": 18,
    "iron": 20,
    "jod": 22,
    "krypton": 24,
}


def holds(interval: Interval, release: Version) -> bool:
    """Whether a release is in an interval."""
    parsed = VersionRange.parse(text_of(interval))
    return parsed is not None and release in parsed


def text_of(interval: Interval) -> str:
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
    if form == "nvm":
        text = str(_CODENAMES.get(text.removeprefix("lts/").lower(), text))
    if form == "composer":  # ~8.1 means 8.1 or later, but before 9
        text = re.sub(_TILDE, "~>", text)
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
    for condition in re.finditer(_CONDITION, text):
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
