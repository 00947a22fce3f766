"""The OpenStack target: compiles a topology and an environment into a module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from camp2iac.catalogue import companion_additions
from camp2iac.record import Record, replace
from camp2iac.synth.module import Document, Module, Value
from camp2iac.targets.base import Context, Lowered
from camp2iac.targets.deployed import Inventory
from camp2iac.targets.kit import environment_schema
from camp2iac.targets.kit.protection import unprotected
from camp2iac.targets.module_tests import ModuleTests
from camp2iac.targets.openstack import checks, facts, tested
from camp2iac.targets.openstack.account import account
from camp2iac.targets.openstack.inventory import INVENTORY
from camp2iac.targets.openstack.keeping import KEEPS
from camp2iac.targets.openstack.layout import addressing, https, process_tiers, stores
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.build import build
from camp2iac.targets.openstack.machine.contract import TierInfrastructure, TierSoftware
from camp2iac.targets.openstack.replacing import REPLACING
from camp2iac.targets.openstack.resources import baking, readme
from camp2iac.targets.openstack.resources.module import resources
from camp2iac.targets.openstack.secrets import SECRETS
from camp2iac.targets.secret_table import SecretTable
from camp2iac.topology.model import Topology


class OpenStackTarget(Record, frozen=True):
    """Instances with cloud-init on an OpenStack cloud."""

    name: str = "openstack"
    title: str = "OpenStack"
    compiles_attributes: bool = True
    companions: bool = True

    @property
    def environment_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of its environment file."""
        return environment_schema(__package__)

    @property
    def inventory(self) -> Inventory:
        """What reports show of deployed resources."""
        return INVENTORY

    @property
    def secrets(self) -> SecretTable:
        """How secrets are made, kept and rotated."""
        return SECRETS

    def tests(self, module: Module) -> ModuleTests:
        """What the tests of a module need."""
        return tested.of(module)

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Terraform for the topology; errors (CAMP40x, CAMP61x) go to the context's diagnostics."""
        if not _additions(topology, context):
            return Lowered(Module(), ())
        layout = OpenStackLayout.of(topology, context.environment)
        if not checks.run(layout, context.diagnostics):
            return Lowered(Module(), ())
        parts = replace(context, broken=process_tiers.broken(layout.topology, context.broken))
        machines = _machines(layout, parts)
        made = resources(layout, machines)
        account(layout, context.ledger)
        context.diagnostics.extend(unprotected(made.tracked, KEEPS, layout.environment, layout.topology))
        return Lowered(
            made.module,
            _documents(machines, baking.documents(layout, machines)),
            readme.text(layout, machines),
            made.reruns,
            made.tracked,
            REPLACING,
            facts.of(layout, machines, made.module),
        )


def _additions(topology: Topology, context: Context) -> bool:
    """Whether what products add to companions fits."""
    products = {service.product.name: service.product for service in topology.services.values()}
    asked = (each.companion for each in context.environment.companions)
    return companion_additions.sound(products.values(), tuple(asked), context.diagnostics)


def _machines(layout: OpenStackLayout, context: Context) -> Mapping[str, TierSoftware]:
    """The software of each tier.

    A component with several tiers has its content in the same form on all, because it identifies a release, which runs
    once. So what one tier has compressed, the others have too.
    """
    topology, stored = layout.topology, stores.parts(layout.topology, layout.settings)
    known = {id_: _facts(layout, group, stored) for id_, group in layout.groups.items()}
    made = {id_: build(topology, group.tier, known[id_], context) for id_, group in layout.groups.items()}
    compressed = {topology.planned_id(each.owner) for machine in made.values() for each in machine.compressed}
    for id_, group in layout.groups.items():
        parts = topology.tier_components(id_)
        wanted = {part.id for part in parts if topology.planned_id(part.id) in compressed}
        if wanted - {each.owner for each in made[id_].compressed}:
            made[id_] = build(topology, group.tier, known[id_], context, wanted)
    return made


def _facts(
    layout: OpenStackLayout, group: MachineGroup, stored: Mapping[str, Mapping[str, Value]]
) -> TierInfrastructure:
    """The input for the software of one tier. ``stored``: the parts of the object stores."""
    return TierInfrastructure(
        app=layout.app_on_instances,
        os=layout.images[group.id].system,
        address=addressing.address(layout, group),
        gateway=group.nets[0].subnet("gateway_ip") if len(group.nets) > 1 else None,
        hosts=addressing.hosts(layout, group),
        members=layout.members[group.id],
        clients=addressing.clients(layout, group),
        volumes={statement.value.name: group.volume(statement.value.name) for statement in group.volumes},
        passwords=layout.passwords,
        ports=layout.ports,
        object_store=group.settings.object_store,
        releases=process_tiers.releases(layout.topology, group.settings.releases),
        on_change=group.settings.change,
        allowed=process_tiers.allowed(layout.topology, layout.settings.sandbox),
        proxied=layout.proxied,
        sources=layout.sources,
        callees=addressing.callees(layout, group),
        stores=stored,
        registries=layout.settings.registries,
        companions=layout.environment.companions,
        numbered=group.many,
        https=https.serving(layout, layout.settings, group.id),
        bake=group.settings.bake,
        encrypted=layout.encrypted,
    )


def _documents(machines: Mapping[str, TierSoftware], recipes: Iterable[Document]) -> tuple[Document, ...]:
    """The files beside the module, sorted by path. A file that several tiers use is in it once."""
    found = {document.path: document for machine in machines.values() for document in machine.documents}
    found |= {document.path: document for document in recipes}
    return tuple(found[path] for path in sorted(found))
