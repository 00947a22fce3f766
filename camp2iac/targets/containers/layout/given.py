"""Names of the plan and of images in an environment file."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.base import Environment
from camp2iac.targets.kit import environment_schema, given_names, unknown_name
from camp2iac.topology import images
from camp2iac.topology.model import Topology


def unknown(target: str, environment: Environment, topology: Topology) -> Iterator[Diagnostic]:
    """CAMP601 for each component or service that the plan does not have. ``target``: the package with the schema."""
    components = {name for each in topology.components.values() for name in (each.id, each.name)}
    known = {
        "component": ("component", components, sorted(topology.components)),
        "service": ("service", {*topology.services}, sorted(topology.services)),
        "service or component": (
            "service or component",
            {*topology.services, *components},
            sorted({*topology.services, *topology.components}),
        ),
    }
    for given in given_names(environment_schema(target), environment.values):
        what, names, offered = known[given.mark]
        if given.name not in names:
            yield unknown_name(given.name, names, what, environment.shown, given.span, offered)


def images_of_services(environment: Environment, topology: Topology) -> Iterator[Diagnostic]:
    """CAMP311 for each image of a service that no registry can have."""
    for id_ in topology.services:
        named = environment.get("images", id_)
        if named is not None and (fault := unfit(str(named))):
            yield Diagnostic(
                "CAMP311",
                f"no registry can have the image of {id_}: {named}",
                environment.span("images", id_),
                label=fault,
                help=f"write for example  {id_}: registry.example.org/team/postgres:17",
            )


def unfit(name: str) -> str:
    """What is wrong with the name of an image; empty: nothing."""
    try:
        images.parsed(name, local=True)
    except ValueError as fault:
        return str(fault)
    return ""
