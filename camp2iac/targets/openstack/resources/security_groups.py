"""Security groups: one for every machine, one a tier, and their rules as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from camp2iac.synth.module import Block, Value, body, call, expr, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.connections import ANYWHERE, SecurityGroupRule
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.layout.settings import is_id

GROUP = "openstack_networking_secgroup_v2"
RULE = "openstack_networking_secgroup_rule_v2"
_OUT = {"dns-tcp": ("tcp", 53), "dns-udp": ("udp", 53), "http": ("tcp", 80), "https": ("tcp", 443), "ntp": ("udp", 123)}


def everyone(app: str, region: Region) -> list[Block]:
    """The group ``machine``: SSH in from where the environment says; names, time and packages out."""
    settings, label = region.settings, machines(region)
    out: dict[str, Value] = {name: {"protocol": protocol, "port": port} for name, (protocol, port) in _OUT.items()}
    port_of = urlsplit(settings.callback or "").port
    if port_of and port_of not in (80, 443):
        out["callback"] = {"protocol": "tcp", "port": port_of}
    ssh = "SSH in; names, time and packages out" if settings.ssh_from else "names, time and packages out"
    blocks = [
        Block(
            "resource",
            (GROUP, label),
            body(
                name=f"{app}-machine",
                description=f"Every machine of {app}: {ssh}",
                delete_default_rules=True,
                tags=ref("local.tags"),
            ),
            comment=(
                "What every machine may do, whatever its tier. A tier's own group adds what its links and\n"
                "exposures ask for; what no rule names is closed, in both directions."
            ),
        )
    ]
    if settings.ssh_from:
        one = settings.ssh_from[0] if len(settings.ssh_from) == 1 else None
        rule = body(
            for_each=None if one else call("toset", settings.ssh_from),
            **_rule(label, "SSH from the operators", "ingress", "tcp", 22, 22),
            remote_ip_prefix=one or expr("each.key"),
        )
        where = settings.comment("ssh_from")
        blocks.append(Block("resource", (RULE, region.label("machine_ssh")), rule, comment=where))
    port = expr("each.value.port")
    each = body(
        for_each=out,
        **_rule(label, expr("each.key"), "egress", expr("each.value.protocol"), port, port),
        remote_ip_prefix=ANYWHERE,
    )
    comment = "Mirrors, the package index and the metadata service have no fixed addresses to name here."
    return [*blocks, Block("resource", (RULE, region.label("machine_out")), each, comment=comment)]


def machines(region: Region) -> str:
    """The label of the group that all machines of a region are in."""
    return region.label("machine")


def of_port(shape: MachineGroup) -> tuple[Value, ...]:
    """The groups that a tier's ports are in: that of all, its own, and those that are there already."""
    mine = (ref(f"{GROUP}.{machines(shape.region)}", ".id"), ref(f"{GROUP}.{shape.label}", ".id"))
    return (*mine, *(_id(name, shape.region) for name in given(shape)))


def given(shape: MachineGroup) -> tuple[str, ...]:
    """The groups that are there already, by name or id: the environment's, and those that the plan names."""
    planned = shape.tier.security_groups.value if shape.tier.security_groups else ()
    return tuple(sorted({*shape.settings.security_groups, *planned}))


def there(shapes: Iterable[MachineGroup]) -> list[Block]:
    """The groups of a region that are there already, as far as they are known by name."""
    found = {name: shape.region for shape in shapes for name in given(shape) if not is_id(name)}
    return [
        Block("data", (GROUP, region.label(names.label(name))), body(name=name), comment="There already.")
        for name, region in sorted(found.items(), key=lambda item: item[0])
    ]


def _id(name: str, region: Region) -> Value:
    return name if is_id(name) else ref(f"data.{GROUP}.{region.label(names.label(name))}", ".id")


def of_tier(shape: MachineGroup, rules: Sequence[SecurityGroupRule], file: str) -> list[Block]:
    """A tier's group and its rules, which are ``rules``."""
    group = Block(
        "resource",
        (GROUP, shape.label),
        body(
            name=names.group(shape.app, shape.id),
            description=f"Tier {shape.id} of {shape.app}",
            delete_default_rules=True,
            tags=ref("local.tags"),
        ),
    )
    return [group, *(_block(shape, rule, file) for rule in rules)]


def way_out(shape: MachineGroup, name: str, description: str, port: Value) -> Block:
    """A rule that lets a tier's machines reach a port anywhere."""
    arguments = _rule(shape.label, description, "egress", "tcp", port, port)
    return Block("resource", (RULE, f"{shape.label}_to_{name}"), body(**arguments, remote_ip_prefix=ANYWHERE))


def _block(shape: MachineGroup, rule: SecurityGroupRule, file: str) -> Block:
    comment = "; ".join(f"{file}: {reason}" for reason in rule.reasons)
    if rule.description.endswith("from the balancer"):
        comment += ".\nThe balancer speaks from its own addresses in the VIP's subnet, not from the VIP."
    if rule.unless:
        comment += ".\nNone where another rule of these ports names the same network: Neutron takes each once."
    family = "IPv6" if isinstance(rule.cidr, str) and ":" in rule.cidr else "IPv4"
    return Block(
        "resource",
        (RULE, rule.label),
        body(
            **_rule(shape.label, rule.description, rule.direction, rule.protocol, rule.first, rule.last, family),
            for_each=rule.each,
            count=expr("contains(", rule.unless, ", ", rule.cidr, ") ? 0 : 1") if rule.unless else None,
            remote_group_id=ref(f"{GROUP}.{rule.peer}", ".id") if rule.peer else None,
            remote_ip_prefix=rule.cidr,
        ),
        comment=comment,
        origin=rule.origin,
        first=rule.key,
    )


def _rule(
    group: str, description: Value, direction: str, protocol: Value, first: Value, last: Value, family: str = "IPv4"
) -> dict[str, Value]:
    return {
        "security_group_id": ref(f"{GROUP}.{group}", ".id"),
        "description": description,
        "direction": direction,
        "ethertype": family,
        "protocol": protocol,
        "port_range_min": first,
        "port_range_max": last,
    }
