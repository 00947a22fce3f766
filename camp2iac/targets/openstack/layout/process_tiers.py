"""Processes on tiers of their own: the part of a component that runs on other instances than the rest of it.

The part is a component on a copy of its service, as if it were in the plan, with the same content, variables and links.
So its instances get what those of the component get, and each rule that its links need. It has no exposures.
"""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import replace
from camp2iac.targets.openstack.layout.releases import HttpsReleases, Releases
from camp2iac.targets.openstack.layout.sandboxes import Allowance
from camp2iac.topology.ids import part_of
from camp2iac.topology.model import Component, Compute, Service, Statement, Tier, Topology, Volume
from camp2iac.topology.statement_kinds import VOLUME
from camp2iac.topology.statements import Statements, Subject, SubjectKind


def split(plan: Topology) -> Topology:
    """The topology with a component and a service for each part that runs on another tier than its component."""
    tiers, services, components = dict(plan.tiers), dict(plan.services), dict(plan.components)
    for tier in plan.tiers.values():
        hosts: dict[str, list[str]] = {}
        for id_ in tier.parts:
            part = _part(plan.components[id_], tier)
            components[part.id] = part
            components[id_] = _rest(components[id_], tier)
            hosts.setdefault(plan.components[id_].host, []).append(part.id)
        copies = [_service(plan.services[host], tier, parts) for host, parts in sorted(hosts.items())]
        services |= {copy.id: copy for copy in copies}
        if copies:
            volumes = [each for host in sorted(hosts) for each in _volumes(plan, plan.services[host], tier)]
            tiers[tier.id] = replace(
                tier,
                services=(*tier.services, *(copy.id for copy in copies)),
                volumes=(*tier.volumes, *volumes),
                compute=_compute(tier, plan.tiers.get(tier.follows)),
            )
    if len(components) == len(plan.components):
        return plan
    return replace(
        plan,
        tiers=tiers,
        services=dict(sorted(services.items())),
        components=dict(sorted(components.items())),
    )


def ports(topology: Topology, found: Mapping[str, int]) -> Mapping[str, int]:
    """The ports with those of parts: the part of a component has the same PORT, though nothing connects to it."""
    parts = {id_: one.part_of for id_, one in topology.components.items() if one.part_of in found}
    return {**found, **{id_: found[origin] for id_, origin in parts.items()}}


def releases(topology: Topology, given: Releases | None) -> Releases | None:
    """Where instances get releases: a part has the artifact of its component."""
    if not isinstance(given, HttpsReleases):
        return given
    found = given.artifacts
    parts = {id_: found[one.part_of] for id_, one in topology.components.items() if one.part_of in found}
    return replace(given, artifacts={**found, **parts})


def allowed(topology: Topology, given: Mapping[str, Allowance]) -> Mapping[str, Allowance]:
    """What the operator allows the processes of each component: a part is allowed what its component is."""
    return {**given, **{id_: given[one.part_of] for id_, one in topology.components.items() if one.part_of in given}}


def broken(topology: Topology, given: frozenset[str]) -> frozenset[str]:
    """The components that have nothing to start, with their parts."""
    return given | {id_ for id_, one in topology.components.items() if one.part_of in given}


def _part(component: Component, tier: Tier) -> Component:
    """The part of a component on a tier: its processes there, and the commands that run before any process starts."""
    id_ = part_of(component.id, tier.id)
    return replace(
        component,
        id=id_,
        host=part_of(component.host, tier.id),
        tier=tier.id,
        processes=tuple(each for each in component.processes if each.on == tier.id or each.type == "release"),
        exposures=(),
        links=tuple(replace(link, component=id_) for link in component.links),
        silent=None,
        schedules=(),
        part_of=component.id,
    )


def _rest(component: Component, tier: Tier) -> Component:
    return replace(component, processes=tuple(each for each in component.processes if each.on != tier.id))


def _service(service: Service, tier: Tier, parts: list[str]) -> Service:
    """The copy of a service for parts of its components. Nothing is loaded into it, and its port is not for users."""
    return replace(
        service,
        id=part_of(service.id, tier.id),
        tier=tier.id,
        components=tuple(sorted(parts)),
        jobs=(),
        placed=None,
    )


def _volumes(plan: Topology, service: Service, tier: Tier) -> list[Statement[Volume]]:
    """The volumes of a service, for each instance of the tier too."""
    id_ = part_of(service.id, tier.id)
    subject = Subject(SubjectKind.SERVICE, id_, service.name)
    return [
        Statements().say(subject, VOLUME, each.value, each.words, each.span, name=each.value.name)
        for each in plan.tiers[service.tier].volumes
        if each.subject.id == service.id
    ]


def _compute(tier: Tier, host: Tier | None) -> Statement[Compute] | None:
    """What the instances need. Without an operating system of their own, they have that of the component."""
    theirs = host.compute if host is not None else None
    if tier.compute is None or theirs is None or tier.compute.value.os:
        return tier.compute
    return replace(tier.compute, value=replace(tier.compute.value, os=theirs.value.os))
