"""The connections that the plan requires, from links, exposures and Ports, with the rules at both ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from camp2iac.synth.module import Value, template
from camp2iac.targets.openstack.layout import cross_region, names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.opened_ports import opened_ports
from camp2iac.targets.openstack.layout.security_group_rules import (
    ANYWHERE,
    Flow,
    Ports,
    SecurityGroupRule,
    between,
    merged,
)
from camp2iac.targets.openstack.layout.traffic import Traffic
from camp2iac.topology.model import Link, Service


def derive(traffic: Traffic) -> Mapping[str, tuple[SecurityGroupRule, ...]]:
    """The rules of each tier's security group, without duplicates, sorted by direction and label."""
    found = merged((*_exposures(traffic), *_links(traffic), *_members(traffic), *opened_ports(traffic)))
    return {tier: tuple(rules) for tier, rules in groupby(found, key=lambda rule: rule.tier)}


def _exposures(traffic: Traffic) -> Iterator[SecurityGroupRule]:
    for id_, group in traffic.groups.items():
        for endpoint in traffic.endpoints[id_]:
            if endpoint.front and not endpoint.public:
                yield from _inside(group, endpoint)
            if endpoint.balanced or endpoint.public:
                yield _users(group, endpoint)


def _users(group: MachineGroup, endpoint: Endpoint) -> SecurityGroupRule:
    """Users through the load balancer, or from any address."""
    who = "balancer" if endpoint.balanced else "anywhere"
    return SecurityGroupRule(
        tier=group.id,
        label=names.label(group.id, "from", who, *endpoint.suffix),
        description=f"{endpoint.words} from {'the load balancer' if endpoint.balanced else 'any address'}",
        direction="ingress",
        ports=Ports("udp" if endpoint.protocol == "udp" else "tcp", endpoint.listen, endpoint.listen),
        cidr=group.balancer_net.subnet("cidr") if endpoint.balanced else ANYWHERE,
        reasons=(endpoint.reason, *((f"{group.id}, Balance",) if endpoint.balanced else ())),
        origin=endpoint.exposure.span,
        balancer=endpoint.balanced,
    )


def _inside(group: MachineGroup, endpoint: Endpoint) -> Iterator[SecurityGroupRule]:
    """Internal users of a HAProxy instance: those in its networks, as with Octavia."""
    for net in group.nets:
        yield SecurityGroupRule(
            tier=group.id,
            label=names.label(group.id, "from", net.id, *endpoint.suffix),
            description=f"{endpoint.words} from the network {net.id}",
            direction="ingress",
            ports=Ports("tcp", endpoint.listen, endpoint.listen),
            cidr=net.subnet("cidr"),
            reasons=(endpoint.reason,),
            origin=endpoint.exposure.span,
        )


def _links(traffic: Traffic) -> Iterator[SecurityGroupRule]:
    for component in traffic.topology.components.values():
        user = traffic.groups.get(component.tier)
        for link in component.links:
            service = traffic.topology.services[link.service]
            port = traffic.ports.get(service.id)
            if port is not None and user is not None and user is not traffic.groups.get(service.tier):
                yield from _link(traffic, user, service, link, port)


def _link(traffic: Traffic, user: MachineGroup, service: Service, link: Link, port: int) -> Iterator[SecurityGroupRule]:
    other = traffic.groups.get(service.tier)
    what = service.product.link.label if service.product.link else service.product.title
    component = traffic.topology.planned_id(link.component)
    flow = Flow(what, Ports("tcp", port, port), f"{component}, ConnectTo {service.id}", link.span)
    if other is None or service.href:
        yield _out(user, service, flow, "outside this module", ANYWHERE)
    elif traffic.listener(user.id, service.id) is None:
        yield from between(user, other, service.id, flow)
    elif other.id in traffic.behind:
        yield from between(user, traffic.groups[traffic.behind[other.id]], service.id, flow)
    else:
        yield from _by_balancer(user, other, service, flow)


def _by_balancer(user: MachineGroup, other: MachineGroup, service: Service, flow: Flow) -> Iterator[SecurityGroupRule]:
    """A link through an Octavia load balancer: egress to the VIP's subnet, and ingress from it.

    From another region: egress to the load balancer's floating IP.
    """
    subnet = other.balancer_net.subnet("cidr")
    yield SecurityGroupRule(
        tier=other.id,
        label=names.label(other.id, "from", "balancer", str(flow.ports.first)),
        description=f"{flow.what} from the load balancer",
        direction="ingress",
        ports=flow.ports,
        cidr=subnet,
        reasons=(flow.reason,),
        origin=flow.span,
        balancer=True,
    )
    abroad = user.region is not other.region
    yield _out(
        user,
        service,
        flow,
        "through the load balancer",
        template(cross_region.balancer(other), "/32") if abroad else subnet,
    )


def _out(user: MachineGroup, service: Service, flow: Flow, how: str, cidr: Value) -> SecurityGroupRule:
    return SecurityGroupRule(
        tier=user.id,
        label=names.label(user.id, "to", service.id),
        description=f"{flow.what} to {service.id}, {how}",
        direction="egress",
        ports=flow.ports,
        cidr=cidr,
        reasons=(flow.reason,),
        origin=flow.span,
    )


def _members(traffic: Traffic) -> Iterator[SecurityGroupRule]:
    """Connections from a load balancer product to its members."""
    for service in traffic.topology.services.values():
        user = traffic.groups.get(service.tier)
        if "member_port" not in service.product.attributes or user is None:
            continue
        before = traffic.before.get(service.id)
        reason = f"{before.id}, Balance" if before else f"{service.id}, Attributes"
        for attribute in service.attributes.values():
            for reference in attribute.value.references:
                other = traffic.groups.get(reference.name) if reference.kind in ("IP", "IPALL") else None
                if other is None or other is user:
                    continue
                for port, name in _member_ports(traffic, service, other):
                    flow = Flow(service.product.title, Ports("tcp", port, port), reason, attribute.span)
                    yield from between(user, other, name, flow)


def _member_ports(traffic: Traffic, service: Service, members: MachineGroup) -> list[tuple[int, str]]:
    """The ports of the members of a load balancer product, with the names for the rules."""
    if fronts := traffic.front_ports.get(service.id):
        return [(port, f"{members.id}-{port}") for port in sorted({front.member for front in fronts})]
    said = service.attributes.get("member_port")
    port = (said.value.literal if said else None) or str(service.product.attributes["member_port"].default)
    return [(int(port), members.id)]
