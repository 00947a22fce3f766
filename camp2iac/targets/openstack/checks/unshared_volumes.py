"""Volumes of several instances, which do not share them."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Scale, Statement, Tier, Topology, Volume

STAGE = Stage.BESIDE
_HELP = "store what others must find again in a database or an object store"


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP326: of a tier that can have several instances, and of a component whose processes are on several tiers."""
    topology = layout.plan
    for tier in topology.tiers.values():
        hosts = {component.host for component in topology.tier_components(tier.id) if not component.part_of}
        for statement in tier.volumes:
            if statement.subject.id not in hosts:
                continue
            if tier.scale is not None and tier.scale.value.maximum > 1:
                yield _of_instances(statement, tier, tier.scale)
            elif away := _elsewhere(topology, tier):
                yield _of_tiers(statement, *away)


def _of_instances(statement: Statement[Volume], tier: Tier, scale: Statement[Scale]) -> Diagnostic:
    most = scale.value.maximum
    why = Label(tier.balance.span, "a user can reach any instance") if tier.balance else None
    return Diagnostic(
        "CAMP326",
        f"the instances of {statement.subject.name} do not share the volume {statement.value.name}: "
        f"each of up to {most} has its own files",
        statement.span,
        label="a volume for each instance",
        related=(why or Label(scale.span, f"up to {most} instances"),),
        help=_HELP + ", or run one instance:  max: 1",
    )


def _elsewhere(topology: Topology, tier: Tier) -> tuple[Statement[str], str] | None:
    """The first process of the tier's components on another tier: its statement, and its type."""
    own = {component.id for component in topology.tier_components(tier.id)}
    parts = (part for part in topology.components.values() if part.part_of in own)
    processes = (process for part in parts for process in part.processes if process.on == part.tier)
    return next(((one.tier or one.statement, one.type) for one in processes), None)


def _of_tiers(statement: Statement[Volume], place: Statement[str], process: str) -> Diagnostic:
    return Diagnostic(
        "CAMP326",
        f"{statement.subject.name} and its process {process} do not share the volume {statement.value.name}: "
        "each has its own files",
        statement.span,
        label="a volume for each tier",
        related=(Label(place.span, f"{process} runs on other instances"),),
        help=f"{_HELP}, or remove the tier of {process}",
    )
