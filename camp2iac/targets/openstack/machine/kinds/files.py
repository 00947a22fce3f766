"""Anything; the plan says what runs there."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class PlainFiles(ArtifactKind):
    """Files of any kind."""

    words = "in its place"
    folder = True


KIND = PlainFiles()
