"""References to the address of a tier that the security group rules do not allow connections to."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.kit.references import tier_of
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

STAGE = Stage.USE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP408."""
    topology, groups = layout.topology, layout.groups
    rules = [rule for found in layout.rules.values() for rule in found]
    open_ = {(rule.tier, rule.toward or rule.peer) for rule in rules if rule.direction == "egress"}
    for user, text in topology.texts:
        for reference in text.references:
            if reference.kind not in ("IP", "IPALL") or user not in groups:
                continue
            other = groups[tier_of(topology, reference.name)]
            if (user, other.label) in open_ or other.id == user:
                continue
            yield Diagnostic(
                "CAMP408",
                f"{user} uses the address of {other.id}, but the plan does not allow it to connect",
                reference.span,
                label=f"{other.id} is closed to {user}",
                help=f"{other.id} runs only processes to which nothing connects: remove the reference"
                if other.tier.follows
                else f"add to {other.id} the ports that {user} can connect to:\n"
                f"- characteristic_type: org.camp2iac:Ports\n  tcp: [{layout.ports.get(other.id, 8080)}]\n"
                f"  from: {user}",
            )
