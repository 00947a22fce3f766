"""Words for resources, amounts and lines, as all formats use them. The strings are not escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from camp2iac.review.difference.model import Action, ResourceChange, SourceLine
from camp2iac.review.formats.difference.lists import several

VERBS = {
    Action.DESTROY: "destroys {}",
    Action.REPLACE: "replaces {}",
    Action.CREATE: "creates {}",
    Action.UPDATE: "updates {} in place",
    Action.RERUN: "installs the new release on {}, in place",
    Action.MOVE: "renames {} in Terraform's state only",
}
_KEY = re.compile(r'\["([^"]*)"\]$|\[(\d+)\]$')
_NAMED = ("volume", "add-on", "network", "subnet", "app", "secret", "container", "domain")  # "volume data"
_PREPOSITION = re.compile(r" (?:of|with|for|on|in|from|to|by) ")
_KINDS = 6  # of resources in a sentence
_NAMES = 4


def resources(changes: Sequence[ResourceChange], *, names: bool = True) -> str:
    """Resources, summed: ``2 instances (web-1, web-2), volume data``. ``names``: whether to name the instances."""
    kinds: dict[tuple[str, bool], list[ResourceChange]] = {}
    for each in changes:
        kinds.setdefault((each.words, each.perhaps), []).append(each)
    said = [_kind(words, perhaps, found, names) for (words, perhaps), found in kinds.items()]
    if len(said) > _KINDS:
        rest = sum(map(len, list(kinds.values())[_KINDS - 1 :]))
        said = [*said[: _KINDS - 1], f"{rest:,} more resources"]
    return several(said, _KINDS)


def _kind(words: str, perhaps: bool, found: Sequence[ResourceChange], named: bool) -> str:
    names = [name for each in found if words.startswith("instance") and named and (name := _name(each))]
    many = len(found) > 1
    said = number(len(found), words) if many else words
    if names and len(names) == len(found):
        said += f" ({_names(names)})" if many else f" {names[0]}"
    return f"{said} if {'they exist' if many else 'it exists'}" if perhaps else said


def _name(change: ResourceChange) -> str:
    """``web-1`` for the key 1 of an instance of web; the key itself if it is a name; empty without a key."""
    found = _KEY.search(change.address)
    key = (found[1] or found[2] or "") if found else ""
    return f"{change.node}-{key}" if key.isdigit() and change.node else key


def _names(names: list[str]) -> str:
    """A list, or the first and the last if they are numbered without a gap."""
    if len(names) <= _NAMES:
        return ", ".join(names)
    numbers = sorted(int(name.rpartition("-")[2]) for name in names if re.search(r"-[0-9]{1,9}$", name))
    stems = {name.rpartition("-")[0] for name in names}
    if len(stems) == 1 and len(numbers) == len(names) and all(b == a + 1 for a, b in pairwise(numbers)):
        stem = stems.pop()
        return f"{stem}-{numbers[0]} to {stem}-{numbers[-1]}"
    return several(names, _NAMES)


def plural(words: str) -> str:
    """``load balancers``, ``volumes data``, ``instances with data on their own disk``."""
    found = _PREPOSITION.search(words)
    noun, rest = (words[: found.start()], words[found.start() :]) if found else (words, "")
    first, space, name = noun.partition(" ")
    if first in _NAMED:
        noun, rest = first, space + name + rest
    if not noun.endswith("dynos"):
        noun = noun[:-1] + "ies" if re.search(r"[^aeo]y$", noun) else noun + "s"
    return noun + rest.replace(" its own ", " their own ")


def number(count: int, words: str) -> str:
    """``1 resource``, ``2,000 resources``."""
    return f"{count:,} {words if count == 1 else plural(words)}"


def amount(value: float) -> str:
    """A number as people write it: at most two digits after the point."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def money(value: float) -> str:
    """An amount of USD: no cents, or two digits."""
    return f"{value:,.2f}".removesuffix(".00")


def acts(changes: Iterable[ResourceChange], *, names: bool = True) -> str:
    """What Terraform does with resources: ``destroys volume data; replaces instance``."""
    by_action: dict[Action, list[ResourceChange]] = {}
    for each in changes:
        by_action.setdefault(each.action, []).append(each)
    order = [action for action in Action if action in by_action]
    return "; ".join(VERBS[action].format(resources(by_action[action], names=names)) for action in order)


def shown(before: SourceLine | None, after: SourceLine | None, most: int) -> tuple[str, str]:
    """The contents of two lines. If one is longer than ``most``, both begin shortly before their difference."""
    texts = (before.text if before else "", after.text if after else "")
    if max(map(len, texts)) <= most:
        return texts
    same = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    start = same - most // 4 if before and after and same > most // 2 else 0
    return _part(texts[0], start, most), _part(texts[1], start, most)


def _part(text: str, start: int, most: int) -> str:
    lead = "…" if start else ""
    rest = text[start:]
    return lead + (rest if len(rest) + len(lead) <= most else f"{rest[: most - len(lead) - 1]}…")
