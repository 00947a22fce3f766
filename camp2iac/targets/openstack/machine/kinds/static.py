"""Static files for a web server."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class Static(ArtifactKind):
    """Static files."""

    words = "files, served as they are"
    folder = True


KIND = Static()
