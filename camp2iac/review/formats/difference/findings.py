"""What a reviewer must know of an environment's difference: sentences by part of the plan, dangerous ones first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby

from camp2iac.record import Record
from camp2iac.review.difference.model import (
    AbandonedData,
    Action,
    Cause,
    EnvironmentDifference,
    Refusal,
    RegionChange,
    ReleaseChange,
    ResourceChange,
    StateChange,
    TrafficChange,
)
from camp2iac.review.difference.variables import sentences
from camp2iac.review.formats.difference.lists import several
from camp2iac.review.formats.difference.words import acts, amount, money

EVERYTHING = "all parts"
"""The heading of resources that belong to no part of the plan."""


class Danger(Enum):
    """Kinds of findings, the most dangerous ones first."""

    DATA = "data lost"
    DESTROY = "destroyed"
    REPLACE = "replaced"
    REFUSED = "refused"
    DOWN = "down"
    REGION = "region"
    RENAMED = "perhaps renamed"
    STATE = "state"
    ASKED = "variables"
    PUBLIC = "public"
    CLOSES = "closes"
    OPENS = "opens"
    GONE = "variables gone"
    TOLD = "secrets"
    PORTABILITY = "portability"
    COST = "costs"
    CREATE = "created"
    RERUN = "new release"
    UPDATE = "updated in place"
    MOVE = "moved"
    SIZE = "quota"
    RELEASE = "releases"


_MANY = 4  # parts
RANKS = {danger: rank for rank, danger in enumerate(Danger)}
_ACTIONS = {
    Action.DESTROY: Danger.DESTROY,
    Action.REPLACE: Danger.REPLACE,
    Action.CREATE: Danger.CREATE,
    Action.UPDATE: Danger.UPDATE,
    Action.RERUN: Danger.RERUN,
    Action.MOVE: Danger.MOVE,
}


class Finding(Record, frozen=True):
    """A sentence about ``subject``: a part of the plan, or ``costs``, ``quota`` and others for the whole environment.

    ``says``: without escapes. ``resources``: those that it sums.
    """

    danger: Danger
    subject: str
    says: str
    causes: tuple[Cause, ...] = ()
    resources: tuple[ResourceChange, ...] = ()


def danger(change: ResourceChange) -> Danger:
    """How dangerous the change of a resource is."""
    return Danger.DATA if change.data else _ACTIONS[change.action]


def findings(environment: EnvironmentDifference) -> dict[str, list[Finding]]:
    """The findings by subject: the subject with the most dangerous one first, and its most dangerous one first."""
    found = [
        *_resources(environment),
        *(Finding(Danger.DOWN, each.node, f"is down during the apply: {each.why}") for each in environment.downtimes),
        *map(_abandoned, environment.abandoned),
        *(_refusal(each, environment.target) for each in environment.refusals),
        *map(_region, environment.regions),
        *map(_state, environment.states),
        *_variables(environment),
        *(Finding(Danger.RENAMED, each.name, each.advice) for each in environment.possible),
        *map(_traffic, environment.traffic),
        *_secrets(environment),
        *_portability(environment),
        *_costs(environment),
        *_sizes(environment),
        *map(_release, environment.releases),
    ]
    by_subject: dict[str, list[Finding]] = {}
    for each in sorted(found, key=lambda each: (RANKS[each.danger], _natural(each.subject))):
        by_subject.setdefault(each.subject, []).append(each)
    return _merged({subject: sorted(each, key=_within) for subject, each in by_subject.items()})


def _within(finding: Finding) -> tuple[int, bool]:
    """The order in one part: what is created is before what it opens and gets."""
    created = finding.danger is Danger.CREATE
    return RANKS[Danger.PUBLIC if created else finding.danger], created


def _natural(text: str) -> list[tuple[int, str]]:
    """A sort key by which ``web2`` is before ``web10``."""
    return [(int(part) if re.fullmatch(r"[0-9]{1,9}", part) else -1, part) for part in re.split(r"([0-9]+)", text)]


def _merged(by_subject: dict[str, list[Finding]]) -> dict[str, list[Finding]]:
    """Parts to which the same happens for the same reasons are one subject if they are many."""
    groups: dict[object, list[str]] = {}
    for subject, found in by_subject.items():
        plain = all(each.resources and each.danger is not Danger.DATA for each in found)
        alike = tuple((each.danger, each.causes, _kinds(each.resources)) for each in found)
        groups.setdefault(alike if plain and subject != EVERYTHING else subject, []).append(subject)
    result: dict[str, list[Finding]] = {}
    for subjects in groups.values():
        if len(subjects) < _MANY:
            result |= {subject: by_subject[subject] for subject in subjects}
            continue
        title = several(subjects, _MANY - 1)
        result[title] = [_together(title, each) for each in zip(*(by_subject[name] for name in subjects), strict=True)]
    return result


def _kinds(changes: Iterable[ResourceChange]) -> frozenset[tuple[Action, str, bool]]:
    return frozenset((each.action, each.words, each.perhaps) for each in changes)


def _together(title: str, found: tuple[Finding, ...]) -> Finding:
    changes = tuple(change for each in found for change in each.resources)
    return Finding(found[0].danger, title, acts(changes, names=False), found[0].causes, changes)


def _resources(environment: EnvironmentDifference) -> Iterator[Finding]:
    """One finding for the resources of a part with the same fate and the same causes."""
    groups: dict[tuple[Danger, str, tuple[Cause, ...]], list[ResourceChange]] = {}
    for each in environment.resources:
        groups.setdefault((danger(each), each.node, each.causes), []).append(each)
    for (kind, node, causes), changes in groups.items():
        says = acts(changes)
        if kind is Danger.DATA:
            lost = several(list(dict.fromkeys(each.data for each in changes)))
            says = f"loses {lost}: {says}"
        refused = [each.action for each in changes if each.refused]
        if refused:
            verb = "replace" if Action.REPLACE in refused else "destroy"
            says += f"; Terraform refuses to {verb} what the environment protects"
        yield Finding(kind, node or EVERYTHING, says, causes, tuple(changes))


def _abandoned(data: AbandonedData) -> Finding:
    says = f"abandons {data.data} on {data.words}: {data.why}. Back them up first, and restore them afterwards"
    return Finding(Danger.DATA, data.node, says)


def _refusal(change: Refusal, target: str) -> Finding:
    what = f" the {change.words}" if change.words else ""
    says = (
        f"cannot change{what} from {change.before} to {change.after}: Terraform plans an update in place, "
        f"{target} refuses it, and the apply fails. {change.instead}"
    )
    return Finding(Danger.REFUSED, change.node, says, change.causes)


def _region(change: RegionChange) -> Finding:
    staying = f": what exists of {several(change.nodes, _MANY)} stays in {change.before}" if change.nodes else ""
    says = (
        f"changes from {change.before} to {change.after}, but Terraform moves nothing{staying}. What is created or "
        f"replaced from now on is in {change.after}. Networks, images and flavors are looked up there, so the apply "
        "can fail. To move the application, add an environment for the new region, copy the data, and then remove "
        "this one"
    )
    return Finding(Danger.REGION, "region", says, change.causes)


def _state(change: StateChange) -> Finding:
    if change.arguments:
        says = (
            f"is in {change.after}, which has other settings ({several(change.arguments, _MANY)}): run  terraform init "
            "-migrate-state,  or  -reconfigure  if the state stays where it is"
        )
    else:
        says = f"moves from {change.before} to {change.after}: run  terraform init -migrate-state"
    return Finding(Danger.STATE, "state", says, change.causes)


def _variables(environment: EnvironmentDifference) -> Iterator[Finding]:
    for kind, each in sentences(environment.variables):
        yield Finding(Danger.GONE if kind == "gone" else Danger.ASKED, "variables", each)


def _traffic(change: TrafficChange) -> Finding:
    what = f": {change.what}" if change.what else ""
    if change.public:
        if change.opens:
            says = f"becomes public: {change.source} may connect{f' ({change.what})' if change.what else ''}"
            return Finding(Danger.PUBLIC, change.destination, says)
        return Finding(Danger.CLOSES, change.destination, f"is no longer public for {change.source}{what}")
    may = "may now connect" if change.opens else "may no longer connect"
    kind = Danger.OPENS if change.opens else Danger.CLOSES
    return Finding(kind, change.destination, f"{change.source} {may}{what}")


def _secrets(environment: EnvironmentDifference) -> Iterator[Finding]:
    groups: dict[tuple[str, bool], list[str]] = {}
    for each in environment.secrets:
        groups.setdefault((each.node, each.comes), []).append(each.name)
    for (node, comes), names in groups.items():
        said = several(names)
        if node:
            secrets = f"the secret{'s' if len(names) > 1 else ''} {said}"
            says = f"gets {secrets}" if comes else f"no longer gets {secrets}"
        else:
            says = f"new: {said}" if comes else f"no longer used: {said}"
        yield Finding(Danger.TOLD, node or "secrets", says)


def _portability(environment: EnvironmentDifference) -> Iterator[Finding]:
    for each in environment.portability:
        now = f"{each.after} on {environment.target}" if each.after else "no longer in the plan"
        was = f" (before: {each.before})" if each.before else ""
        why = f": {each.why}" if each.why else ""
        yield Finding(Danger.PORTABILITY, each.node, f"{each.words} is {now}{was}{why}")


def _costs(environment: EnvironmentDifference) -> Iterator[Finding]:
    costs = environment.costs
    if not costs:
        return
    before, after = sum(each.before for each in costs), sum(each.after for each in costs)
    parts = several([f"{each.what} {money(each.before)} → {money(each.after)}" for each in costs], 6)
    dates = sorted({each.date for each in costs if each.date})
    listed = f" (price list of {several(dates)})" if dates else ""
    yield Finding(Danger.COST, "costs", f"{more(after - before)}: {parts}{listed}")


def more(difference: float) -> str:
    """``7 USD more a month``."""
    if not difference:
        return "the same amount a month"
    return f"{money(abs(difference))} USD {'more' if difference > 0 else 'less'} a month"


def _sizes(environment: EnvironmentDifference) -> Iterator[Finding]:
    if environment.sizes:
        said = [f"{amount(each.before)} → {amount(each.after)} {each.what}" for each in environment.sizes]
        yield Finding(Danger.SIZE, "quota", several(said, 8))


def _release(change: ReleaseChange) -> Finding:
    if not change.before:
        says = f"new: {change.what} {change.after}"
    elif not change.after:
        says = f"no longer used: {change.what} {change.before}"
    else:
        says = f"{change.what} {change.before} → {change.after}"
    return Finding(Danger.RELEASE, "releases", says)


def count(changes: Iterable[ResourceChange]) -> dict[Action, int]:
    """The number of resources of each action that occurs."""
    counts = dict.fromkeys(Action, 0)
    for each in changes:
        counts[each.action] += 1
    return {action: number for action, number in counts.items() if number}


class Reasoned(Record, frozen=True):
    """Consecutive findings of one subject with the same causes. ``known``: the causes were given before."""

    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...]
    known: frozenset[Cause]


def reasoned(found: Iterable[Finding]) -> Iterator[Reasoned]:
    """The findings of one subject with each cause once."""
    known: frozenset[Cause] = frozenset()
    for causes, group in groupby(found, key=lambda each: each.causes):
        yield Reasoned(tuple(group), causes, known)
        known |= set(causes)
