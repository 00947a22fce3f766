"""The addresses that an instance gets: its own, those of the services it connects to, and those of its clients."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Value, ref
from camp2iac.targets.kit.references import to_addresses
from camp2iac.targets.openstack.layout import callers, cross_region
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.resource_types import LOAD_BALANCER
from camp2iac.topology import elsewhere
from camp2iac.topology.model import Service

LOCAL = "127.0.0.1"


def address(layout: OpenStackLayout, group: MachineGroup) -> Value:
    """An instance's own address, if all its users are on its first network.

    One instance and each of several get it in the same way. Otherwise, a second one would recreate the first.
    """
    topology, groups = layout.topology, layout.groups
    users = [
        groups[topology.components[link.component].tier]
        for service in group.tier.services
        for link in topology.users(service)
        if topology.components[link.component].tier in groups
    ]
    elsewhere = any(group.toward(user) is not group.nets[0] for user in users if user is not group)
    elsewhere = elsewhere or any(
        reference.network not in (None, group.nets[0].id) for reference in to_addresses(topology, group.id)
    )
    if elsewhere:
        return None
    return group.port(group.nets[0], "all_fixed_ips[0]") if group.many else group.address(group)


def hosts(layout: OpenStackLayout, user: MachineGroup) -> Mapping[str, Value]:
    """The address of each service that a tier's components connect to."""
    links = (link for component in layout.topology.tier_components(user.id) for link in component.links)
    linked = {link.service for link in links if not layout.topology.services[link.service].product.managed}
    return {id_: _host(layout, user, layout.topology.services[id_]) for id_ in sorted(linked)}


def callees(layout: OpenStackLayout, user: MachineGroup) -> Mapping[str, tuple[Value, int]]:
    """The address and the port of each component that a tier's components call."""
    found: dict[str, tuple[Value, int]] = {}
    for callee, link in callers.of(layout.topology, user.id).items():
        service = layout.topology.services[link.service]
        listener = None if service.tier == user.id else layout.listener(user.id, service.id, callee)
        port = listener.port if listener else layout.ports.get(callee)
        if port is not None and service.tier in layout.groups:
            found[callee] = _host(layout, user, service), port
    return found


def _host(layout: OpenStackLayout, user: MachineGroup, service: Service) -> Value:
    if service.href:
        found = elsewhere.of(service)
        return found.host if found else service.href.value
    if service.tier == user.id:
        return LOCAL
    other = layout.groups[service.tier]
    if layout.listener(user.id, service.id) is None:
        return other.address(user)
    if other.id in layout.behind:
        return layout.groups[layout.behind[other.id]].address(user)
    if user.region is not other.region:
        return cross_region.balancer(other)
    return ref(f"{LOAD_BALANCER}.{other.label}", ".vip_address")


def certified(layout: OpenStackLayout, service: Service) -> tuple[Value, ...]:
    """The addresses by which clients on other tiers connect to a service, which its certificate has."""
    users = {layout.topology.components[link.component].tier for link in layout.topology.users(service.id)}
    found: list[Value] = []
    for id_ in sorted(users - {service.tier}):
        if id_ in layout.groups and (address := _host(layout, layout.groups[id_], service)) not in found:
            found.append(address)
    return tuple(found)


def clients(layout: OpenStackLayout, group: MachineGroup) -> Mapping[str, tuple[Value, ...]]:
    """The subnets of the clients of each service on a tier."""
    return {service.id: _clients(layout, service, group) for service in services(layout.topology, group)}


def _clients(layout: OpenStackLayout, service: Service, group: MachineGroup) -> tuple[Value, ...]:
    """The subnet that a client shares with the service, or else its first one, or that of the load balancer."""
    found: dict[str, Value] = {}
    for link in layout.topology.users(service.id):
        user = layout.groups.get(layout.topology.components[link.component].tier)
        if user is not None and layout.listener(user.id, service.id):
            found[group.balancer_net.label] = group.balancer_net.subnet("cidr")
        elif user is not None and user.region is not group.region:
            found |= {f"{user.label}/{n:04}": block for n, block in enumerate(cross_region.sources(user))}
        elif user is not None and user is not group:
            net = group.toward(user)
            own = net if net in user.nets else user.nets[0]
            found[own.label] = own.subnet("cidr")
    return tuple(found[label] for label in sorted(found))
