"""Variables: scale, what the plan declares, and what nobody decided."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import replace
from camp2iac.synth.module import Block, body, expr
from camp2iac.targets import variables
from camp2iac.targets.base import Environment, Ledger
from camp2iac.targets.openstack.layout import flavors, images, key_pairs, names, networks, parameters
from camp2iac.targets.openstack.layout.flavors import Flavor
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region, Regions
from camp2iac.targets.variables import variable
from camp2iac.topology.model import Topology


def count(shape: MachineGroup, file: str, ledger: Ledger) -> list[Block]:
    """How many machines a tier has, within what the plan allows."""
    statement = shape.tier.scale
    if statement is None:
        return []
    if not shape.variable:
        ledger.keep(statement, f"{shape.scale.maximum} machine{'s' if shape.scale.maximum > 1 else ''}")
        return []
    ledger.keep(statement, f"-var {names.count(shape.id)}=N")
    name, scale = names.count(shape.id), shape.scale
    allowed = f"{scale.minimum} to {scale.maximum}"
    message = f"The plan allows {allowed} machines for the tier {shape.id} ({file}: {shape.id}, Scale)."
    return [
        variable(
            name,
            f"Machines of the tier {shape.id}.",
            "number",
            scale.initial,
            variables.validation(variables.whole(name, scale.minimum, scale.maximum), message),
            comment=f"{file}: {shape.id}, Scale",
            origin=statement.span,
        )
    ]


def declared(topology: Topology, environment: Environment, ledger: Ledger) -> list[Block]:
    """Parameters, and the secrets that are asked for."""
    made = []
    sources = parameters.sources(topology)
    for parameter in topology.parameters.values():
        name = names.variable(topology, parameter.id)
        ledger.keep(parameter.statement, f"variable {name}")
        block = variables.of_parameter(parameter, name, topology.file, environment)
        if parameter.id in sources:
            message = f"{name} is a network in CIDR form, such as 192.0.2.0/24, or one address."
            check = variables.validation(parameters.valid(name), message)
            block = replace(block, body=(*block.body, check))
        made.append(block)
    for secret in topology.secrets.values():
        if secret.length is not None:
            ledger.keep(secret.statement, "generated, in the state")
            continue
        name = names.variable(topology, secret.id)
        ledger.keep(secret.statement, f"variable {name}, sensitive")
        made.append(variables.of_secret(secret, name, topology.file))
    return made


def open_questions(
    topology: Topology, regions: Regions, found: Mapping[str, Flavor], shapes: Mapping[str, MachineGroup]
) -> list[Block]:
    """What neither the plan nor the environment decides. Those that nothing uses are left out afterwards."""
    made = []
    for name, os in images.questions(shapes.values()):
        description = f"Image of new machines: {os} with cloud-init. Machines that exist keep theirs."
        made.append(variable(name, description, "string", None))
    for id_, flavor in found.items():
        if flavor.size is None:
            least = flavors.words(flavor.compute)
            size = f" (size {flavor.compute.size})" if flavor.compute.size else ""
            description = f"Flavor of the tier {id_}{size}{f'; at least {least}' if least else ''}."
            where = f"{topology.file}: {id_}, Compute" if shapes[id_].tier.compute else ""
            made.append(variable(names.flavor(id_), description, "string", None, comment=where))
    for region in regions.all:
        there = f" in {region.name}" if region.alias else ""
        question = f"External network that the router and public addresses are on{there}."
        made.append(variable(networks.question(region), question, "string", None))
    return [*made, *(_key_pair(region) for region in key_pairs.asked(shapes.values()))]


def _key_pair(region: Region) -> Block:
    there = f" in {region.name}" if region.alias else ""
    return Block(
        "variable",
        (key_pairs.question(region),),
        body(
            description=f"Key pair for the image's default user{there}; none: nobody logs in by SSH.",
            type=expr("string"),
            default=expr("null"),
        ),
        comment="Neither the plan nor the environment names one.",
    )
