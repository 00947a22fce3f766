"""The Private Space that apps run in: one that is there, or one that is made here."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.targets.heroku.words import wrapped

FILE = "space.tf"
_COST = "Heroku bills a space from the day it is made, and destroys it only when no app is left in it."


def lower(low: Lowering) -> None:
    """``heroku_space``, where the environment wants one made; the data source where something needs its id."""
    wanted, environment = low.settings.new_space, low.context.environment
    if wanted is not None:
        low.resource(
            FILE,
            "heroku_space",
            "space",
            comment=f"{low.by('space')}.\n{wrapped(_COST)}",
            origin=environment.span("space"),
            name=wanted["name"],
            organization=environment.get("team", default=""),
            region=low.settings.region,
            generation=low.settings.generation,
            cidr=wanted.get("cidr"),
            data_cidr=wanted.get("data_cidr"),
            shield=True if wanted.get("shield") else None,
        )
        low.output(
            "space_outbound_ips",
            "Addresses that apps of the space have when they ask others.",
            ref("heroku_space.space", ".outbound_ips"),
            low.by("space"),
            environment.span("space"),
        )


def reference(low: Lowering) -> Value | None:
    """What an app calls its space: by name, which is what the provider reads back; by id it would be replaced."""
    return ref("heroku_space.space", ".name") if low.settings.new_space is not None else low.settings.space


def identity(low: Lowering) -> Value:
    """The id of the space. (The data source's ``id`` is the name.)"""
    if low.settings.new_space is not None:
        return ref("heroku_space.space", ".id")
    low.module.add(
        FILE,
        Block(
            "data",
            ("heroku_space", "space"),
            body(name=low.settings.space),
            low.by("space"),
            low.context.environment.span("space"),
        ),
    )
    return ref("data.heroku_space.space", ".uuid")
