"""The difference in one line: the worst that it does, or that no data is at risk."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.diagnostics.suggest import listed, short
from camp2iac.review.difference.model import Action, Difference, EnvironmentDifference, ResourceChange
from camp2iac.review.formats.difference.findings import EVERYTHING, count, more
from camp2iac.review.formats.difference.merge import several
from camp2iac.review.formats.difference.words import number

_TEXT = {
    Action.DESTROY: "destroys {}",
    Action.REPLACE: "replaces {}",
    Action.CREATE: "creates {}",
    Action.UPDATE: "updates {} in place",
    Action.RERUN: "installs a new release on {}",
    Action.MOVE: "moves {}",
}
_MOST = 3  # names


def headline(difference: Difference) -> str:
    """One line without a full stop; all strings in it are short."""
    environments = difference.environments
    incomplete = "; some of it was not compared" if any(each.notes for each in environments) else ""
    if all(each.same for each in environments):
        return f"{'No difference was found' if incomplete else 'Nothing changes'}{incomplete}"
    first = _data(environments)
    public = _public(environments)
    changes = [each for environment in environments for each in environment.resources]
    if first:
        rest = [public] if public else []
    else:
        first = "No data is at risk"
        rest = [*([public] if public else []), *([summary(changes)] if changes else []), *_other(environments)]
    return (f"{first}: {', '.join(rest)}" if rest and not first.startswith("Destroys") else _joined(first, rest)) + (
        incomplete
    )


def _joined(first: str, rest: list[str]) -> str:
    return "; ".join([first, *rest])


def _data(environments: Iterable[EnvironmentDifference]) -> str:
    """``Destroys data of database (production)``."""
    places: dict[str, list[str]] = {}
    for environment in environments:
        for node in dict.fromkeys(each.node or EVERYTHING for each in environment.resources if each.data):
            places.setdefault(node, []).append(environment.name)
    return f"Destroys data of {_placed(places)}" if places else ""


def _public(environments: Iterable[EnvironmentDifference]) -> str:
    places: dict[str, list[str]] = {}
    for environment in environments:
        for node in dict.fromkeys(each.destination for each in environment.traffic if each.public and each.opens):
            places.setdefault(node, []).append(environment.name)
    return f"makes {_placed(places)} public" if places else ""


def _placed(places: dict[str, list[str]]) -> str:
    """``database and queue (production), cache (staging)``."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for node, names in places.items():
        groups.setdefault(tuple(short(name, 40) for name in names), []).append(short(node, 40))
    said = [f"{several(nodes, _MOST)} ({several(names, _MOST)})" for names, nodes in groups.items()]
    return several(said, _MOST)


def summary(changes: Iterable[ResourceChange]) -> str:
    """``destroys 1 resource, creates 2 and updates 3 in place``."""
    counts = count(changes)
    texts = [
        _TEXT[action].format(number(counts[action], "resource") if index == 0 else f"{counts[action]:,}")
        for index, action in enumerate(counts)
    ]
    return listed(texts)


def _other(environments: Iterable[EnvironmentDifference]) -> list[str]:
    """Costs; and what else differs if no resource does."""
    costs = [each for environment in environments for each in environment.costs]
    total = sum(each.after - each.before for each in costs)
    return [f"costs {more(total)}"] if total else []
