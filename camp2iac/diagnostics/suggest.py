"""Suggestions for misspelt names, and lists of names in messages."""

from __future__ import annotations

from collections.abc import Iterable

# At most this many names are compared, because a hostile plan can contain very many.
MOST_NAMES = 20_000
CHOICES = 5


def distance(a: str, b: str, most: int = 2) -> int:
    """The number of edits (insert, delete, replace, swap neighbours) from one word to another.

    Counts up to ``most``; larger distances are ``most + 1``.
    """
    if a == b:
        return 0
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before = before, row
        row = [i] + [most + 1] * len(b)
        for j in range(max(1, i - most), min(len(b), i + most) + 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != b[j - 1]))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            row[j] = cost
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one name that is closest to a word; None if none is close, or several are equally close.

    Close means equal except for case, or within two edits (one for words of three or four characters, none for shorter
    words). Case counts only between names that are equally close without it.
    """
    known = sorted(set(names))[:MOST_NAMES]
    folded = [name for name in known if name.casefold() == word.casefold()]
    if folded:
        return folded[0] if len(folded) == 1 else None
    if len(word) < 3:
        return None
    most = 1 if len(word) <= 4 else 2
    for fold in (str.casefold, str):  # of two that differ alike, the one in the same case
        apart = {name: distance(fold(word), fold(name), most) for name in known}
        least = min(apart.values(), default=most + 1)
        if least > most:
            return None
        known = [name for name in known if apart[name] == least]
        if len(known) == 1:
            return known[0]
    return None


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names as a list in a sentence: ``a, b and c``; in the same order."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def choices(word: str, names: Iterable[str]) -> str:
    """The five names nearest to a word, in alphabetical order.

    ``"db, queue and web"``, or ``"a, b, c, d, e and 7 more"``; empty if there are no names.
    """
    known = sorted(set(names))[:MOST_NAMES]
    if len(known) <= CHOICES:
        return listed(known)
    most = 4
    near = sorted(known, key=lambda name: (distance(word.casefold(), name.casefold(), most), name))[:CHOICES]
    return f"{', '.join(sorted(near))} and {len(known) - CHOICES} more"


def short(text: str, most: int = 60) -> str:
    """A word of the plan for a message: one line, without control characters, cut with ``…``."""
    clean = "".join(c if c.isprintable() else "�" for c in text[: most + 1])
    return clean if len(clean) <= most else clean[: most - 1] + "…"
