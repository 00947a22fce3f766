"""A package of Red Hat's form."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds.deb import Deb


class Rpm(Deb):
    """A package that Red Hat's family installs."""

    what = "an RPM"
    begins = b"\xed\xab\xee\xdb"
    systems = ("almalinux", "fedora", "rhel", "rocky")


KIND = Rpm()
