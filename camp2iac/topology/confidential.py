"""Find values that are probably secret: by the product's attribute, by the name of the variable, by the value itself.

What is secret by its name or value is decided in one place for all of camp2iac, :mod:`camp2iac.diagnostics.secrets`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics.secrets import holds_secret, is_about_secret, is_secret
from camp2iac.record import replace
from camp2iac.topology.model import Parameter, Statement, TextValue, Topology


def looks(name: str) -> bool:
    """Whether the name of a variable or attribute suggests a secret."""
    return is_secret(name) and not is_about_secret(name)


def written(name: str, value: TextValue) -> bool:
    """Whether a value of the plan is a secret that is in the plan, by the name of its variable or by itself."""
    literal = value.literal
    return bool(literal) and (looks(name) or holds_secret(literal or ""))


def values(topology: Topology) -> Iterator[tuple[str, str, TextValue]]:
    """Each value where a secret belongs, or that contains one: its name, the name of its owner, and the value."""
    for component in topology.components.values():
        options: list[Mapping[str, Statement[TextValue]]] = [component.options, *(x.options for x in component.links)]
        named = [(variable.name, variable.value) for variable in component.variables]
        named += [(name, each.value) for of in options for name, each in of.items()]
        for name, value in named:
            if looks(name) or _holds(value):
                yield name, component.name, value
    for service in topology.services.values():
        for name, statement in service.attributes.items():
            form = service.product.attributes.get(name)
            if (form and form.secret) or looks(name) or _holds(statement.value):
                yield name, service.name, statement.value
        for job in service.jobs:
            yield from ((name, job.id, each.value) for name, each in job.options.items() if looks(name))


def _holds(value: TextValue) -> bool:
    return any(isinstance(part, str) and holds_secret(part) for part in value.parts)


def mark(topology: Topology) -> Topology:
    """The topology, with ``confidential`` set on each parameter that looks secret or is used where a secret belongs."""
    used = {part.name for _, _, value in values(topology) for part in value.references if part.kind == "parameter"}
    used |= {id_ for id_, parameter in topology.parameters.items() if suspicious(parameter)}
    if not used:
        return topology
    parameters = topology.parameters.items()
    return replace(topology, parameters={id_: replace(p, confidential=id_ in used) for id_, p in parameters})


def suspicious(parameter: Parameter) -> bool:
    """Whether the name or the default of a parameter suggests a secret."""
    default = parameter.default
    return looks(parameter.id) or (isinstance(default, str) and holds_secret(default))
