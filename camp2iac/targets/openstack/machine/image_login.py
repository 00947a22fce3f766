"""The credentials with which an instance pulls a component's image from a registry.

They are in a file for podman that only root can read, so no command line and no environment has them. The install
script names the file, and uses it if it exists: its text is the same in every environment.
"""

from __future__ import annotations

from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Ref, call, template
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput, line_of
from camp2iac.targets.registries import Registry
from camp2iac.topology import images
from camp2iac.topology.model import Component


def needed(given: MachineInput, component: Component) -> Registry | None:
    """The registry of a component's image, if it needs a login."""
    image = images.of(component)
    return given.infrastructure.registries.get(image.registry) if image else None


def write(document: MachineDocument, component: Component) -> None:
    """Write the file for a component, if its image needs a login. (Configure half.)"""
    registry = needed(document.given, component)
    if registry is None:
        return
    login = call("base64encode", template(f"{registry.user}:", Ref(f"var.{registry.variable}")))
    value = document.variable(component.id, "registry_login", login)
    document.write(
        WriteFile(
            f"/etc/{document.given.app}/{component.id}.registry.json",
            line_of(f'{{"auths": {{"{registry.host}": {{"auth": "', value, '"}}}\n'),
            permissions="0600",
            comment=f"How its image is pulled from {registry.host}. Only root can read it",
        )
    )
