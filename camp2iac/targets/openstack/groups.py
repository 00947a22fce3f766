"""Security groups: one for every machine, one a tier, and their rules as blocks."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.synth.module import Block, Value, body, expr, ref
from camp2iac.targets.openstack import names
from camp2iac.targets.openstack.rules import ANYWHERE, Rule
from camp2iac.targets.openstack.settings import Settings
from camp2iac.targets.openstack.tiers import Shape

GROUP = "openstack_networking_secgroup_v2"
RULE = "openstack_networking_secgroup_rule_v2"
_OUT = {"dns-tcp": ("tcp", 53), "dns-udp": ("udp", 53), "http": ("tcp", 80), "https": ("tcp", 443), "ntp": ("udp", 123)}


def everyone(app: str, settings: Settings) -> list[Block]:
    """The group ``machine``: SSH in from where the environment says; names, time and packages out."""
    out: dict[str, Value] = {name: {"protocol": protocol, "port": port} for name, (protocol, port) in _OUT.items()}
    ssh = "SSH in; names, time and packages out" if settings.ssh_from else "names, time and packages out"
    blocks = [
        Block(
            "resource",
            (GROUP, "machine"),
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
        arguments = _rule("machine", "SSH from the operators", "ingress", "tcp", 22, 22)
        rule = body(**arguments, remote_ip_prefix=settings.ssh_from)
        blocks.append(Block("resource", (RULE, "machine_ssh"), rule, comment=settings.comment("ssh_from")))
    port = expr("each.value.port")
    each = body(
        for_each=out,
        **_rule("machine", expr("each.key"), "egress", expr("each.value.protocol"), port, port),
        remote_ip_prefix=ANYWHERE,
    )
    comment = "Mirrors, the package index and the metadata service have no fixed addresses to name here."
    return [*blocks, Block("resource", (RULE, "machine_out"), each, comment=comment)]


def of_tier(shape: Shape, rules: Sequence[Rule], file: str) -> list[Block]:
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


def _block(shape: Shape, rule: Rule, file: str) -> Block:
    comment = "; ".join(f"{file}: {reason}" for reason in rule.reasons)
    if rule.description.endswith("from the balancer"):
        comment += ".\nThe balancer speaks from its own addresses in the VIP's subnet, not from the VIP."
    family = "IPv6" if isinstance(rule.cidr, str) and ":" in rule.cidr else "IPv4"
    return Block(
        "resource",
        (RULE, rule.label),
        body(
            **_rule(shape.label, rule.description, rule.direction, rule.protocol, rule.first, rule.last, family),
            remote_group_id=ref(f"{GROUP}.{rule.peer}", ".id") if rule.peer else None,
            remote_ip_prefix=rule.cidr,
        ),
        comment=comment,
        origin=rule.origin,
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
