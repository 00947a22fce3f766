"""Words for resources, amounts and lines, as all formats use them. The strings are not escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from camp2iac.review.difference.model import Action, Cause, Line, ResourceChange
from camp2iac.review.formats.difference.merge import several

VERBS = {
    Action.DESTROY: "destroys",
    Action.REPLACE: "replaces",
    Action.CREATE: "creates",
    Action.UPDATE: "updates in place:",
    Action.RERUN: "updates in place, and installs the new release:",
    Action.MOVE: "gives a new address to, and otherwise keeps,",
}
_KEY = re.compile(r'\["([^"]*)"\]$|\[(\d+)\]$')
_HEADS = ("security group rule", "security group", "load balancer", "floating IP", "server group", "listener", "pool")
_KINDS = 5  # of resources in a sentence
_NAMES = 4


def resources(changes: Sequence[ResourceChange]) -> str:
    """The resources of one part, summed: ``2 instances web-1 and web-2, volume data``."""
    kinds: dict[tuple[str, bool], list[ResourceChange]] = {}
    for each in changes:
        kinds.setdefault((each.words, each.perhaps), []).append(each)
    said = [_kind(words, perhaps, found) for (words, perhaps), found in kinds.items()]
    if len(said) > _KINDS:
        rest = sum(map(len, list(kinds.values())[_KINDS - 1 :]))
        said = [*said[: _KINDS - 1], f"{rest:,} more resources"]
    return several(said, _KINDS)


def _kind(words: str, perhaps: bool, found: Sequence[ResourceChange]) -> str:
    names = [name for each in found if (name := _name(each))]
    many = len(found) > 1
    said = f"{len(found):,} {plural(words)}" if many else words
    if names and len(names) == len(found):
        said += f" {_names(names)}"
    return f"{said}, if {'they exist' if many else 'it exists'}" if perhaps else said


def _name(change: ResourceChange) -> str:
    """``web-1`` for the key 1 of a resource of web; the key itself if it is a name; empty without a key."""
    found = _KEY.search(change.address)
    key = (found[1] or found[2] or "") if found else ""
    return f"{change.node}-{key}" if key.isdigit() and change.node else key


def _names(names: list[str]) -> str:
    """A list, or the first and the last if they are numbered without a gap."""
    if len(names) > _NAMES:
        numbers = [int(name.rpartition("-")[2]) for name in names if re.search(r"-\d{1,9}$", name)]
        stems = {name.rpartition("-")[0] for name in names}
        numbers.sort()
        if len(stems) == 1 and len(numbers) == len(names) and all(b == a + 1 for a, b in pairwise(numbers)):
            stem = stems.pop()
            return f"{stem}-{numbers[0]} to {stem}-{numbers[-1]}"
    return several(names, _NAMES)


def plural(words: str) -> str:
    """``instances with data on their own disk``; only the first noun changes."""
    head = next((each for each in _HEADS if words.startswith(each)), None) or words.partition(" ")[0]
    rest = words[len(head) :].replace(" its own ", " their own ")
    ending = "ies" if head.endswith("y") and not head.endswith(("ay", "ey", "oy")) else "s"
    stem = head[:-1] if ending == "ies" else head
    return f"{stem}{ending}{rest}"


def number(count: int, words: str) -> str:
    """``1 resource``, ``2,000 resources``."""
    return f"{count:,} {words if count == 1 else plural(words)}"


def amount(value: float) -> str:
    """A number as people write it: at most two digits after the point."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def money(value: float) -> str:
    """An amount of USD: no cents, or two digits."""
    return f"{value:,.2f}".removesuffix(".00")


def lines(cause: Cause) -> tuple[tuple[str, Line], ...]:
    """The lines of a cause with ``-`` (before) or ``+`` (after)."""
    return tuple((sign, line) for sign, line in (("-", cause.before), ("+", cause.after)) if line is not None)


def acts(changes: Iterable[ResourceChange]) -> str:
    """What Terraform does with resources: ``destroys volume data; replaces instance``."""
    by_action: dict[Action, list[ResourceChange]] = {}
    for each in changes:
        by_action.setdefault(each.action, []).append(each)
    order = [action for action in Action if action in by_action]
    return "; ".join(f"{VERBS[action]} {resources(by_action[action])}" for action in order)
