"""Security groups: one for all instances and one for each tier, with their rules."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from camp2iac.synth.module import Block, Value, body, call, expr, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.layout.security_group_rules import ANYWHERE, SecurityGroupRule
from camp2iac.targets.openstack.layout.settings import is_id
from camp2iac.targets.openstack.resource_types import SECURITY_GROUP, SECURITY_GROUP_RULE

_EXISTING = "An existing security group."
_OUT = {"dns-tcp": ("tcp", 53), "dns-udp": ("udp", 53), "http": ("tcp", 80), "https": ("tcp", 443), "ntp": ("udp", 123)}


def everyone(app: str, region: Region) -> list[Block]:
    """The group ``machine``: SSH in from ``ssh_from``; DNS, NTP, HTTP and HTTPS out."""
    ssh = f"{'SSH in; ' if region.settings.ssh_from else ''}DNS, NTP and packages out"
    group = Block(
        "resource",
        (SECURITY_GROUP, machines(region)),
        body(
            name=f"{app}-machine",
            description=f"All instances of {app}: {ssh}",
            delete_default_rules=True,
            tags=ref("local.tags"),
        ),
        comment=(
            "For all instances. The security group of each tier adds rules for its links and exposures.\n"
            "Traffic without a rule is blocked in both directions."
        ),
    )
    return [group, *_ssh(region), _everyone_out(region)]


def _ssh(region: Region) -> list[Block]:
    """SSH from the operators' networks."""
    given = region.settings.ssh_from
    if not given:
        return []
    one = given[0] if len(given) == 1 else None
    rule = body(
        for_each=None if one else call("toset", given),
        **_head(machines(region), "SSH from the operators", "ingress"),
        **_ports("tcp", 22, 22),
        remote_ip_prefix=one or expr("each.key"),
    )
    where = region.settings.comment("ssh_from")
    return [Block("resource", (SECURITY_GROUP_RULE, region.label("machine_ssh")), rule, comment=where)]


def _everyone_out(region: Region) -> Block:
    """DNS, NTP, HTTP and HTTPS, and the port of ``callback``."""
    out: dict[str, Value] = {name: {"protocol": protocol, "port": port} for name, (protocol, port) in _OUT.items()}
    callback = urlsplit(region.settings.callback or "").port
    if callback and callback not in (80, 443):
        out["callback"] = {"protocol": "tcp", "port": callback}
    port = expr("each.value.port")
    rule = body(
        for_each=out,
        **_head(machines(region), expr("each.key"), "egress"),
        **_ports(expr("each.value.protocol"), port, port),
        remote_ip_prefix=ANYWHERE,
    )
    comment = "Any destination, because package mirrors and indexes have no fixed addresses."
    return Block("resource", (SECURITY_GROUP_RULE, region.label("machine_out")), rule, comment=comment)


def machines(region: Region) -> str:
    """The label of the security group for all instances of a region."""
    return region.label("machine")


def of_port(group: MachineGroup) -> tuple[Value, ...]:
    """The security groups of a tier's ports: that for all instances, its own, and existing ones."""
    mine = (ref(f"{SECURITY_GROUP}.{machines(group.region)}", ".id"), ref(f"{SECURITY_GROUP}.{group.label}", ".id"))
    return (*mine, *(_id(name, group.region) for name in given(group)))


def given(group: MachineGroup) -> tuple[str, ...]:
    """Existing security groups, by name or id: those in the environment file and in the plan."""
    planned = group.tier.security_groups.value if group.tier.security_groups else ()
    return tuple(sorted({*group.settings.security_groups, *planned}))


def there(groups: Iterable[MachineGroup]) -> list[Block]:
    """Data sources of a region's existing security groups that have a name instead of an id."""
    found = {name: group.region for group in groups for name in given(group) if not is_id(name)}
    return [
        Block("data", (SECURITY_GROUP, region.label(names.label(name))), body(name=name), comment=_EXISTING)
        for name, region in sorted(found.items(), key=lambda item: item[0])
    ]


def _id(name: str, region: Region) -> Value:
    return name if is_id(name) else ref(f"data.{SECURITY_GROUP}.{region.label(names.label(name))}", ".id")


def of_tier(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """A tier's security group and its rules."""
    made = Block(
        "resource",
        (SECURITY_GROUP, group.label),
        body(
            name=names.security_group(group.app, group.id),
            description=f"Tier {group.id} of {group.app}",
            delete_default_rules=True,
            tags=ref("local.tags"),
        ),
    )
    return [made, *(_block(layout, group, rule) for rule in layout.rules.get(group.id, ()))]


def way_out(group: MachineGroup, name: str, description: str, port: Value) -> Block:
    """A rule for connections from a tier to a port at any address."""
    arguments = {**_head(group.label, description, "egress"), **_ports("tcp", port, port)}
    return Block(
        "resource", (SECURITY_GROUP_RULE, f"{group.label}_to_{name}"), body(**arguments, remote_ip_prefix=ANYWHERE)
    )


def _block(layout: OpenStackLayout, group: MachineGroup, rule: SecurityGroupRule) -> Block:
    comment = "; ".join(f"{layout.file}: {reason}" for reason in rule.reasons)
    if rule.balancer:
        comment += ".\nThe load balancer connects from its own addresses in the VIP's subnet, not from the VIP."
    if rule.unless:
        comment += ".\nNot created if another rule for these ports has the same network: Neutron refuses duplicates."
    family = "IPv6" if isinstance(rule.cidr, str) and ":" in rule.cidr else "IPv4"
    ports = rule.ports
    return Block(
        "resource",
        (SECURITY_GROUP_RULE, rule.label),
        body(
            **_head(group.label, rule.description, rule.direction, family),
            **_ports(ports.protocol, ports.first, ports.last),
            for_each=rule.each,
            count=expr("contains(", rule.unless, ", ", rule.cidr, ") ? 0 : 1") if rule.unless else None,
            remote_group_id=ref(f"{SECURITY_GROUP}.{rule.peer}", ".id") if rule.peer else None,
            remote_ip_prefix=rule.cidr,
        ),
        comment=comment,
        origin=rule.origin,
        first=rule.key,
    )


def _head(group: str, description: Value, direction: str, family: str = "IPv4") -> dict[str, Value]:
    return {
        "security_group_id": ref(f"{SECURITY_GROUP}.{group}", ".id"),
        "description": description,
        "direction": direction,
        "ethertype": family,
    }


def _ports(protocol: Value, first: Value, last: Value) -> dict[str, Value]:
    return {"protocol": protocol, "port_range_min": first, "port_range_max": last}
