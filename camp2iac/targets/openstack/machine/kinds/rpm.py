"""A package of Red Hat's form."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind
from camp2iac.targets.openstack.machine.kinds.deb import checked

KIND = ArtifactKind(
    "installed on its machine",
    check=checked("an RPM", b"\xed\xab\xee\xdb", ("almalinux", "fedora", "rhel", "rocky")),
)
