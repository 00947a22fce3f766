"""Files of any kind. The plan has the commands to run."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class PlainFiles(ArtifactKind):
    """Files of any kind."""

    words = "copied to its instances"
    folder = True


KIND = PlainFiles()
