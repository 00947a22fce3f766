"""Generated passwords of services, and the generated secrets of the plan."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, body
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.resource_types import PASSWORD
from camp2iac.topology.model import Service, Topology


def passwords(layout: OpenStackLayout, group: MachineGroup) -> list[Block]:
    """The generated passwords of the services on a tier."""
    return [_password(each) for each in services(layout.topology, group) if each.id in layout.generated]


def _password(service: Service) -> Block:
    """A password of letters and digits, which is safe in a URL without encoding."""
    return Block(
        "resource",
        (PASSWORD, names.label(service.id)),
        body(length=32, special=False),
        comment=f"The password of {service.name}. Letters and digits are safe in a URL without encoding.",
        origin=service.span,
    )


def secrets(topology: Topology) -> list[Block]:
    """The generated secrets of the plan."""
    return [
        Block(
            "resource",
            (PASSWORD, names.label(secret.id)),
            body(length=Attribute("length", secret.length, origin=secret.span), special=False),
            comment=f"{topology.file}: secret {secret.id}. {secret.description}",
            origin=secret.span,
        )
        for secret in topology.secrets.values()
        if secret.length is not None
    ]
