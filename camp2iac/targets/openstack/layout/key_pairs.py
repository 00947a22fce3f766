"""Key pairs: an existing one, or in each region a new one from a public key."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.record import Record
from camp2iac.synth.module import Value, ref
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import KEY_PAIR


class KeyPair(Record, frozen=True):
    """A tier's key pair. ``name``: its name, or a reference to it. ``own``: its name in the environment's ``tiers``."""

    name: Value
    own: str | None


def choose(group: MachineGroup) -> KeyPair:
    """The key pair of a tier: from ``tiers`` in the environment file, the plan, the environment file, or a variable.

    The variable is null by default, so that no one can log in.
    """
    own = group.settings.key_pair if group.settings.of_the_tier("key_pair") else None
    named = own or (group.tier.key_pair.value if group.tier.key_pair else None)
    settings = group.region.settings
    if named:
        return KeyPair(named, own)
    if settings.public_key:
        return KeyPair(ref(f"{KEY_PAIR}.{label(group.region)}", ".name"), own)
    return KeyPair(settings.key_pair or ref(f"var.{question(group.region)}"), own)


def question(region: Region) -> str:
    """The variable for the key pair, if neither the plan nor the environment file has one."""
    return region.label("key_pair")


def label(region: Region) -> str:
    """The label of the key pair that the module creates in a region."""
    return region.label("machine")


def asked(groups: Iterable[MachineGroup]) -> list[Region]:
    """The regions where some instances get their key pair from the variable, sorted by alias."""
    found = {
        group.region.alias: group.region
        for group in groups
        if not (group.tier.key_pair or group.settings.public_key or group.settings.key_pair)
    }
    return [found[alias] for alias in sorted(found)]
