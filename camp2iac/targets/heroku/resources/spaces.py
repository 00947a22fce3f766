"""``heroku_space``: the Private Space that apps run in, one that is there, or one that is made here."""

from __future__ import annotations

from camp2iac.synth.module import Value, ref
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.heroku.layout.words import wrapped
from camp2iac.targets.kit import ModuleBuilder

FILE = "space.tf"
ADDRESS = "heroku_space.space"
_COST = "Heroku bills a space from the day it is made, and destroys it only when no app is left in it."


def add(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """The space, where the environment wants one made."""
    settings, environment = layout.settings, made.environment
    wanted = settings.new_space
    if wanted is None:
        return
    address = made.resource(
        FILE,
        "heroku_space",
        "space",
        comment=f"{made.by('space')}.\n{wrapped(_COST)}",
        origin=environment.span("space"),
        name=wanted["name"],
        organization=environment.get("team", default=""),
        region=settings.region,
        generation=settings.generation,
        cidr=wanted.get("cidr"),
        data_cidr=wanted.get("data_cidr"),
        shield=True if wanted.get("shield") else None,
    )
    made.output(
        "space_outbound_ips",
        "Addresses that apps of the space have when they ask others.",
        ref(address, ".outbound_ips"),
        made.by("space"),
        environment.span("space"),
    )


def reference(settings: HerokuSettings) -> Value | None:
    """What an app calls its space: by name, which is what the provider reads back; by id it would be replaced."""
    return ref(ADDRESS, ".name") if settings.new_space is not None else settings.space


def identity(made: ModuleBuilder, settings: HerokuSettings) -> Value:
    """The id of the space; adds the data source of one that is there. (The data source's ``id`` is the name.)"""
    if settings.new_space is not None:
        return ref(ADDRESS, ".id")
    origin = made.environment.span("space")
    address = made.data(FILE, "heroku_space", "space", comment=made.by("space"), origin=origin, name=settings.space)
    return ref(address, ".uuid")
