"""The connections that the plan requires, from links, exposures and Ports, with the rules at both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from camp2iac.record import replace
from camp2iac.synth.module import Value, template
from camp2iac.targets.openstack.layout import callers, cross_region, names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.https import HTTP
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
from camp2iac.topology import addresses, elsewhere
from camp2iac.topology.match import EXTERNAL
from camp2iac.topology.model import Link, Service


def derive(traffic: Traffic, more: Iterable[SecurityGroupRule] = ()) -> Mapping[str, tuple[SecurityGroupRule, ...]]:
    """The rules of each tier's security group, without duplicates, sorted by direction and label.

    ``more``: rules that the environment file asks for.
    """
    found = merged((*_exposures(traffic), *_links(traffic), *_members(traffic), *opened_ports(traffic), *more))
    return {tier: tuple(rules) for tier, rules in groupby(found, key=lambda rule: rule.tier)}


def _exposures(traffic: Traffic) -> Iterator[SecurityGroupRule]:
    for id_, group in traffic.groups.items():
        for endpoint in traffic.endpoints[id_]:
            if endpoint.front and not endpoint.public:
                yield from _inside(group, endpoint)
            if endpoint.balanced or endpoint.public:
                yield _users(group, endpoint)
            if endpoint.plain:
                plain = replace(endpoint, certificate=None, outside=HTTP, listen=HTTP)
                yield from (replace(_users(group, plain), what="HTTP"),) if endpoint.public else _inside(group, plain)


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
        reasons=(endpoint.reason, *((callers.reason(group.tier),) if endpoint.balanced else ())),
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
            port = traffic.ports.get(link.callee or service.id)
            if port is not None and user is not None and user is not traffic.groups.get(service.tier):
                yield from _link(traffic, user, service, link, port)


def _link(traffic: Traffic, user: MachineGroup, service: Service, link: Link, port: int) -> Iterator[SecurityGroupRule]:
    other = traffic.groups.get(service.tier)
    component = traffic.topology.planned_id(link.component)
    flow = Flow(what(service, link), Ports("tcp", port, port), f"{component}, ConnectTo {link.to}", link.span)
    name = link.callee or service.id
    listener = traffic.listener(user.id, service.id, link.callee)
    if service.href:
        yield from _outside(user, service, flow)
    elif service.product.managed:  # all instances may reach the usual ports
        if flow.ports.first not in (80, 443):
            yield _out(user, name, flow, "outside this module", ANYWHERE)
    elif other is None:
        yield _out(user, name, flow, "outside this module", ANYWHERE)
    elif listener is None:
        yield from between(user, other, name, flow)
    else:
        front = replace(flow, ports=Ports("tcp", listener.port, listener.port))
        if other.id in traffic.behind:
            yield from between(user, traffic.groups[traffic.behind[other.id]], name, front)
        else:
            yield _from_balancer(other, flow)
            yield _to_balancer(user, other, name, front)


def _outside(user: MachineGroup, service: Service, flow: Flow) -> Iterator[SecurityGroupRule]:
    """The egress to a service elsewhere: to its address, or to any if it has a name, because addresses change.

    All instances may reach the usual ports of HTTP and HTTPS anyway.
    """
    found = elsewhere.of(service)
    one = addresses.network(found.host) if found else None
    usual = found is not None and found.authority == found.host and flow.ports.first in (80, 443)
    if one is not None or not usual:
        yield _out(user, service.id, flow, "outside this module", one or ANYWHERE)


def what(service: Service, link: Link) -> str:
    """The protocol, for people."""
    if link.callee:
        return "Calls"
    if service.product is EXTERNAL and service.href is not None:
        return service.href.value.partition(":")[0].upper()
    return service.product.link.label if service.product.link else service.product.title


def _from_balancer(other: MachineGroup, flow: Flow) -> SecurityGroupRule:
    """The ingress of a link through an Octavia load balancer, from the VIP's subnet."""
    return SecurityGroupRule(
        tier=other.id,
        label=names.label(other.id, "from", "balancer", str(flow.ports.first)),
        description=f"{flow.what} from the load balancer",
        direction="ingress",
        ports=flow.ports,
        cidr=other.balancer_net.subnet("cidr"),
        reasons=(flow.reason,),
        origin=flow.span,
        balancer=True,
    )


def _to_balancer(user: MachineGroup, other: MachineGroup, name: str, flow: Flow) -> SecurityGroupRule:
    """The egress, to the VIP's subnet. From another region: to the load balancer's floating IP."""
    abroad = user.region is not other.region
    cidr = template(cross_region.balancer(other), "/32") if abroad else other.balancer_net.subnet("cidr")
    return _out(user, name, flow, "through the load balancer", cidr)


def _out(user: MachineGroup, name: str, flow: Flow, how: str, cidr: Value) -> SecurityGroupRule:
    return SecurityGroupRule(
        tier=user.id,
        label=names.label(user.id, "to", name),
        description=f"{flow.what} to {name}, {how}",
        direction="egress",
        ports=flow.ports,
        cidr=cidr,
        reasons=(flow.reason,),
        origin=flow.span,
        what=f"{flow.what} to {name}",
    )


def _members(traffic: Traffic) -> Iterator[SecurityGroupRule]:
    """Connections from a load balancer product to its members."""
    for service in traffic.topology.services.values():
        user = traffic.groups.get(service.tier)
        if "member_port" not in service.product.attributes or user is None:
            continue
        before = traffic.before.get(service.id)
        reason = callers.reason(before) if before else f"{service.id}, Attributes"
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
