"""Flavors, checked against the plan's Compute."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, body, expr, ref
from camp2iac.targets.openstack.layout.flavors import Flavor, words
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import FLAVOR


def block(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The flavor's data source with a postcondition; nothing if the plan has no requirements."""
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
    message = f"The plan requires {words(compute)} for the tier {group.id} ({node})."
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
    """The argument of an instance that sets its flavor, by name or id."""
    if flavor.checked:
        return {"flavor_name": ref(f"data.{FLAVOR}.{group.label}", ".name")}
    return {"flavor_id" if flavor.by_id else "flavor_name": flavor.name}


def why(flavor: Flavor) -> str:
    """The comment on an instance whose flavor has no data source, which would have the comment."""
    if flavor.checked or flavor.size is None:
        return ""
    return f"Flavor from {flavor.comment}{'' if flavor.wanted else ', the smallest'}."
