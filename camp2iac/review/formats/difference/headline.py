"""The difference in one line: the worst that it does, or that no data is at risk."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.diagnostics.suggest import listed, short
from camp2iac.review.difference.model import Action, Difference, EnvironmentDifference, ResourceChange
from camp2iac.review.formats.difference.findings import EVERYTHING, count, more
from camp2iac.review.formats.difference.groups import Alike
from camp2iac.review.formats.difference.lists import several
from camp2iac.review.formats.difference.words import number

_TEXT = {
    Action.DESTROY: "destroys {}",
    Action.REPLACE: "replaces {}",
    Action.CREATE: "creates {}",
    Action.UPDATE: "updates {} in place",
    Action.RERUN: "installs a new release on {}",
    Action.MOVE: "renames {} in the state",
}
_MOST = 3  # names
_STATUS = (("adds", "added"), ("removes", "removed"))


def headline(difference: Difference) -> str:
    """One line without a full stop; all names in it are short."""
    environments = difference.environments
    compared = [each for each in environments if each.compared]
    incomplete = any(each.notes for each in compared)
    end = f"{'; some of it was not compared' if incomplete else ''}{_uncompared(environments)}"
    if environments and not compared:
        return end.removeprefix("; ")
    if all(each.same for each in compared):
        first = "No difference was found" if incomplete else "Nothing changes"
        first += f" in {several([short(each.name, 40) for each in compared])}" if compared else ""
        return f"{_environments(compared) or first}{end}"
    public, fails = _public(environments), _fails(environments)
    if lost := [each for each in (_data(environments), _abandoned(environments)) if each]:
        return f"{'; '.join(filter(None, [*lost, fails, public]))}{end}"
    changes = [each for environment in environments for each in environment.resources]
    facts = (public, _regions(environments), summary(changes), _costs(environments), _states(environments))
    said = ", ".join(filter(None, facts))
    if fails:
        return f"{fails[:1].upper()}{fails[1:]}{'; ' if said else ''}{said}{end}"
    first = "No loss of data was found" if incomplete or len(compared) < len(environments) else "No data is at risk"
    return f"{first}{': ' if said else ''}{said}{end}"


def _uncompared(environments: Iterable[EnvironmentDifference]) -> str:
    """``; staging and production were not compared``."""
    names = [short(each.name, 40) for each in environments if not each.compared]
    return f"; {several(names)} {'were' if len(names) > 1 else 'was'} not compared" if names else ""


def _fails(environments: Iterable[EnvironmentDifference]) -> str:
    """``the apply fails: database cannot change from 20 GiB to 10 GiB (production)``."""
    places: dict[str, list[str]] = {}
    for environment in environments:
        refused = [(each.node, f" cannot change from {each.before} to {each.after}") for each in environment.refusals]
        refused += [(each.node or EVERYTHING, " is protected") for each in environment.resources if each.refused]
        for node, says in dict.fromkeys(refused):
            places.setdefault(f"{short(node, 40)}{says}", []).append(environment.name)
    said = [f"{says} ({several([short(name, 40) for name in names], _MOST)})" for says, names in places.items()]
    return f"the apply fails: {several(said, _MOST)}" if said else ""


def _environments(environments: Iterable[EnvironmentDifference]) -> str:
    """``Adds preview and removes old``; empty if no environment comes or goes."""
    names: dict[str, list[str]] = {"added": [], "removed": [], "changed": []}
    for each in environments:
        names[each.status].append(short(each.name, 40))
    said = listed(f"{verb} {several(names[status], _MOST)}" for verb, status in _STATUS if names[status])
    return said[:1].upper() + said[1:]


def _data(environments: Iterable[EnvironmentDifference]) -> str:
    """``Destroys data of database (production)``."""
    places: dict[str, list[str]] = {}
    certain = False
    for environment in environments:
        lost = [each for each in environment.resources if each.data]
        certain |= not all(each.perhaps for each in lost)
        for node in dict.fromkeys(each.node or EVERYTHING for each in lost):
            places.setdefault(node, []).append(environment.name)
    return f"{'Destroys' if certain else 'Can destroy'} data of {_placed(places)}" if places else ""


def _abandoned(environments: Iterable[EnvironmentDifference]) -> str:
    """``Abandons data of database (production)``."""
    places: dict[str, list[str]] = {}
    for environment in environments:
        for node in dict.fromkeys(each.node for each in environment.abandoned):
            places.setdefault(node, []).append(environment.name)
    return f"Abandons data of {_placed(places)}" if places else ""


def _public(environments: Iterable[EnvironmentDifference]) -> str:
    places: dict[str, list[str]] = {}
    for environment in environments:
        for node in dict.fromkeys(each.destination for each in environment.traffic if each.public and each.opens):
            places.setdefault(node, []).append(environment.name)
    return f"makes {_placed(places, ' public')}" if places else ""


def _regions(environments: Iterable[EnvironmentDifference]) -> str:
    """``leaves what exists in eu``."""
    names = dict.fromkeys(each.before for environment in environments for each in environment.regions if each.nodes)
    return f"leaves what exists in {several([short(name, 40) for name in names], _MOST)}" if names else ""


def _states(environments: Iterable[EnvironmentDifference]) -> str:
    """``changes the backend of production``."""
    names = [short(environment.name, 40) for environment in environments if environment.states]
    return f"changes the backend of {several(names, _MOST)}" if names else ""


def _placed(places: dict[str, list[str]], then: str = "") -> str:
    """``database and queue (production), cache (staging)``."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for node, names in places.items():
        groups.setdefault(tuple(short(name, 40) for name in names), []).append(short(node, 40))
    said = [f"{several(nodes, _MOST)}{then} ({several(names, _MOST)})" for names, nodes in groups.items()]
    return several(said, _MOST)


def summary(changes: Iterable[ResourceChange]) -> str:
    """``destroys 1 resource, creates 2 and updates 3 in place``."""
    counts = count(changes)
    texts = [
        _TEXT[action].format(number(counts[action], "resource") if index == 0 else f"{counts[action]:,}")
        for index, action in enumerate(counts)
    ]
    return listed(texts)


def _costs(environments: Iterable[EnvironmentDifference]) -> str:
    total = sum(each.after - each.before for environment in environments for each in environment.costs)
    return f"costs {more(total)}" if total else ""


def counted(group: Alike) -> str:
    """The counts of a group of environments, for its heading."""
    if not group.difference.compared:
        return "not compared"
    counts = summary(group.difference.resources)
    if not counts:
        return "" if group.difference.status == "removed" else "no resource changes"
    return f"each {counts}" if len(group.names) > 1 else counts
