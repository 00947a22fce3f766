"""Variables: scale, the plan's parameters and secrets, and open questions."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.record import replace
from camp2iac.synth.module import Block, body, expr
from camp2iac.targets.kit import variables
from camp2iac.targets.kit.variables import variable
from camp2iac.targets.openstack.layout import flavors, key_pairs, names, networks, parameters
from camp2iac.targets.openstack.layout.images import in_order
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resources import source_networks
from camp2iac.topology.model import Parameter


def blocks(layout: OpenStackLayout) -> list[Block]:
    """All variables. :mod:`.unused` removes questions without a reference later."""
    counts = [block for group in layout.groups.values() for block in _count(layout, group)]
    return [*counts, *_declared(layout), *_open_questions(layout)]


def _count(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The number of a tier's instances, within the limits of the plan."""
    if group.tier.scale is None or not group.variable:
        return []
    name, scale = names.count(group.id), group.scale
    allowed = f"{scale.minimum} to {scale.maximum}"
    message = f"The plan allows {allowed} instances for the tier {group.id} ({layout.file}: {group.id}, Scale)."
    return [
        variable(
            name,
            f"Number of instances of the tier {group.id}.",
            "number",
            scale.initial,
            variables.validation(variables.whole(name, scale.minimum, scale.maximum), message),
            comment=f"{layout.file}: {group.id}, Scale",
            origin=group.tier.scale.span,
        )
    ]


def _declared(layout: OpenStackLayout) -> list[Block]:
    """The variables of parameters, and of secrets that are not generated."""
    topology = layout.topology
    sources = parameters.sources(topology)
    made = [_parameter(layout, each, each.id in sources) for each in topology.parameters.values()]
    asked = (secret for secret in topology.secrets.values() if secret.length is None)
    return [*made, *(variables.of_secret(each, names.variable(topology, each.id), layout.file) for each in asked)]


def _parameter(layout: OpenStackLayout, parameter: Parameter, source: bool) -> Block:
    """The variable of a parameter. ``source``: it is a network that may connect to ports."""
    name = names.variable(layout.topology, parameter.id)
    block = variables.of_parameter(parameter, name, layout.file, layout.environment)
    if not source:
        return block
    message = f"{name} must be an IPv4 network in CIDR form, such as 192.0.2.0/24, or an IPv4 address."
    return replace(block, body=(*block.body, variables.validation(source_networks.valid(name), message)))


def _open_questions(layout: OpenStackLayout) -> list[Block]:
    """Variables for what neither the plan nor the environment file decides."""
    made = [*_images(layout), *_flavors(layout)]
    for region in layout.regions.all:
        question = f"Name of the external network, for the router and floating IPs{_there(region)}."
        made.append(variable(networks.question(region), question, "string", None))
    return [*made, *(_key_pair(region) for region in key_pairs.asked(layout.groups.values()))]


def _images(layout: OpenStackLayout) -> Iterator[Block]:
    images = in_order(layout.groups.values(), layout.images)
    for name, system in {each.variable: each.system for each in images if each.given is None}.items():
        description = f"Name of the image of new instances: {system} with cloud-init. Existing instances keep theirs."
        yield variable(name, description, "string", None)


def _flavors(layout: OpenStackLayout) -> Iterator[Block]:
    for id_, flavor in layout.flavors.items():
        if flavor.size is None:
            least = flavors.words(flavor.compute)
            size = f" (size {flavor.compute.size})" if flavor.compute.size else ""
            description = f"Name of the flavor of the tier {id_}{size}{f', with at least {least}' if least else ''}."
            where = f"{layout.file}: {id_}, Compute" if layout.groups[id_].tier.compute else ""
            yield variable(names.flavor(id_), description, "string", None, comment=where)


def _there(region: Region) -> str:
    return f" in {region.name}" if region.alias else ""


def _key_pair(region: Region) -> Block:
    return Block(
        "variable",
        (key_pairs.question(region),),
        body(
            description=f"Name of the key pair for SSH{_there(region)}. Without one, you cannot log in to instances.",
            type=expr("string"),
            default=expr("null"),
        ),
        comment="Neither the plan nor the environment file names a key pair.",
    )
