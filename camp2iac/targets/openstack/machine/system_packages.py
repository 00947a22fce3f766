"""The packages of the distribution that a component needs (``org.camp2iac:Packages``), as part of the install half."""

from __future__ import annotations

from camp2iac.catalogue import systems
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.document import MachineDocument
from camp2iac.targets.openstack.machine.kinds import find
from camp2iac.topology.model import Component, SystemPackages


def install(document: MachineDocument, component: Component) -> None:
    """Install them with the other packages, before any content is built. CAMP224: none are named for this system."""
    ledger, os = document.given.context.ledger, document.given.infrastructure.os
    family = systems.known_family(os)
    for packages in component.packages:
        if not find(component.kind).confined:
            why = f"{component.name} runs as a container, which has only the packages of its image."
            ledger.lose(packages.statement, why, "Install them when you build the image.")
        elif names := packages.families.get(family, ()):
            document.install(*names)
            ledger.keep(packages.statement, f"installed from {os.partition('-')[0]}'s repositories")
        else:
            document.given.context.diagnostics.add(_other_system(component, packages, os, family))


def _other_system(component: Component, packages: SystemPackages, os: str, family: str) -> Diagnostic:
    named = " and ".join(packages.families)
    if not family:
        message = f"camp2iac does not know how to install the packages of {component.name} on {os}"
        label, help_ = f"for {named}", "use an image of Debian, Ubuntu, RHEL or a rebuild of RHEL"
    else:
        message = f"the packages of {component.name} have no names for {os}, which its instances run"
        label, help_ = f"only for {named}", f"add the names of the packages on {os}\n  {family}: [NAME]"
    return Diagnostic("CAMP224", message, packages.statement.span, label=label, help=help_)
