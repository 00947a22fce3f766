"""What belongs into a product that is an application itself: themes, extensions, settings."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class Additions(ArtifactKind):
    """Files beside those of a product."""

    words = "put beside what the product brings"
    folder = True


KIND = Additions()
