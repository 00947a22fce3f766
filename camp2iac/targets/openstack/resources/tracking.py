"""The resources of a tier that people know by name, and which of them hold data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.record import replace
from camp2iac.synth.module import Block
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.storage import owner
from camp2iac.targets.openstack.resource_types import FLOATING_IP, INSTANCE, LOAD_BALANCER, VOLUME
from camp2iac.topology.model import Statement, Topology, Volume

_WORDS = {INSTANCE: "instance", FLOATING_IP: "floating IP", LOAD_BALANCER: "load balancer"}


def tracked(topology: Topology, group: MachineGroup, blocks: Iterable[Block]) -> Mapping[str, Tracked]:
    """The tracked resources among a tier's blocks, by address."""
    known = {
        f"{VOLUME}.{names.label(group.id, statement.value.name)}": _volume(topology, group, statement)
        for statement in group.volumes
    }
    known |= {f"{type_}.{group.label}": Tracked(group.id, words, "tier") for type_, words in _WORDS.items()}
    if products := _products(topology, group):
        known[f"{INSTANCE}.{group.label}"] = Tracked(
            group.id, "instance with data on its own disk", "tier", holds_data=True, product=products
        )
    found = {}
    for block in blocks:
        each = known.get(block.address or "")
        if each is not None:
            many = (group.scale.initial, group.scale.maximum) if block.get("for_each") is not None else None
            found[block.address or ""] = replace(each, instances=many, region=group.region.name or "")
    return found


def _volume(topology: Topology, group: MachineGroup, statement: Statement[Volume]) -> Tracked:
    service = topology.services[owner(topology, group.tier, statement)]
    product = service.product.title if service.product.data else ""
    return Tracked(
        service.id, f"volume {statement.value.name}", holds_data=True, product=product, size=statement.value.size
    )


def _products(topology: Topology, group: MachineGroup) -> str:
    """The products of the tier that keep data on the instance's own disk, because they have no volume."""
    with_volume = {owner(topology, group.tier, statement) for statement in group.volumes}
    services = (topology.services[id_] for id_ in group.tier.services if id_ not in with_volume)
    return " and ".join(sorted(service.product.title for service in services if service.product.data))
