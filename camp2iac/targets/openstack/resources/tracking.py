"""The resources that people know by name, and which of them hold data. :mod:`..keeping` has a line for each type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.record import replace
from camp2iac.synth.module import Block
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.kit.databases import named_databases
from camp2iac.targets.kit.protection import tracked_secrets
from camp2iac.targets.openstack.layout import encrypted_links, names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.machine.storage import owner
from camp2iac.targets.openstack.resource_types import (
    DNS_RECORD_SET,
    FLOATING_IP,
    INSTANCE,
    LOAD_BALANCER,
    PASSWORD,
    PRIVATE_KEY,
    VOLUME,
)
from camp2iac.topology.model import Statement, Topology, Volume

_WORDS = {INSTANCE: "instance", FLOATING_IP: "floating IP", LOAD_BALANCER: "load balancer"}


def secrets(layout: OpenStackLayout) -> Mapping[str, Tracked]:
    """The generated secrets of the plan and the key of the CA, by address."""
    found = dict(tracked_secrets(layout.topology, names.label))
    if layout.encrypted:
        found[f"{PRIVATE_KEY}.{encrypted_links.CA}"] = Tracked("encrypt_links", "key of the CA", "environment")
    return found


def tracked(layout: OpenStackLayout, group: MachineGroup, blocks: Iterable[Block]) -> Mapping[str, Tracked]:
    """The tracked resources among a tier's blocks, by address."""
    topology = layout.topology
    known = {
        f"{VOLUME}.{names.label(group.id, statement.value.name)}": _volume(layout, group, statement)
        for statement in group.volumes
    }
    known |= {f"{type_}.{group.label}": Tracked(group.id, words, "tier") for type_, words in _WORDS.items()}
    known[f"{FLOATING_IP}.{group.label}_machine"] = Tracked(group.id, "floating IP of each instance", "tier")
    for service in services(topology, group):
        known[f"{PASSWORD}.{names.label(service.id)}"] = Tracked(service.id, "password")
        known[f"{PRIVATE_KEY}.{encrypted_links.label(service.id)}"] = Tracked(service.id, "private key")
    for endpoint in layout.endpoints[group.id]:
        for host in endpoint.records:
            label = names.label(host.replace("*", "any"))
            known[f"{DNS_RECORD_SET}.{label}"] = Tracked(endpoint.component.id, f"DNS record {host}", "component")
    if products := _products(topology, group):
        known[f"{INSTANCE}.{group.label}"] = Tracked(group.id, "instance", "tier", holds_data=True, product=products)
    found = {}
    for block in blocks:
        each = known.get(block.address or "")
        if each is not None:
            many = (group.scale.initial, group.scale.maximum) if block.get("for_each") is not None else None
            found[block.address or ""] = replace(each, instances=many, region=_region(each, group))
    return found


def _region(each: Tracked, group: MachineGroup) -> str:
    """The region of what exists in one: a password or key is only in Terraform's state."""
    return "" if each.words in ("password", "private key") else group.region.name or ""


def _volume(layout: OpenStackLayout, group: MachineGroup, statement: Statement[Volume]) -> Tracked:
    volume, service = statement.value, layout.topology.services[owner(layout.topology, group.tier, statement)]
    found = Tracked(service.id, f"volume {volume.name}", holds_data=True, size=volume.size)
    if not service.product.data:
        return found
    source = layout.sources.get(service.id)
    release = str(source.release) if source and source.release else ""
    databases = named_databases(layout.topology, service, layout.app_on_instances)
    return replace(found, product=service.product.title, release=release, databases=databases)


def _products(topology: Topology, group: MachineGroup) -> str:
    """The products of the tier that keep data on the instance's own disk, because they have no volume."""
    with_volume = {owner(topology, group.tier, statement) for statement in group.volumes}
    services = (topology.services[id_] for id_ in group.tier.services if id_ not in with_volume)
    return " and ".join(sorted(service.product.title for service in services if service.product.data))
