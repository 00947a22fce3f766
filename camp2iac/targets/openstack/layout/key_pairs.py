"""Key pairs: one that is there, by name, or one that is made of a public key, in each region."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.record import Record
from camp2iac.synth.module import Value, ref
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import KEY_PAIR


class KeyPair(Record, frozen=True):
    """A tier's key pair. ``name``: its name, or what says it. ``own``: that which the environment gives the tier."""

    name: Value
    own: str | None


def choose(group: MachineGroup) -> KeyPair:
    """The key pair of a tier's machines: the environment's word on the tier, the plan's, the environment's, or asked.

    Null by default where nobody says anything: nobody logs in.
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
    """The variable that names the key pair where nobody does."""
    return region.label("key_pair")


def label(region: Region) -> str:
    """The label of the key pair that is made in a region."""
    return region.label("machine")


def asked(groups: Iterable[MachineGroup]) -> list[Region]:
    """The regions where nothing says which key pair some machines have, by alias."""
    found = {
        group.region.alias: group.region
        for group in groups
        if not (group.tier.key_pair or group.settings.public_key or group.settings.key_pair)
    }
    return [found[alias] for alias in sorted(found)]
