"""What the processes of a component get: local values with its variables and its secrets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from camp2iac.synth.module import Attribute, Value
from camp2iac.synth.stream import sha256
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.targets.containers.layout.configuration import ComponentVariables
from camp2iac.topology.model import Component


def told(configuration: ComponentVariables, component: Component, comment: str) -> Iterator[Attribute]:
    """The variables of a component, and those that are secret. ``comment``: how the processes get the latter."""
    label = names.identifier(component.id)
    if configuration.plain:
        yield Attribute(f"{label}_environment", configuration.plain)
    if configuration.secret:
        yield Attribute(f"{label}_secrets", configuration.secret, comment=comment)


def digest(image: ComponentImage) -> str:
    """The SHA-256 of all that an image is built from."""
    found = hashlib.sha256()
    for document in image.documents:
        found.update(f"{document.path}\0{document.executable}\0{sha256(document.content)}\n".encode())
    return found.hexdigest()


def separated(values: list[Value]) -> list[Value]:
    """Values with commas between them, for the arguments of a function."""
    found: list[Value] = []
    for value in values:
        found += [", ", value] if found else [value]
    return found
