"""Variables: scale, what the plan declares, and what nobody decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Value, body, call, expr, ref
from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack import flavors, names
from camp2iac.targets.openstack.flavors import Flavor
from camp2iac.targets.openstack.settings import Settings
from camp2iac.targets.openstack.tiers import Shape
from camp2iac.topology.model import Parameter, Topology


def count(shape: Shape, file: str, ledger: Ledger) -> list[Block]:
    """How many machines a tier has, within what the plan allows."""
    said = shape.tier.scale
    if said is None:
        return []
    if not shape.variable:
        ledger.keep(said, f"{shape.scale.maximum} machine{'s' if shape.scale.maximum > 1 else ''}")
        return []
    ledger.keep(said, f"-var {names.count(shape.id)}=N")
    name, scale = f"var.{names.count(shape.id)}", shape.scale
    condition = expr(
        *(ref(name), f" >= {scale.minimum} && ", ref(name), f" <= {scale.maximum}"),
        *(" && floor(", ref(name), ") == ", ref(name)),
    )
    allowed = f"{scale.minimum} to {scale.maximum}"
    message = f"The plan allows {allowed} machines for the tier {shape.id} ({file}: {shape.id}, Scale)."
    return [
        _variable(
            names.count(shape.id),
            f"Machines of the tier {shape.id}.",
            "number",
            scale.initial,
            Block("validation", body=body(condition=condition, error_message=message)),
            comment=f"{file}: {shape.id}, Scale",
            origin=said.span,
        )
    ]


def parameter(topology: Topology, parameter: Parameter, ledger: Ledger) -> Block:
    """A parameter of the plan."""
    name = names.variable(topology, parameter.id)
    ledger.keep(parameter.said, f"variable {name}")
    this = ref(f"var.{name}")
    checks = []
    if parameter.allowed:
        words = ", ".join(str(value) for value in parameter.allowed)
        allowed = Block(
            "validation",
            body=body(
                condition=call("contains", tuple(parameter.allowed), this),
                error_message=f"The plan allows for {parameter.id}: {words}.",
            ),
        )
        checks.append(allowed)
    if parameter.pattern:
        matches = Block(
            "validation",
            body=body(
                condition=call("can", call("regex", parameter.pattern, this)),
                error_message=f"The plan wants {parameter.id} to match {parameter.pattern}",
            ),
        )
        checks.append(matches)
    return _variable(
        name,
        _sentence(parameter.description),
        {"string": "string", "number": "number", "boolean": "bool"}[parameter.type],
        parameter.default,
        *checks,
        comment=f"{topology.file}: parameter {parameter.id}",
        origin=parameter.span,
    )


def declared(topology: Topology, ledger: Ledger) -> list[Block]:
    """Parameters, and the secrets that are asked for."""
    made = [parameter(topology, found, ledger) for found in topology.parameters.values()]
    for secret in topology.secrets.values():
        if secret.length is not None:
            ledger.keep(secret.said, "generated, in the state")
            continue
        name = names.variable(topology, secret.id)
        ledger.keep(secret.said, f"variable {name}, sensitive")
        made.append(
            Block(
                "variable",
                (name,),
                body(description=_sentence(secret.description), type=expr("string"), sensitive=True, nullable=False),
                comment=f"{topology.file}: secret {secret.id}",
                origin=secret.span,
            )
        )
    return made


def open_questions(
    topology: Topology,
    settings: Settings,
    found: Mapping[str, Flavor],
    shapes: Mapping[str, Shape],
    systems: Iterable[str],
) -> list[Block]:
    """What neither the plan nor the environment decides. Those that nothing uses are left out afterwards."""
    made = []
    for os in sorted(set(systems)):
        if settings.image_of(os) is None:
            description = f"Image of new machines: {os} with cloud-init. Machines that exist keep theirs."
            made.append(_variable(flavors.image_variable(os, settings), description, "string", None))
    for id_, flavor in found.items():
        if flavor.size is None:
            least = flavors.words(flavor.compute)
            size = f" (size {flavor.compute.size})" if flavor.compute.size else ""
            description = f"Flavor of the tier {id_}{size}{f'; at least {least}' if least else ''}."
            where = f"{topology.file}: {id_}, Compute" if shapes[id_].tier.compute else ""
            made.append(_variable(names.flavor(id_), description, "string", None, comment=where))
    made.append(
        _variable("external_network", "External network that the router and public addresses are on.", "string", None)
    )
    key_pair = Block(
        "variable",
        ("key_pair",),
        body(
            description="Key pair for the image's default user; none: nobody logs in by SSH.",
            type=expr("string"),
            default=expr("null"),
        ),
        comment="Neither the plan nor the environment names one.",
    )
    return [*made, key_pair]


def _variable(
    name: str,
    description: str,
    type_: str,
    default: Value,
    *checks: Block,
    comment: str = "",
    origin: Span | None = None,
) -> Block:
    return Block(
        "variable",
        (name,),
        body(
            *checks,
            description=description,
            type=expr(type_),
            default=Attribute("default", default) if default is not None else None,
            nullable=False,
        ),
        comment=comment,
        origin=origin,
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."
