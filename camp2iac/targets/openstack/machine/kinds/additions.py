"""Files for a product that is itself an application: themes, extensions, settings."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind


class Additions(ArtifactKind):
    """Files that are added to those of a product."""

    words = "added to the files of the product"
    folder = True


KIND = Additions()
