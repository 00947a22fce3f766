"""Generated passwords of services."""

from __future__ import annotations

from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.known import PASSWORD
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.topology.model import Service


def add_password(made: ModuleBuilder, layout: ContainerLayout, service: Service) -> None:
    """Add the generated password of a service. It has only letters and digits, which are safe in URLs."""
    if service.id not in layout.known.generated:
        return
    made.resource(
        names.file(service.id),
        PASSWORD,
        names.identifier(service.id),
        comment=f"The password of {service.name}. Letters and digits are safe in a URL without encoding.",
        origin=service.span,
        length=32,
        special=False,
    )
