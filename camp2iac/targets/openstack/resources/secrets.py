"""Generated passwords of services, and the secrets of the plan."""

from __future__ import annotations

from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.resource_types import PASSWORD
from camp2iac.topology.model import Secret


def add_passwords(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The generated passwords of the services on a tier. They have only letters and digits, which are safe in URLs."""
    for service in services(layout.topology, group):
        if service.id in layout.generated:
            made.resource(
                group.file,
                PASSWORD,
                names.label(service.id),
                comment=f"The password of {service.name}. Letters and digits are safe in a URL without encoding.",
                origin=service.span,
                length=32,
                special=False,
            )


def add(made: ModuleBuilder, secret: Secret) -> None:
    """A secret of the plan: generated, or a sensitive variable."""
    generated = secret.length is not None
    made.secret(secret, names.label(secret.id) if generated else names.variable(made.topology, secret.id))
