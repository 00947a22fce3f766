"""What instances need to download content from outside the cloud: a way to it, and the operator's credentials."""

from __future__ import annotations

from camp2iac.synth.module import Block, call, expr, ref, walk
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resources import security_groups

_WEB = (80, 443)  # instances may connect to these ports anyway
_KEY = "repository_key"
_VARIABLES = {
    _KEY: "Private SSH key that may read the repository (a deploy key), in OpenSSH's format.",
    "repository_token": "Token that may read the repository.",
    "releases_token": "Token that may download the artifacts of releases.",
    "releases_access_key": "Access key that may read the bucket of releases.",
    "releases_secret_key": "Secret key that belongs to releases_access_key.",
}


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The variables with the credentials that instances use."""
    if layout.settings.releases is None:
        return
    used = {found.address for block in made.module.blocks() for found in walk(block)}
    comment = layout.settings.comment("releases")
    for name, description in _VARIABLES.items():
        if f"var.{name}" in used:
            plain = () if name == _KEY else (_plain(name),)
            made.variable(name, description, "string", None, *plain, comment=comment, sensitive=True)


def _plain(name: str) -> Block:
    """Tokens are in configuration files, without quoting."""
    condition = call("can", call("regex", "^[!#-\\[\\]-~]+$", ref(f"var.{name}")))
    return validation(expr(condition), f"{name} must not contain spaces, quotes or backslashes.")


def add_rules(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> None:
    """The security group rules from a tier to the server of releases, unless its ports are open anyway."""
    releases = layout.settings.releases
    ports = sorted(releases.ports.difference(_WEB)) if releases and machine.downloads else []
    for port in ports:
        name = "releases" if len(ports) == 1 else f"releases_{port}"
        security_groups.add_way_out(made, group, name, "To the server of releases", port)
