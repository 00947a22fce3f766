"""The application's git repository: the way to it, and the credentials that the operator sets."""

from __future__ import annotations

from camp2iac.synth.module import walk
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.releases import GitReleases
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resources import security_groups

_WEB = (80, 443)  # instances may connect to these ports anyway
_VARIABLES = {
    "repository_token": "Token that may read the repository, for HTTPS.",
    "repository_key": "Private SSH key that may read the repository (a deploy key), in OpenSSH's format.",
}


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The variables with the credentials that instances use."""
    used = {found.address for block in made.module.blocks() for found in walk(block)}
    for name, description in _VARIABLES.items():
        if f"var.{name}" in used:
            comment = layout.settings.comment("releases")
            made.variable(name, description, "string", None, comment=comment, sensitive=True)


def add_rule(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> None:
    """The security group rule from a tier to the repository, if its instances clone it."""
    releases = layout.settings.releases
    clones = any(document.path == "cloud-init/repository.py" for document in machine.documents)
    if clones and isinstance(releases, GitReleases) and releases.port not in _WEB:
        security_groups.add_way_out(made, group, "repository", "To the repository", releases.port)
