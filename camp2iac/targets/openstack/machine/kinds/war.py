"""A web archive, for a servlet container."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class War(ArtifactKind):
    """A web archive."""

    words = "deployed on its instances"
    file = "{folder}.war"


KIND = War()
