"""Find values that are probably secret, by the product's attribute or by the name of the variable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.record import replace
from camp2iac.topology.model import TextValue, Topology

_LOOKS = re.compile(r"(?i)(passw|secret|token|credential|api_?key|private_?key|access_?key)")


def looks(name: str) -> bool:
    """Whether the name of a variable or attribute suggests a secret."""
    return _LOOKS.search(name) is not None


def values(topology: Topology) -> Iterator[tuple[str, str, TextValue]]:
    """Each value where a secret belongs: its name, the name of its owner, and the value."""
    for component in topology.components.values():
        for variable in component.variables:
            if looks(variable.name):
                yield variable.name, component.name, variable.value
    for service in topology.services.values():
        for name, statement in service.attributes.items():
            form = service.product.attributes.get(name)
            if (form and form.secret) or looks(name):
                yield name, service.name, statement.value


def mark(topology: Topology) -> Topology:
    """The topology, with ``confidential`` set on each parameter that is used where a secret belongs."""
    used = {part.name for _, _, value in values(topology) for part in value.references if part.kind == "parameter"}
    if not used:
        return topology
    parameters = topology.parameters.items()
    return replace(topology, parameters={id_: replace(p, confidential=id_ in used) for id_, p in parameters})
