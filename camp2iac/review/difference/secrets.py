"""Secrets that come or go, and nodes that get one or no longer get it. Only names, never values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.compiler import Result
from camp2iac.record import replace
from camp2iac.review.difference.model import SecretChange
from camp2iac.review.difference.renamed import current, pairs
from camp2iac.targets.facts import Told
from camp2iac.topology.model import Component, Service, TextValue, Topology

_SECRET, _PARAMETER = "secret", "confidential parameter"


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[SecretChange, ...]:
    """The changes, sorted: what comes before what goes; the secret itself before the nodes that get it."""
    new = frozenset(told(after))
    old = frozenset(current(_renamed(each, renamed), new) for each in told(before))
    found = [SecretChange(_name(each), True, each.node) for each in new - old]
    found += [SecretChange(_name(each), False, each.node) for each in old - new]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (not each.comes, each.name, each.node)))


def _renamed(told: Told, renamed: Mapping[str, str]) -> Iterator[Told]:
    """A secret with the old names, then with the new ones."""
    for of, node in pairs(told.of, told.node, renamed):
        yield replace(told, of=of, node=node)


def _name(told: Told) -> str:
    """``password of database``, ``secret token``."""
    if told.name in (_SECRET, _PARAMETER):
        return f"{told.name} {told.of}"
    return f"{told.name} of {told.of}" if told.of else told.name


def told(result: Result | None) -> Iterator[Told]:
    """The secrets of a result: those that the platform has, and those that the plan declares and passes on."""
    if result is None:
        return
    yield from result.lowered.facts.told
    topology = result.topology
    for id_ in topology.secrets:
        yield Told(_SECRET, id_)
    for id_, parameter in topology.parameters.items():
        if parameter.confidential:
            yield Told(_PARAMETER, id_)
    for service in topology.services.values():
        yield from _of_service(topology, service)
    for component in topology.components.values():
        yield from _of_component(topology, component)


def _of_service(topology: Topology, service: Service) -> Iterator[Told]:
    """Secrets in attributes, and in the options of what is loaded into the service."""
    for name, statement in service.attributes.items():
        yield from _passed(topology, statement.value, service.id)
        if _secret(service, name):
            yield Told(name, service.id)
    for job in service.jobs:
        for option in job.options.values():
            yield from _passed(topology, option.value, service.id)


def _secret(service: Service, attribute: str) -> bool:
    form = service.product.attributes.get(attribute)
    return form is not None and form.secret


def _of_component(topology: Topology, component: Component) -> Iterator[Told]:
    """Secrets in variables and options, and the passwords of the services that it connects to."""
    node = topology.planned_id(component.id)
    values = [variable.value for variable in component.variables]
    values += [option.value for option in component.options.values()]
    values += [option.value for link in component.links for option in link.options.values()]
    for value in values:
        yield from _passed(topology, value, node)
    for link in component.links:
        if not link.callee:
            yield from _by_link(topology.services[link.service], node)


def _by_link(service: Service, node: str) -> Iterator[Told]:
    """The secrets that a component gets with the address of a service."""
    if service.href is None:
        if service.product.link is not None and service.product.link.password:
            yield Told("password", service.id, node)
        return
    for name in service.attributes:
        if name == "password" or _secret(service, name):
            yield Told(name, service.id, node)


def _passed(topology: Topology, value: TextValue, node: str) -> Iterator[Told]:
    """The secrets that a value refers to."""
    for reference in value.references:
        if reference.kind == "secret":
            yield Told(_SECRET, reference.name, node)
        elif reference.kind == "PASSWORD":
            yield Told("password", reference.name, node)
        elif reference.kind == "parameter":
            parameter = topology.parameters.get(reference.name)
            if parameter is not None and parameter.confidential:
                yield Told(_PARAMETER, reference.name, node)
