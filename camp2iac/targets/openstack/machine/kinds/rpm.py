"""An RPM package."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds.deb import Deb


class Rpm(Deb):
    """A package for Red Hat Enterprise Linux and similar systems."""

    what = "an RPM"
    begins = b"\xed\xab\xee\xdb"
    systems = ("almalinux", "fedora", "rhel", "rocky")


KIND = Rpm()
