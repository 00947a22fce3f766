"""Security groups: one for all instances and one for each tier, with their rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict
from urllib.parse import urlsplit

from camp2iac.synth.module import Value, call, expr, ref
from camp2iac.synth.remarks import Remark, followed, joined
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.layout.security_group_rules import ANYWHERE, SecurityGroupRule
from camp2iac.targets.openstack.layout.settings import is_id
from camp2iac.targets.openstack.resource_types import SECURITY_GROUP, SECURITY_GROUP_RULE

_OUT = {"dns-tcp": ("tcp", 53), "dns-udp": ("udp", 53), "http": ("tcp", 80), "https": ("tcp", 443), "ntp": ("udp", 123)}


def add_shared(made: ModuleBuilder, app: str, region: Region) -> None:
    """The group ``machine``: SSH in from ``ssh_from``; DNS, NTP, HTTP and HTTPS out."""
    ssh = f"{'SSH in; ' if region.settings.ssh_from else ''}DNS, NTP and packages out"
    made.resource(
        region.file,
        SECURITY_GROUP,
        machines(region),
        comment=(
            "For all instances. The security group of each tier adds rules for its links and exposures.",
            "Traffic without a rule is blocked in both directions.",
        ),
        provider=region.provider,
        name=f"{app}-machine",
        description=f"All instances of {app}: {ssh}",
        delete_default_rules=True,
        tags=ref("local.tags"),
    )
    _add_ssh(made, region)
    _add_shared_out(made, region)


def _add_ssh(made: ModuleBuilder, region: Region) -> None:
    """SSH from the operators' networks."""
    given = region.settings.ssh_from
    if not given:
        return
    one = given[0] if len(given) == 1 else None
    made.resource(
        region.file,
        SECURITY_GROUP_RULE,
        region.label("machine_ssh"),
        comment=region.settings.comment("ssh_from"),
        for_each=None if one else call("toset", given),
        provider=region.provider,
        **_head(machines(region), "SSH from the operators", "ingress"),
        **_ports("tcp", 22, 22),
        remote_ip_prefix=one or expr("each.key"),
    )


def _add_shared_out(made: ModuleBuilder, region: Region) -> None:
    """DNS, NTP, HTTP and HTTPS, and the port of ``callback``."""
    ways = shared_out(region).items()
    out: dict[str, Value] = {name: {"protocol": protocol, "port": port} for name, (protocol, port) in ways}
    port = expr("each.value.port")
    made.resource(
        region.file,
        SECURITY_GROUP_RULE,
        region.label("machine_out"),
        comment="Any destination, because package mirrors and indexes have no fixed addresses.",
        for_each=out,
        provider=region.provider,
        **_head(machines(region), expr("each.key"), "egress"),
        **_ports(expr("each.value.protocol"), port, port),
        remote_ip_prefix=ANYWHERE,
    )


def shared_out(region: Region) -> Mapping[str, tuple[str, int]]:
    """The protocols and ports that all instances of a region may connect to, by name."""
    callback = urlsplit(region.settings.callback or "").port
    return {**_OUT, "callback": ("tcp", callback)} if callback and callback not in (80, 443) else _OUT


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


def add_existing(made: ModuleBuilder, groups: Iterable[MachineGroup]) -> None:
    """Data sources of a region's existing security groups that have a name instead of an id."""
    found = {name: group.region for group in groups for name in given(group) if not is_id(name)}
    for name, region in sorted(found.items(), key=lambda item: item[0]):
        label, comment = region.label(names.label(name)), "An existing security group."
        made.data(region.file, SECURITY_GROUP, label, comment=comment, provider=region.provider, name=name)


def _id(name: str, region: Region) -> Value:
    return name if is_id(name) else ref(f"data.{SECURITY_GROUP}.{region.label(names.label(name))}", ".id")


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """A tier's security group and its rules."""
    made.resource(
        group.file,
        SECURITY_GROUP,
        group.label,
        provider=group.provider,
        name=names.security_group(group.app, group.id),
        description=f"Tier {group.id} of {group.app}",
        delete_default_rules=True,
        tags=ref("local.tags"),
    )
    for rule in layout.rules.get(group.id, ()):
        _add_rule(made, group, rule)


def add_way_out(made: ModuleBuilder, group: MachineGroup, name: str, description: str, port: Value) -> None:
    """A rule for connections from a tier to a port at any address."""
    made.resource(
        group.file,
        SECURITY_GROUP_RULE,
        f"{group.label}_to_{name}",
        provider=group.provider,
        **_head(group.label, description, "egress"),
        **_ports("tcp", port, port),
        remote_ip_prefix=ANYWHERE,
    )


def _add_rule(made: ModuleBuilder, group: MachineGroup, rule: SecurityGroupRule) -> None:
    comment: Remark = "; ".join([*map(made.plan, rule.reasons), *([rule.given] if rule.given else [])])
    if rule.balancer:
        more = "The load balancer connects from its own addresses in the VIP's subnet, not from the VIP."
        comment = joined(followed(comment, "."), more)
    if rule.unless:
        more = "Not created if another rule for these ports has the same network: Neutron refuses duplicates."
        comment = joined(followed(comment, "."), more)
    family = "IPv6" if isinstance(rule.cidr, str) and ":" in rule.cidr else "IPv4"
    ports = rule.ports
    made.repeated(
        group.file,
        SECURITY_GROUP_RULE,
        rule.label,
        rule.key,
        comment=comment,
        origin=rule.origin,
        for_each=rule.each,
        count=expr("contains(", rule.unless, ", ", rule.cidr, ") ? 0 : 1") if rule.unless else None,
        provider=group.provider,
        **_head(group.label, rule.description, rule.direction, family),
        **_ports(ports.protocol, ports.first, ports.last),
        remote_group_id=ref(f"{SECURITY_GROUP}.{rule.peer}", ".id") if rule.peer else None,
        remote_ip_prefix=rule.cidr,
    )


class _Head(TypedDict):
    security_group_id: Value
    description: Value
    direction: Value
    ethertype: Value


class _Ports(TypedDict):
    protocol: Value
    port_range_min: Value
    port_range_max: Value


def _head(group: str, description: Value, direction: str, family: str = "IPv4") -> _Head:
    return {
        "security_group_id": ref(f"{SECURITY_GROUP}.{group}", ".id"),
        "description": description,
        "direction": direction,
        "ethertype": family,
    }


def _ports(protocol: Value, first: Value, last: Value) -> _Ports:
    return {"protocol": protocol, "port_range_min": first, "port_range_max": last}
