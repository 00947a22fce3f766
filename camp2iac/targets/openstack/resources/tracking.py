"""The resources of a tier that a person knows by name, and which of them hold data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.record import replace
from camp2iac.synth.module import Block
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.storage import owner
from camp2iac.targets.openstack.resources.balancers import LOAD_BALANCER
from camp2iac.targets.openstack.resources.instances import INSTANCE, VOLUME
from camp2iac.targets.openstack.resources.public_addresses import FLOATING
from camp2iac.topology.model import Statement, Topology, Volume

_WORDS = {INSTANCE: "instance", FLOATING: "floating IP", LOAD_BALANCER: "load balancer"}


def tracked(shape: MachineGroup, topology: Topology, blocks: Iterable[Block]) -> Mapping[str, Tracked]:
    """Those among a tier's blocks, by address."""
    known = {
        f"{VOLUME}.{names.label(shape.id, statement.value.name)}": _volume(shape, topology, statement)
        for statement in shape.volumes
    }
    known |= {f"{type_}.{shape.label}": Tracked(shape.id, words, "tier") for type_, words in _WORDS.items()}
    if keeps_data(shape, topology):
        known[f"{INSTANCE}.{shape.label}"] = Tracked(
            shape.id, "instance with data on its own disk", "tier", holds_data=True, product=_products(shape, topology)
        )
    found = {}
    for block in blocks:
        each = known.get(block.address or "")
        if each is not None:
            many = (shape.scale.initial, shape.scale.maximum) if block.get("for_each") is not None else None
            found[block.address or ""] = replace(each, instances=many, region=shape.region.name or "")
    return found


def _volume(shape: MachineGroup, topology: Topology, statement: Statement[Volume]) -> Tracked:
    service = topology.services[owner(topology, shape.tier, statement)]
    product = service.product.title if service.product.data else ""
    return Tracked(
        service.id, f"volume {statement.value.name}", holds_data=True, product=product, size=statement.value.size
    )


def keeps_data(shape: MachineGroup, topology: Topology) -> bool:
    """Whether a product of the tier keeps data, and on the instance's own disk: no volume is there for it."""
    return bool(_products(shape, topology))


def _products(shape: MachineGroup, topology: Topology) -> str:
    with_volume = {owner(topology, shape.tier, statement) for statement in shape.volumes}
    services = (topology.services[id_] for id_ in shape.tier.services if id_ not in with_volume)
    return " and ".join(sorted(service.product.title for service in services if service.product.data))
