"""Flavors, checked against the plan's Compute."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, body, expr, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.flavors import Flavor, words
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import FLAVOR
from camp2iac.topology.model import Compute


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The flavor's data source with a postcondition; nothing if the plan has no requirements."""
    flavor = layout.flavors[group.id]
    if not flavor.checked:
        return
    node = made.plan(f"{group.id}, Compute")
    message = f"The plan requires {words(flavor.compute)} for the tier {group.id} ({node})."
    check = Block("postcondition", body=body(condition=_enough(flavor.compute), error_message=message))
    made.data(
        group.file,
        FLAVOR,
        group.label,
        Block("lifecycle", body=(check,)),
        comment=f"{flavor.comment}; {node}" if flavor.comment else node,
        origin=group.tier.compute.span if group.tier.compute else None,
        provider=group.provider,
        flavor_id=flavor.name if flavor.by_id else None,
        name=None if flavor.by_id else flavor.name,
    )


def _enough(compute: Compute) -> Value:
    """The condition of a flavor that is large enough. A mocked provider (``terraform test``) knows no sizes: null."""
    disk = -(-compute.disk // 1024) if compute.disk else None
    wanted = (("vcpus", compute.cores), ("ram", compute.memory), ("disk", disk))
    return expr("try(" + " && ".join(f"self.{name} >= {least}" for name, least in wanted if least) + ", true)")


def named(group: MachineGroup, flavor: Flavor) -> dict[str, Value]:
    """The argument of an instance that sets its flavor, by name or id."""
    if flavor.checked:
        return {"flavor_name": ref(f"data.{FLAVOR}.{group.label}", ".name")}
    return {"flavor_id" if flavor.by_id else "flavor_name": flavor.name}


def why(flavor: Flavor) -> str:
    """The comment on an instance whose flavor has no data source, which would have the comment."""
    if flavor.checked or flavor.size is None:
        return ""
    return f"Flavor from {flavor.comment}{'' if flavor.wanted else ', the smallest'}."
