"""All names for authors of artifact kinds: how instances run content of a type that camp2iac does not know.

A kind is a class that extends :class:`ArtifactKind`, registered as an entry point of the group
``camp2iac.openstack.kinds``. A ``product.yaml`` names it: ``artifacts: { "org.perl:psgi": psgi }``.
"""

from camp2iac.targets.openstack.machine.component_build import ComponentBuild
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand, by_product
from camp2iac.targets.openstack.machine.render import unit

__all__ = ["ArtifactKind", "ArtifactOnMachine", "ComponentBuild", "StartCommand", "by_product", "unit"]
