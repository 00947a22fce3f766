"""A web archive, for a servlet container."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import Kind

KIND = Kind("deployed on its machine", file="{folder}.war")
