"""Parameters whose values the compiler used: whether they keep a Terraform variable."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.record import replace
from camp2iac.topology.checks.references import values
from camp2iac.topology.model import Topology
from camp2iac.topology.substitution.given import Substituted


def settle(topology: Topology, made: Substituted, diagnostics: Diagnostics) -> Topology:
    """The topology without variables for parameters that only the compiler uses, or that the environment overrides.
    They are in ``compiled``.

    A parameter that Terraform uses too keeps its variable, which is ``fixed``: it accepts only the value that the
    compiler used. CAMP506: a parameter is used where a secret belongs, but its value would be in the output.
    """
    if not made.used and not made.displaced:
        return topology
    later = {part.name for _, value in values(topology) for part in value.references if part.kind == "parameter"}
    later |= {
        ports.source
        for tier in topology.tiers.values()
        for statement in tier.ports
        for ports in statement.value
        if ports.asked
    }
    later |= made.unchecked
    parameters, compiled = {}, {}
    for name, parameter in topology.parameters.items():
        if name in made.used and parameter.confidential:
            place = next(place for place, use in made.places.uses.items() if use.parameter == name)
            diagnostics.add(
                Diagnostic(
                    "CAMP506",
                    f"parameter {name} is used where a secret belongs, and where camp2iac must know its value",
                    parameter.span,
                    label="the output would contain a secret",
                    related=(Label(place, "camp2iac must know the value here, and writes it into the output"),),
                    help="declare another parameter for this value, or a secret for the other one",
                )
            )
        if name in made.used | made.displaced and name not in later:
            compiled[name] = parameter
        else:
            parameters[name] = replace(parameter, fixed=True) if name in made.used else parameter
    return replace(topology, parameters=parameters, compiled=compiled)
