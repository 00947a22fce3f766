"""Allowed connections, from the security group rules and the load balancers. Nodes are tiers of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from camp2iac.synth.module import Module
from camp2iac.targets.facts import INTERNET, Contact
from camp2iac.targets.openstack.layout import connections
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.security_group_rules import Ports, SecurityGroupRule
from camp2iac.targets.openstack.resource_types import SECURITY_GROUP_RULE
from camp2iac.targets.openstack.resources import security_groups

_SSH = "SSH, TCP 22"


def of(layout: OpenStackLayout, module: Module) -> Iterator[Contact]:
    """All contacts. Those through a load balancer are between its users and the tier behind it."""
    for region in layout.regions.all:
        where = f"all instances in {region.name}" if region.alias else "all instances"
        for block in region.settings.ssh_from:
            yield _comes(block, where, _SSH)
        if any(group.region is region for group in layout.groups.values()):
            yield Contact(where, INTERNET, "DNS, NTP, HTTP and HTTPS")
    for id_, group in layout.groups.items():
        node = _node(layout, id_)
        for endpoint in layout.endpoints[id_]:
            yield from _users(group, node, endpoint)
        for rule in layout.rules.get(id_, ()):
            yield from _of_rule(layout, node, rule)
        for name in security_groups.given(group):
            yield Contact(name, node, "what its rules allow", kind="security group")
        yield from _ways_out(module, group, node)
    yield from _through_balancers(layout)


def _node(layout: OpenStackLayout, tier: str) -> str:
    """The plan's tier: an HAProxy instance belongs to the tier behind it."""
    before = layout.before.get(tier)
    return before.id if before else tier


def _users(group: MachineGroup, node: str, endpoint: Endpoint) -> Iterator[Contact]:
    """Users of an endpoint. One that is neither public nor at a load balancer has no rule."""
    scheme = "HTTPS" if endpoint.certificate else endpoint.words
    protocol = "UDP" if endpoint.protocol == "udp" else "TCP"
    what = f"{scheme}, {protocol} {endpoint.outside}" if scheme != protocol else f"{protocol} {endpoint.outside}"
    if endpoint.public:
        yield Contact(INTERNET, node, what, public=True)
    elif endpoint.balanced or endpoint.front:
        for net in group.nets:
            yield Contact(net.id, node, what, kind="network")


def _of_rule(layout: OpenStackLayout, node: str, rule: SecurityGroupRule) -> Iterator[Contact]:
    """A rule's contact. Rules of endpoints and load balancers have their contacts from these."""
    what = _words(rule.what, rule.ports)
    if rule.direction == "egress":
        if not rule.source and isinstance(rule.cidr, str):
            yield Contact(node, INTERNET if _anywhere(rule.cidr) else rule.cidr, what)
    elif rule.parameter:
        given = layout.topology.parameters[rule.source].default
        value = given if isinstance(given, str) else ""
        yield Contact(rule.source, node, what, _anywhere(value), "parameter", value)
    elif rule.source:
        source = _node(layout, rule.source)
        if source != node:
            yield Contact(source, node, what)
    elif isinstance(rule.cidr, str) and not _of_endpoint(layout, rule):
        yield _comes(rule.cidr, node, what)


def _of_endpoint(layout: OpenStackLayout, rule: SecurityGroupRule) -> bool:
    """Whether a public endpoint has the same port for any address."""
    if not _anywhere(str(rule.cidr)):
        return False
    ports = {(e.listen, e.protocol == "udp") for e in layout.endpoints[rule.tier] if e.public and not e.balanced}
    first, last, udp = rule.ports.first, rule.ports.last, rule.ports.protocol == "udp"
    return first == last and (first, udp) in ports


def _comes(block: str, node: str, what: str) -> Contact:
    """Traffic from a CIDR."""
    return Contact(INTERNET, node, what, public=True) if _anywhere(block) else Contact(block, node, what)


def _ways_out(module: Module, group: MachineGroup, node: str) -> Iterator[Contact]:
    """The rules to servers of packages, releases, images and objects."""
    for block in module.files.get(group.file, ()):
        said = block.get("description") if block.labels[:1] == (SECURITY_GROUP_RULE,) else None
        if isinstance(said, str) and said.startswith("To "):
            port = block.get("port_range_min")
            yield Contact(node, INTERNET, f"{said}, TCP {port}" if isinstance(port, int) else said)


def _through_balancers(layout: OpenStackLayout) -> Iterator[Contact]:
    """Components that connect to a service through its load balancer."""
    for tier, listeners in layout.listeners.items():
        for listener in listeners:
            for link in listener.links:
                user = layout.topology.components[link.component].tier
                what = connections.what(layout.topology.services[link.service], link)
                yield Contact(_node(layout, user), tier, f"{what}, TCP {listener.port}")


def _anywhere(block: str) -> bool:
    """Whether a CIDR is all addresses of IPv4 or of IPv6."""
    try:
        return ip_network(block, strict=False).prefixlen == 0
    except ValueError:  # the checks report it
        return False


def _words(what: str, ports: Ports) -> str:
    protocol = ports.protocol.upper()
    numbers = str(ports.first) if ports.first == ports.last else f"{ports.first} to {ports.last}"
    return f"{protocol} {numbers}" if what.startswith(f"{protocol} ") else f"{what}, {protocol} {numbers}"
