"""Flavors, held to what the plan asks for."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, body, expr, ref
from camp2iac.targets.openstack.layout.flavors import Flavor, words
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import FLAVOR


def block(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The flavor as the cloud has it, held to what the plan asks for; nothing where it asks for nothing."""
    flavor = layout.flavors[group.id]
    if not flavor.checked:
        return []
    compute = flavor.compute
    conditions = [
        f"self.{name} >= {least}"
        for name, least in (
            ("vcpus", compute.cores),
            ("ram", compute.memory),
            ("disk", -(-compute.disk // 1024) if compute.disk else None),
        )
        if least
    ]
    node = f"{layout.file}: {group.id}, Compute"
    message = f"The plan asks for {words(compute)} for the tier {group.id} ({node})."
    check = Block("postcondition", body=body(condition=expr(" && ".join(conditions)), error_message=message))
    return [
        Block(
            "data",
            (FLAVOR, group.label),
            body(Block("lifecycle", body=(check,)), **{"flavor_id" if flavor.by_id else "name": flavor.name}),
            comment=f"{flavor.comment}; {node}" if flavor.comment else node,
            origin=group.tier.compute.span if group.tier.compute else None,
        )
    ]


def named(group: MachineGroup, flavor: Flavor) -> dict[str, Value]:
    """What a machine says its flavor is: its argument, by name or id."""
    if flavor.checked:
        return {"flavor_name": ref(f"data.{FLAVOR}.{group.label}", ".name")}
    return {"flavor_id" if flavor.by_id else "flavor_name": flavor.name}


def why(flavor: Flavor) -> str:
    """A comment on a flavor that nobody asked for by its sizes; empty where its data source has one."""
    if flavor.checked or flavor.size is None:
        return ""
    return f"Flavor by {flavor.comment}{'' if flavor.wanted else ', the smallest'}."
