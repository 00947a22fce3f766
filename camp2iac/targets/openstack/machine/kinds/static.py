"""Files that a web server hands out as they are."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class Static(ArtifactKind):
    """Files that are handed out."""

    words = "files, served as they are"
    folder = True


KIND = Static()
