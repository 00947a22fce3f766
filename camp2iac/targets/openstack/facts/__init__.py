"""What a module means for people: allowed connections, who gets secrets, what the quota must provide, and releases."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Module
from camp2iac.targets.facts import PlatformFacts
from camp2iac.targets.openstack.facts import contacts, installed, pictured, required, told
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine.contract import TierSoftware


def of(layout: OpenStackLayout, machines: Mapping[str, TierSoftware], module: Module) -> PlatformFacts:
    """The facts of a module. OpenStack clouds have no common prices, so there are none."""
    return PlatformFacts(
        contacts=tuple(contacts.of(layout, module)),
        told=tuple(told.of(layout, machines)),
        required=tuple(required.of(layout, module)),
        installed=tuple(installed.of(layout)),
        compressed=tuple(each for machine in machines.values() for each in machine.compressed),
        parts=tuple(pictured.parts(layout)),
        entries=tuple(pictured.entries(layout)),
    )
