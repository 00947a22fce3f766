"""Key pairs: one that is there, by name, or one that is made of a public key, in each region."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.base import Environment, Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region

KEY_PAIR = "openstack_compute_keypair_v2"


def chosen(shape: MachineGroup, environment: Environment, ledger: Ledger) -> Value:
    """The key pair of a tier's machines: the environment's word on the tier, the plan's, the environment's, or asked.

    Null by default where nobody says anything: nobody logs in.
    """
    statement = shape.tier.key_pair
    ours = shape.settings.key_pair if shape.settings.own.get("key_pair", "").startswith("tiers") else None
    if statement and ours and ours != statement.value:
        ledger.degrade(statement, ours, f"{environment.shown} gives the tier {shape.id} the key pair {ours}.")
    elif statement:
        ledger.keep(statement, "key pair")
    named = ours or (statement.value if statement else None)
    if named:
        return named
    settings = shape.region.settings
    if settings.public_key:
        return ref(f"{KEY_PAIR}.{_label(shape.region)}", ".name")
    return settings.key_pair or ref(f"var.{question(shape.region)}")


def question(region: Region) -> str:
    """The variable that names the key pair where nobody does."""
    return region.label("key_pair")


def made(region: Region, app: str) -> list[Block]:
    """The key pair of a region, where the environment gives a public key."""
    settings = region.settings
    if not settings.public_key:
        return []
    return [
        Block(
            "resource",
            (KEY_PAIR, _label(region)),
            body(name=settings.key_pair or app, public_key=settings.public_key),
            comment=settings.comment("public_key"),
        )
    ]


def asked(shapes: Iterable[MachineGroup]) -> list[Region]:
    """The regions where nothing says which key pair some machines have, by alias."""
    found = {
        shape.region.alias: shape.region
        for shape in shapes
        if not (shape.tier.key_pair or shape.settings.public_key or shape.settings.key_pair)
    }
    return [found[alias] for alias in sorted(found)]


def _label(region: Region) -> str:
    return region.label(names.label("machine"))
