"""Variables: scale, the plan's parameters and secrets, and open questions."""

from __future__ import annotations

from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation, whole
from camp2iac.targets.openstack.layout import flavors, key_pairs, names, networks, parameters
from camp2iac.targets.openstack.layout.images import in_order
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resources import secrets, source_networks
from camp2iac.topology.model import Parameter
from camp2iac.topology.statements import SubjectKind


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """All variables, and the generated secrets of the plan. :mod:`.unused` removes questions without a reference."""
    for group in layout.groups.values():
        _add_count(made, group)
    sources = parameters.sources(layout.topology)
    for parameter in layout.topology.parameters.values():
        _add_parameter(made, parameter, parameter.id in sources)
    for secret in layout.topology.secrets.values():
        secrets.add(made, secret)
    _add_images(made, layout)
    _add_flavors(made, layout)
    for region in layout.regions.all:
        question = f"Name of the external network, for the router and floating IPs{_there(region)}."
        made.variable(networks.question(region), question, "string", None)
    for region in key_pairs.asked(layout.groups.values()):
        made.optional(
            key_pairs.question(region),
            f"Name of the key pair for SSH{_there(region)}. Without one, you cannot log in to instances.",
            "string",
            "Neither the plan nor the environment file names a key pair.",
        )


def _add_count(made: ModuleBuilder, group: MachineGroup) -> None:
    """The number of a tier's instances, within the limits of the plan."""
    if group.tier.scale is None or not group.variable:
        return
    said = group.tier.scale
    where = f"{said.subject.id}, Process" if said.subject.kind is SubjectKind.ARTIFACT else f"{group.id}, Scale"
    name, scale, node = names.count(group.id), group.scale, made.plan(where)
    message = f"The plan allows {scale.minimum} to {scale.maximum} instances for the tier {group.id} ({node})."
    made.variable(
        name,
        f"Number of instances of the tier {group.id}.",
        "number",
        scale.initial,
        validation(whole(name, scale.minimum, scale.maximum), message),
        comment=node,
        origin=said.span,
    )


def _add_parameter(made: ModuleBuilder, parameter: Parameter, source: bool) -> None:
    """The variable of a parameter. ``source``: it is a network that may connect to ports."""
    name = names.variable(made.topology, parameter.id)
    message = f"{name} must be an IPv4 network in CIDR form, such as 192.0.2.0/24, or an IPv4 address."
    made.parameter(parameter, name, *([validation(source_networks.valid(name), message)] if source else []))


def _add_images(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    images = in_order(layout.groups.values(), layout.images)
    for name, system in {each.variable: each.system for each in images if each.given is None}.items():
        description = f"Name of the image of new instances: {system} with cloud-init. Existing instances keep theirs."
        made.variable(name, description, "string", None)


def _add_flavors(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    for id_, flavor in layout.flavors.items():
        if flavor.size is None:
            least = flavors.words(flavor.compute)
            size = f" (size {flavor.compute.size})" if flavor.compute.size else ""
            description = f"Name of the flavor of the tier {id_}{size}{f', with at least {least}' if least else ''}."
            where = made.plan(f"{id_}, Compute") if layout.groups[id_].tier.compute else ""
            made.variable(names.flavor(id_), description, "string", None, comment=where)


def _there(region: Region) -> str:
    return f" in {region.name}" if region.alias else ""
