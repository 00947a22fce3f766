"""What instances need to pull container images from registries: a way to them, and the operator's passwords."""

from __future__ import annotations

from camp2iac.synth.module import walk
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resources import security_groups
from camp2iac.topology import images

_WEB = (80, 443)  # instances may connect to these ports anyway


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The variables with the passwords of registries that an instance uses."""
    if not layout.settings.registries:
        return
    used = {found.address for block in made.module.blocks() for found in walk(block)}
    for registry in layout.settings.registries.values():
        if f"var.{registry.variable}" in used:
            made.variable(
                registry.variable,
                f"Password or token of {registry.user} for pulling images from {registry.host}.",
                "string",
                None,
                comment=layout.settings.comment("registries"),
                sensitive=True,
            )


def add_rules(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> None:
    """The security group rules from a tier to the registries of its images, unless their ports are open anyway."""
    releases = layout.settings.releases
    open_ = {*_WEB, *(releases.ports if releases and machine.downloads else ())}
    named = (images.of(component) for component in layout.topology.tier_components(group.id))
    ports = sorted({image.port for image in named if image is not None} - open_)
    for port in ports:
        name = "registry" if len(ports) == 1 else f"registry_{port}"
        security_groups.add_way_out(made, group, name, "To the registry of its images", port)
