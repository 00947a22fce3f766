"""Which connections the plan asks for: from links, exposures and Ports, each with both of its ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.synth.module import Ref, Template, Value, template
from camp2iac.targets.openstack.layout import cross_region, names, parameters
from camp2iac.targets.openstack.layout.addressing import Common
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resources.balancers import subnet
from camp2iac.topology.model import PortRange, Service, Topology

ANYWHERE = "0.0.0.0/0"
_PORTS = re.compile("[0-9]{1,5}:[0-9]{1,5}")


class SecurityGroupRule(Record, frozen=True):
    """A rule of a tier's group. ``peer``: the label of another group, or ``cidr``. ``reasons``: the plan's nodes.

    ``each``: what it is made ``for_each`` of, or would be if the tier at its other end had several machines: then
    ``key`` is that of the first. ``toward``: the label of the tier in another region that it leads to. ``unless``: the
    blocks that rules of the same ports have, where this one's is known late: Neutron takes each once.
    """

    tier: str
    label: str
    description: str
    direction: str
    protocol: str
    first: int
    last: int
    peer: str | None
    cidr: Value
    reasons: tuple[str, ...]
    origin: Span | None
    each: Value = None
    key: str = ""
    toward: str = ""
    unless: tuple[Value, ...] = ()

    @property
    def meaning(self) -> tuple[object, ...]:
        """What makes two rules the same for Neutron."""
        return (self.tier, self.direction, self.protocol, self.first, self.last, self.peer, self.cidr)


def derive(common: Common, endpoints: Mapping[str, tuple[Endpoint, ...]]) -> tuple[SecurityGroupRule, ...]:
    """All rules of all tiers, each connection once, sorted by tier, direction and label."""
    topology, shapes = common.topology, common.shapes
    found: dict[tuple[object, ...], SecurityGroupRule] = {}
    for rule in (
        *_exposures(shapes, endpoints),
        *_links(common),
        *_members(common),
        *_ports(topology, shapes),
    ):
        same = found.get(rule.meaning)
        merged = tuple(dict.fromkeys((*same.reasons, *rule.reasons))) if same else rule.reasons
        found[rule.meaning] = replace(same or rule, reasons=tuple(sorted(merged)))
    return _once(sorted(found.values(), key=lambda rule: (rule.tier, rule.direction == "egress", rule.label)))


def _once(found: Iterable[SecurityGroupRule]) -> tuple[SecurityGroupRule, ...]:
    """The rules of one tier and the same ports, told of each other's blocks where their own is a parameter's.

    A block that only the apply tells (a floating address) cannot be asked for in a plan, and is nobody's parameter.
    """
    made: list[SecurityGroupRule] = []
    known: dict[tuple[object, ...], list[Value]] = {}
    for rule in sorted(found, key=_late):
        if rule.cidr is None or isinstance(rule.cidr, Template):
            made.append(rule)
            continue
        blocks = known.setdefault((rule.tier, rule.direction, rule.protocol, rule.first, rule.last), [])
        made.append(replace(rule, unless=tuple(blocks)) if _late(rule) else rule)
        blocks.append(rule.cidr)
    return tuple(sorted(made, key=lambda rule: (rule.tier, rule.direction == "egress", rule.label)))


def _late(rule: SecurityGroupRule) -> bool:
    """Whether a rule's block is a parameter's."""
    return isinstance(rule.cidr, Ref) and rule.cidr.address.startswith("local.")


def _exposures(
    shapes: Mapping[str, MachineGroup], endpoints: Mapping[str, tuple[Endpoint, ...]]
) -> Iterator[SecurityGroupRule]:
    for id_, found in endpoints.items():
        shape = shapes[id_]
        for endpoint in found:
            if endpoint.front and not endpoint.public:
                yield from _inside(shape, endpoint)
            if not endpoint.balanced and not endpoint.public:
                continue
            net = shape.vip or shape.nets[0]
            who = "balancer" if endpoint.balanced else "anywhere"
            what = "HTTP" if endpoint.protocol == "http" else endpoint.protocol.upper()
            balance = (f"{id_}, Balance",) if endpoint.balanced else ()
            yield SecurityGroupRule(
                tier=id_,
                label=names.label(id_, "from", who, *endpoint.suffix),
                description=f"{what} from the balancer" if endpoint.balanced else f"{what} from anywhere",
                direction="ingress",
                protocol="udp" if endpoint.protocol == "udp" else "tcp",
                first=endpoint.listen,
                last=endpoint.listen,
                peer=None,
                cidr=net.subnet("cidr") if endpoint.balanced else ANYWHERE,
                reasons=(endpoint.reason, *balance),
                origin=endpoint.exposure.span,
            )


def _inside(shape: MachineGroup, endpoint: Endpoint) -> Iterator[SecurityGroupRule]:
    """Users inside of what a machine balances: those in its networks, as with a balancer of the cloud's."""
    for net in shape.nets:
        what = "HTTP" if endpoint.protocol == "http" else endpoint.protocol.upper()
        label = names.label(shape.id, "from", net.id, *endpoint.suffix)
        yield SecurityGroupRule(
            shape.id,
            label,
            f"{what} from the network {net.id}",
            "ingress",
            "tcp",
            endpoint.listen,
            endpoint.listen,
            None,
            net.subnet("cidr"),
            (endpoint.reason,),
            endpoint.exposure.span,
        )


def _links(common: Common) -> Iterator[SecurityGroupRule]:
    topology, shapes, ports = common.topology, common.shapes, common.ports
    for component in topology.components.values():
        for link in component.links:
            service = topology.services[link.service]
            port = ports.get(service.id)
            user, other = shapes.get(component.tier), shapes.get(service.tier)
            if port is None or user is None or user is other:
                continue
            what = service.product.link.label if service.product.link else service.product.title
            reason = f"{component.id}, ConnectTo {service.id}"
            if other is None or service.href:
                yield _one(
                    user,
                    "egress",
                    names.label(user.id, "to", service.id),
                    f"{what} of {service.id}, elsewhere",
                    port,
                    reason,
                    link.span,
                    cidr=ANYWHERE,
                )
                continue
            if common.door(user.id, service.id) and other.id not in common.behind:
                yield from _by_balancer(user, other, service.id, what, port, reason, link.span)
                continue
            if common.door(user.id, service.id):
                other = shapes[common.behind[other.id]]
            yield from _pair(user, other, service.id, what, (port, port), "tcp", reason, link.span)


def _by_balancer(
    user: MachineGroup, other: MachineGroup, service: str, what: str, port: int, reason: str, span: Span
) -> Iterator[SecurityGroupRule]:
    """A link by way of a balancer of the cloud's: out to its address's subnet, and in from there.

    From another region: out to its floating address.
    """
    cidr: Value = subnet(other).subnet("cidr")
    yield _one(
        other,
        "ingress",
        names.label(other.id, "from", "balancer", str(port)),
        f"{what} from the balancer",
        port,
        reason,
        span,
        cidr=cidr,
    )
    if user.region is not other.region:
        cidr = template(cross_region.balancer(other), "/32")
    yield _one(
        user,
        "egress",
        names.label(user.id, "to", service),
        f"{what} of {service}, by the balancer",
        port,
        reason,
        span,
        cidr=cidr,
    )


def _members(common: Common) -> Iterator[SecurityGroupRule]:
    """A product that hands requests on speaks with its members."""
    topology, shapes = common.topology, common.shapes
    before = {id_: tier for tier, id_ in common.behind.items()}
    for service in topology.services.values():
        user = shapes.get(service.tier)
        if "member_port" not in service.product.attributes or user is None:
            continue
        reason = f"{before[service.id]}, Balance" if service.id in before else f"{service.id}, Attributes"
        for attribute in service.attributes.values():
            for reference in attribute.value.references:
                other = shapes.get(reference.name) if reference.kind in ("IP", "IPALL") else None
                if other is None or other is user:
                    continue
                for port, name in _member_ports(service, other):
                    title = service.product.title
                    yield from _pair(user, other, name, title, (port, port), "tcp", reason, attribute.span)


def _member_ports(service: Service, members: MachineGroup) -> list[tuple[int, str]]:
    """Where a balancer's product finds its members' ports, and how its rules are named."""
    several = service.attributes.get("ports")
    if several and several.value.literal:
        found = sorted({int(part.split(":")[1]) for part in several.value.literal.split(",") if _PORTS.match(part)})
        return [(port, f"{members.id}-{port}") for port in found]
    statement = service.attributes.get("member_port")
    port = (statement.value.literal if statement else None) or str(service.product.attributes["member_port"].default)
    return [(int(port), members.id)]


def _ports(topology: Topology, shapes: Mapping[str, MachineGroup]) -> Iterator[SecurityGroupRule]:
    for shape in shapes.values():
        opened_ranges = [(opened, each.span) for each in shape.tier.ports for opened in each.value]
        for opened, span in _merged(opened_ranges):
            yield from _opened(topology, shape, opened, shapes, span)


def _merged(opened_ranges: list[tuple[PortRange, Span]]) -> Iterator[tuple[PortRange, Span]]:
    """Ranges that share ports are one; those that only touch stay apart, so that one more changes no other's rule."""
    before: PortRange | None = None
    place: Span | None = None
    for opened, span in sorted(opened_ranges, key=lambda item: (item[0].asked, *_who(item[0]), item[0].first, item[1])):
        if before and place and _who(before) == _who(opened) and opened.first <= before.last:
            before, place = replace(before, last=max(before.last, opened.last)), min(place, span)
            continue
        if before and place:
            yield before, place
        before, place = opened, span
    if before and place:
        yield before, place


def _who(opened: PortRange) -> tuple[str, str, bool]:
    source = "anywhere" if opened.source == ANYWHERE else opened.source
    return source, opened.protocol, opened.asked


def _opened(
    topology: Topology, shape: MachineGroup, opened: PortRange, shapes: Mapping[str, MachineGroup], span: Span
) -> Iterator[SecurityGroupRule]:
    ports = (str(opened.first),) if opened.first == opened.last else (str(opened.first), str(opened.last))
    reason = f"{shape.id}, Ports"
    user = None if opened.asked else shapes.get(opened.source)
    what = f"{opened.protocol.upper()} {'-'.join(ports)}"
    if user is not None:
        name = "-".join((shape.id, opened.protocol, *ports))
        yield from _pair(user, shape, name, what, (opened.first, opened.last), opened.protocol, reason, span)
        return
    source, *_ = _who(opened)
    anywhere = source == "anywhere" and not opened.asked
    label = names.label(shape.id, opened.protocol, *ports, *(() if anywhere else ("from", source)))
    cidr: Value = ANYWHERE if anywhere else source
    if opened.asked:
        cidr = parameters.block(topology, source)
    yield SecurityGroupRule(
        shape.id,
        label,
        f"{what} from {source}",
        "ingress",
        opened.protocol,
        opened.first,
        opened.last,
        None,
        cidr,
        (reason,),
        span,
    )


def _pair(
    user: MachineGroup,
    other: MachineGroup,
    name: str,
    what: str,
    ports: tuple[int, int],
    protocol: str,
    reason: str,
    span: Span,
) -> Iterable[SecurityGroupRule]:
    """The two ends of a connection between two groups; between two regions, from and to floating addresses."""
    if user.region is not other.region:
        return _border(user, other, name, what, ports, protocol, reason, span)
    return (
        SecurityGroupRule(
            other.id,
            names.label(name, "from", user.id),
            f"{what} from the tier {user.id}",
            "ingress",
            protocol,
            *ports,
            user.label,
            None,
            (reason,),
            span,
        ),
        SecurityGroupRule(
            user.id,
            names.label(user.id, "to", name),
            f"{what} of the tier {other.id}",
            "egress",
            protocol,
            *ports,
            other.label,
            None,
            (reason,),
            span,
        ),
    )


def _border(
    user: MachineGroup,
    other: MachineGroup,
    name: str,
    what: str,
    ports: tuple[int, int],
    protocol: str,
    reason: str,
    span: Span,
) -> Iterator[SecurityGroupRule]:
    if other.outside and (found := cross_region.source(user)):
        yield SecurityGroupRule(
            other.id,
            names.label(name, "from", user.id),
            f"{what} from the tier {user.id}",
            "ingress",
            protocol,
            *ports,
            None,
            found.cidr,
            (reason,),
            span,
            found.each,
            found.first,
        )
        found = cross_region.destination(other)
        yield SecurityGroupRule(
            user.id,
            names.label(user.id, "to", name),
            f"{what} of the tier {other.id}",
            "egress",
            protocol,
            *ports,
            None,
            found.cidr,
            (reason,),
            span,
            found.each,
            found.first,
            other.label,
        )


def _one(
    shape: MachineGroup,
    direction: str,
    label: str,
    description: str,
    port: int,
    reason: str,
    span: Span,
    *,
    cidr: Value,
) -> SecurityGroupRule:
    return SecurityGroupRule(shape.id, label, description, direction, "tcp", port, port, None, cidr, (reason,), span)
