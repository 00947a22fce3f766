"""Anything; the plan says what runs there."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind

KIND = ArtifactKind("in its place", folder=True)
