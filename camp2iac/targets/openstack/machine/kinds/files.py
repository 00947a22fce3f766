"""Anything; the plan says what runs there."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import Kind

KIND = Kind("in its place", folder=True)
