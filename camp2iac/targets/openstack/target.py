"""The OpenStack target: a topology and an environment become a module."""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from camp2iac.record import Record, field
from camp2iac.synth.module import Attribute, Block, Document, Module, Ref, walk
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.base import Context, Lowered
from camp2iac.targets.openstack.checks import balance, before_lowering, tls
from camp2iac.targets.openstack.layout import (
    addressing,
    connections,
    cross_region,
    endpoints,
    flavors,
    images,
    machine_groups,
    names,
    networks,
    parameters,
    proxy_tiers,
    regions,
    settings,
)
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.machine.build import build
from camp2iac.targets.openstack.resources import (
    balancers,
    instances,
    moves,
    object_store,
    outputs,
    ports,
    public_addresses,
    quota,
    readme,
    security_groups,
    tracking,
    variables,
)
from camp2iac.targets.openstack.resources import (
    region as region_resources,
)
from camp2iac.topology.model import Tier, Topology

_PROVIDERS = {
    "openstack": ("terraform-provider-openstack/openstack", "~> 3.4"),
    "random": ("hashicorp/random", "~> 3.6"),
}


class OpenStackTarget(Record, frozen=True):
    """Machines with cloud-init on an OpenStack cloud."""

    name: str = "openstack"
    title: str = "OpenStack"

    @property
    def environment_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of its environment file."""
        text = Path(__file__).with_name("environment.schema.json").read_text(encoding="utf-8")
        schema: Mapping[str, Any] = json.loads(text)
        return schema

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Terraform for the topology; errors (CAMP40x, CAMP61x) go to the context's diagnostics."""
        given = settings.read(context.environment)
        where = regions.choose(topology, given)
        if not balance.run(topology, where, given, context):
            return Lowered(Module(), ())
        tls.run(topology, given, context)
        balance.volumes(topology, context)
        stands = proxy_tiers.place(topology, where, given)
        topology, where = stands.topology, stands.regions
        nets = networks.choose(topology, given, where)
        shapes = cross_region.mark(
            topology, machine_groups.shapes(topology, given, where, nets, stands.before), stands.behind
        )
        common = addressing.common(topology, shapes, stands.before)
        work = _Work(topology, context, given, where, nets, shapes, common, stands)
        if not before_lowering.run(topology, shapes, nets, where, given, work.common, context):
            return Lowered(Module(), ())
        return work.lower()


class _Work(Record):
    """One lowering: what its steps share."""

    topology: Topology
    context: Context
    settings: settings.OpenStackSettings
    regions: regions.Regions
    nets: Mapping[str, networks.Net]
    shapes: Mapping[str, machine_groups.MachineGroup]
    common: addressing.Common
    stands: proxy_tiers.ProxyPlacement
    module: Module = field(default_factory=Module)
    documents: dict[str, Document] = field(default_factory=dict)
    flavors: dict[str, flavors.Flavor] = field(default_factory=dict)
    endpoints: dict[str, tuple[Endpoint, ...]] = field(default_factory=dict)
    reruns: dict[str, str] = field(default_factory=dict)
    tracked: dict[str, Tracked] = field(default_factory=dict)

    @property
    def app(self) -> str:
        return names.application(self.topology)

    @property
    def file(self) -> str:
        return self.topology.file

    def lower(self) -> Lowered:
        """All files, in the order in which they are read."""
        ledger = self.context.ledger
        for file in ("versions.tf", "providers.tf", "variables.tf", "network.tf"):
            self.module.files[file] = []
        bare = endpoints.implied(self.topology)
        for id_, shape in self.shapes.items():
            self.flavors[id_] = flavors.choose(shape, ledger, self.context.environment, self.context.diagnostics)
            self.endpoints[id_] = self._endpoints(shape.tier, bare)
        proxy_tiers.account(self.stands, ledger)
        before_lowering.outside(self.topology, self.endpoints, bare, self.settings, self.context)
        derived = connections.derive(self.common, self.endpoints)
        before_lowering.reach(self.common, derived, self.context.diagnostics)
        of_tier: dict[str, list[connections.SecurityGroupRule]] = {}
        for rule in derived:
            of_tier.setdefault(rule.tier, []).append(rule)
        for shape in self.shapes.values():
            self._tier(shape, of_tier.get(shape.id, []))
        for shape in self.shapes.values():
            self.module.add("outputs.tf", *outputs.blocks(shape, self.endpoints[shape.id], self.file))
        self.module.add("outputs.tf", *outputs.passwords(self.topology, self.common.generated))
        self._secrets()
        if stored := [block for block in self.module.blocks() if object_store.is_object(block)]:
            self.module.add(object_store.FILE, *object_store.common(self.app, self.settings, stored))
        self._network()
        self._variables()
        self._placed()
        if self.settings.quota_check:
            self.module.add(
                quota.FILE, *quota.blocks(self.shapes, self.flavors, self.endpoints, self.regions, self.module)
            )
        _prune(self.module, region_resources.optional(self.regions))
        self._moved()
        self._head()
        before_lowering.unique(self.module, self.context.diagnostics)
        sums = readme.text(self.topology, self.shapes, self.flavors, self.endpoints, self.settings)
        documents = tuple(self.documents[path] for path in sorted(self.documents))
        return Lowered(self.module, documents, sums, self.reruns, self.tracked)

    def _endpoints(self, tier: Tier, bare: frozenset[str]) -> tuple[Endpoint, ...]:
        """A tier's, which are its HAProxy machine's where it has one."""
        if tier.id in self.stands.behind:
            return ()
        real = self.stands.before.get(tier.id, tier)
        found = endpoints.endpoints(self.topology, real, self.common.ports, bare, self.settings, self.context.ledger)
        return proxy_tiers.taken(found) if tier.id in self.stands.before else found

    def _tier(self, shape: machine_groups.MachineGroup, derived: list[connections.SecurityGroupRule]) -> None:
        ledger, file = self.context.ledger, self.file
        flavor = self.flavors[shape.id]
        made = build(
            self.topology, shape.tier, addressing.facts(shape, self.common, images.system(shape)), self.context
        )
        for document in made.documents:
            self.documents[document.path] = document
        located = [*ports.counted(shape), *ports.located(shape), *made.locals]
        if instances.shared_user_data(shape, made.user_data):
            comment = "One document for the whole tier: nothing in it differs from machine to machine."
            located.append(Attribute(f"{shape.label}_user_data", made.user_data, comment=comment))
        if shape.tier.networks:
            ledger.keep(shape.tier.networks, "a port in each" if len(shape.nets) > 1 else "a port in it")
        for statement in shape.tier.ports:
            ledger.keep(statement, "security group rules")
        if shape.tier.security_groups:
            ledger.keep(shape.tier.security_groups, "on its ports")
        regions.account(shape.tier, shape.region, ledger)
        group = instances.server_group(shape, file, ledger)
        ends = self.endpoints[shape.id]
        real = self.stands.before.get(shape.id)
        placement = f"{file}: {real.id if real else shape.id}, Placement: networks" if shape.tier.networks else ""
        passwords = [
            addressing.password(service)
            for service in machine_groups.services(self.topology, shape)
            if service.id in self.common.generated
        ]
        name = names.file(shape.id)
        self.module.headers[name] = f"{file}: {real.id}, Balance" if real else f"{file}: {shape.id}"
        blocks = [
            Block("locals", body=tuple(located)),
            *passwords,
            *flavors.block(shape, flavor, file),
            *security_groups.of_tier(shape, derived, file),
            *([object_store.rule(shape)] if made.objects else []),
            *ports.ports(shape, placement),
            *group,
            *instances.volumes(shape, file, ledger),
        ]
        machines = [
            instances.instance(shape, flavor, self.context.environment, made, group, ledger),
            *instances.attachments(shape),
            *balancers.blocks(shape, ends, self.common.doors.get(shape.id, ()), self.shapes, self.topology, ledger),
            *public_addresses.blocks(shape, ends, file, ledger),
        ]
        records = public_addresses.records(
            shape, ends, self.settings, file
        )  # in the module's own region, where the zone is
        self.reruns |= dict.fromkeys(object_store.releases(made.objects), f"{instances.INSTANCE}.{shape.label}")
        self.tracked |= tracking.tracked(shape, self.topology, [*blocks, *machines])
        place = shape.region.place
        self.module.add(name, *place(blocks), *made.objects, *place(machines), *records)

    def _secrets(self) -> None:
        if generated := addressing.secrets(self.topology):
            self.module.add("secrets.tf", *generated)

    def _network(self) -> None:
        network = self.module.files["network.tf"]
        network.append(region_resources.described(self.topology, self.context.environment, self.settings))
        network += parameters.blocks(self.topology)
        for region in self.regions.all:
            self.module.add(region.file, *region_resources.blocks(region, self.app, self.nets, self.shapes))
        if self.settings.dns:
            network.append(public_addresses.zone(self.settings))
        for statement in self.topology.networks.values():
            found = self.nets[statement.id]
            self.context.ledger.keep(statement.statement, "as it is" if found.existing else "network and subnet")

    def _moved(self) -> None:
        """What Terraform keeps when a tier that is one machine may be several from now on, and the other way round."""
        for shape in self.shapes.values():
            self.module.add(moves.FILE, *moves.blocks(shape, self.module.files[names.file(shape.id)]))
        if self.module.files.get(moves.FILE):
            self.module.headers[moves.FILE] = moves.HEADER

    def _variables(self) -> None:
        ledger = self.context.ledger
        for shape in self.shapes.values():
            self.module.add("variables.tf", *variables.count(shape, self.file, ledger))
        questions = variables.open_questions(self.topology, self.regions, self.flavors, self.shapes)
        declared = variables.declared(self.topology, self.context.environment, ledger)
        self.module.add("variables.tf", *declared, *questions)

    def _placed(self) -> None:
        """What is said of services apart from their tiers."""
        for service in self.topology.services.values():
            if service.placed and service.href is None:
                alone = len(self.topology.tiers[service.tier].services) == 1
                self.context.ledger.keep(service.placed, "machines of its own" if alone else "on the same machines")
            if service.href:
                self.context.ledger.keep(service.href, "not made: it is there")

    def _head(self) -> None:
        """The files that Terraform itself is told by: only what is used."""
        used = {label.split("_")[0] for block in self.module.blocks() for label in block.labels[:1]}
        providers = {
            name: {"source": source, "version": version}
            for name, (source, version) in _PROVIDERS.items()
            if name in used or name == "openstack"
        }
        environment = self.context.environment.file
        origin = f"{self.file} and {environment}" if environment else self.file
        those = "those" if environment else "that"
        self.module.headers["versions.tf"] = f"Generated by camp2iac from {origin}. Change {those}, not this."
        required = Block("required_providers", body=tuple(Attribute(name, value) for name, value in providers.items()))
        self.module.add("versions.tf", Block("terraform", body=(Attribute("required_version", ">= 1.5"), required)))
        self.module.add("providers.tf", *regions.providers(self.regions, self.settings, self.file, self._aliases()))

    def _aliases(self) -> frozenset[str]:
        """The regions, by alias, that the module has something in."""
        of_openstack = (b for b in self.module.blocks() if b.labels and b.labels[0].startswith("openstack_"))
        named = (block.get("provider") for block in of_openstack)
        return frozenset(ref.address.partition(".")[2] if isinstance(ref, Ref) else "" for ref in named)


def _prune(module: Module, optional: frozenset[str]) -> None:
    """Leave out what nothing refers to: locals, questions that are answered, the router of networks that have one."""
    walked: dict[int, tuple[Block, frozenset[str]]] = {}  # by identity: most blocks stay as they are
    while True:
        for block in module.blocks():
            if id(block) not in walked:
                walked[id(block)] = block, frozenset(found.address for found in walk(block))
        used = frozenset[str]().union(*(walked[id(block)][1] for block in module.blocks()))
        pruned = False
        for file, blocks in module.files.items():
            kept = [left for block in blocks if (left := _kept(block, used, optional)) is not None]
            pruned = pruned or len(kept) < len(blocks) or any(map(operator.is_not, kept, blocks))
            module.files[file] = kept
        if not pruned:
            return


def _kept(block: Block, used: frozenset[str], optional: frozenset[str]) -> Block | None:
    if block.type == "locals":
        items = tuple(item for item in block.body if isinstance(item, Attribute) and f"local.{item.name}" in used)
        return (block if items == block.body else Block("locals", body=items)) if items else None
    return None if block.address in optional - used else block
