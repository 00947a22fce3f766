"""The tiers of processes: those that run on other instances than the rest of their component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.record import Record, replace
from camp2iac.topology import tiers as service_tiers
from camp2iac.topology.ids import part_of, slug
from camp2iac.topology.model import Component, Process, Statement, Tier
from camp2iac.topology.state import BuildState
from camp2iac.topology.statements import Statements, Subject, SubjectKind

V = TypeVar("V")


class _PlacedProcess(Record, frozen=True):
    """A process that the plan places or scales, and the tier that it runs on. ``host``: that of its component."""

    component: Component
    process: Process
    tier: str
    host: Tier

    @property
    def statement(self) -> Statement[str]:
        """The statement that places it."""
        return self.process.tier or self.process.statement


def make(
    tiers: Mapping[str, Tier], components: Mapping[str, Component], state: BuildState
) -> tuple[dict[str, Tier], dict[str, Component]]:
    """The tiers with those of processes, and the components whose processes know their tiers.

    CAMP327: a process that cannot have its own tier. CAMP322: processes of one tier that differ about it. CAMP341: two
    ids that are the same.
    """
    made, found = dict(tiers), dict(components)
    members: dict[str, list[_PlacedProcess]] = {}
    for component in components.values():
        for process in component.processes:
            if process.tier or process.scale or process.compute:
                one = _place(component, process, tiers, state)
                if one is not None:
                    members.setdefault(one.tier, []).append(one)
    for id_, placed in sorted(members.items()):
        made[id_] = _tier(id_, placed, tiers.get(id_), state)
        for one in placed:
            if id_ != one.component.tier:
                found[one.component.id] = _on(found[one.component.id], one)
    _distinct(members, components, state)
    return dict(sorted(made.items())), found


def main(component: Component) -> str:
    """The process type that always runs on the tier of the component: ``web``, or else the first one."""
    types = sorted({process.type for process in component.processes} - {"release"})
    asked = "application" in component.options or any(exposure.port for exposure in component.exposures)
    return "web" if "web" in types or asked or not types else types[0]


def _place(
    component: Component, process: Process, tiers: Mapping[str, Tier], state: BuildState
) -> _PlacedProcess | None:
    own = slug(process.tier.value) if process.tier else ""
    if process.type == "release" or (process.type == main(component) and own not in ("", component.tier)):
        state.diagnostics.add(_fixed(component, process))
        return None
    if not own:
        own = component.tier if process.type == main(component) else slug(f"{component.id}-{process.type}")
        if own in tiers and own != component.tier:
            state.diagnostics.add(_taken(component, process, own, tiers[own]))
            return None
    return _PlacedProcess(component, process, own, tiers[component.tier])


def _on(component: Component, placed: _PlacedProcess) -> Component:
    processes = (
        replace(each, on=placed.tier) if each.type == placed.process.type else each for each in component.processes
    )
    return replace(component, processes=tuple(processes))


def _tier(id_: str, placed: list[_PlacedProcess], joined: Tier | None, state: BuildState) -> Tier:
    """The tier of processes. If services of the plan are on it (``joined``), they decide its placement."""
    placed = sorted(placed, key=lambda one: (one.component.id, one.process.type))
    parts = tuple(sorted({one.component.id for one in placed if one.component.tier != id_}))
    base = joined or _following(id_, placed, state)
    scales, computes = [one.process.scale for one in placed], [one.process.compute for one in placed]
    if joined or not any(computes):
        computes = [base.compute, *computes]
    return replace(
        base,
        scale=service_tiers.agreed(id_, [base.scale, *scales], state),
        compute=service_tiers.agreed(id_, computes, state),
        parts=parts,
    )


def _following(id_: str, placed: list[_PlacedProcess], state: BuildState) -> Tier:
    """A tier of its own, in the place of the tier of the component.

    It has no load balancer, floating IPs and open ports, because they are for users, and no policy for hosts.
    """
    hosts = [one.host for one in placed]
    first = placed[0]

    def one(statements: Iterable[Statement[V] | None]) -> Statement[V] | None:
        agreed = service_tiers.agreed(id_, statements, state, repeat=False)
        subject = Subject(SubjectKind.ARTIFACT, f"{first.component.id}/{id_}", first.component.name)
        if agreed is None:
            return None
        return Statements().say(subject, agreed.kind, agreed.value, agreed.words, agreed.span)

    return Tier(
        id=id_,
        services=(),
        scale=None,
        compute=None if any(one.process.compute for one in placed) else one(host.compute for host in hosts),
        region=one(host.region for host in hosts),
        zone=one(host.zone for host in hosts),
        spread=None,
        together=None,
        networks=one(host.networks for host in hosts),
        floating=None,
        key_pair=one(host.key_pair for host in hosts),
        volumes=(),
        ports=(),
        balance=None,
        span=first.statement.span,
        security_groups=one(host.security_groups for host in hosts),
        follows=first.host.id,
    )


def _distinct(
    members: Mapping[str, list[_PlacedProcess]], components: Mapping[str, Component], state: BuildState
) -> None:
    """CAMP341: the part of a component on a tier has the id of another component or service."""
    for id_, placed in members.items():
        for one in placed:
            if id_ == one.component.tier:
                continue
            artifact = components.get(part_of(one.component.id, id_))
            service = state.usage.drafts.get(part_of(one.component.host, id_))
            if artifact is not None or service is not None:
                known = artifact.name if artifact is not None else service.name if service is not None else ""
                span = artifact.span if artifact is not None else service.span if service is not None else None
                state.diagnostics.add(
                    Diagnostic(
                        "CAMP341",
                        f"the part of {one.component.name} on the tier {id_} and {known} would have the same id",
                        one.statement.span,
                        label=f"the tier {id_}",
                        related=(Label(span, "this has the id"),) if span else (),
                        help="give the tier another name",
                    )
                )


def _fixed(component: Component, process: Process) -> Diagnostic:
    release = process.type == "release"
    statement = process.tier or process.scale or process.compute or process.statement
    return Diagnostic(
        "CAMP327",
        f"the process release of {component.name} has no instances of its own"
        if release
        else f"the process {process.type} of {component.name} runs on the tier of its service, {component.tier}",
        statement.span,
        label="it runs before the others, where they run" if release else "this tier would be another one",
        help="write only its command"
        if release
        else "place the service of the artifact:\n"
        f"  - {{ characteristic_type: org.camp2iac:Placement, tier: {statement.value} }}",
    )


def _taken(component: Component, process: Process, tier: str, other: Tier) -> Diagnostic:
    return Diagnostic(
        "CAMP327",
        f"the process {process.type} of {component.name} needs the name of a tier: the plan has another tier {tier}",
        process.statement.span,
        label=f"its own tier would be {tier}",
        related=(Label(other.span, f"this is the tier {tier}"),),
        help=f"write  tier: {tier}  to run it there, or another name",
    )
