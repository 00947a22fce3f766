"""The resources of a tier that a person knows by name, and which of them hold data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from camp2iac.synth.module import Block
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.openstack import names
from camp2iac.targets.openstack.balancers import LOAD_BALANCER
from camp2iac.targets.openstack.floating import FLOATING
from camp2iac.targets.openstack.instances import INSTANCE, VOLUME
from camp2iac.targets.openstack.machine.storage import owner
from camp2iac.targets.openstack.tiers import Shape
from camp2iac.topology.model import Topology

_WORDS = {INSTANCE: "instance", FLOATING: "floating IP", LOAD_BALANCER: "load balancer"}


def tracked(shape: Shape, topology: Topology, blocks: Iterable[Block]) -> Mapping[str, Tracked]:
    """Those among a tier's blocks, by address."""
    volumes = {
        f"{VOLUME}.{names.label(shape.id, said.value.name)}": Tracked(
            owner(topology, shape.tier, said), f"volume {said.value.name}", holds_data=True
        )
        for said in shape.volumes
    }
    found = {}
    for block in blocks:
        type_, address = (block.labels or ("",))[0], block.address or ""
        known = volumes.get(address)
        if known is None and type_ in _WORDS:
            own_disk = type_ == INSTANCE and keeps_data(shape, topology)
            known = Tracked(shape.id, _WORDS[type_] + (" with data on its own disk" if own_disk else ""), own_disk)
        if known is not None and block.get("for_each") is not None:
            known = replace(known, instances=(shape.scale.initial, shape.scale.maximum))
        if known is not None:
            found[address] = known
    return found


def keeps_data(shape: Shape, topology: Topology) -> bool:
    """Whether a product of the tier keeps data, and on the instance's own disk: no volume is there for it."""
    with_volume = {owner(topology, shape.tier, said) for said in shape.volumes}
    return any(topology.services[id_].product.data and id_ not in with_volume for id_ in shape.tier.services)
