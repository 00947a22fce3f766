"""Volumes of instances behind a load balancer, which are not shared."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Balance, Statement, Volume

STAGE = Stage.BESIDE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP326."""
    topology = layout.plan
    for tier in topology.tiers.values():
        if tier.balance is None or tier.scale is None or tier.scale.value.maximum < 2:
            continue
        hosts = {component.host for component in topology.tier_components(tier.id)}
        for statement in tier.volumes:
            if statement.subject.id in hosts:
                yield _volume(statement, tier.balance, tier.scale.value.maximum)


def _volume(statement: Statement[Volume], balance: Statement[Balance], most: int) -> Diagnostic:
    return Diagnostic(
        "CAMP326",
        f"the instances of {statement.subject.name} do not share the volume {statement.value.name}: "
        f"each of up to {most} has its own files",
        statement.span,
        label="a volume for each instance",
        related=(Label(balance.span, "a user can reach any instance"),),
        help="store what users must find again in a database or an object store, or run one instance:  max: 1",
    )
