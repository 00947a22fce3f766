"""``heroku_space``: the Private Space of the apps, which exists or is created by the module."""

from __future__ import annotations

from camp2iac.synth.module import Value, ref
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.heroku.layout.words import wrapped
from camp2iac.targets.kit import ModuleBuilder

FILE = "space.tf"
ADDRESS = "heroku_space.space"
_COST = "Heroku bills a space from its creation, and deletes it only if it contains no apps."


def add(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """Add the space if the environment file asks for a new one."""
    settings, environment = layout.settings, made.environment
    wanted = settings.new_space
    if wanted is None:
        return
    address = made.resource(
        FILE,
        "heroku_space",
        "space",
        comment=(f"{made.by('space')}.", *wrapped(_COST)),
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
        "Source addresses of outbound traffic from apps in the space.",
        ref(address, ".outbound_ips"),
        made.by("space"),
        environment.span("space"),
    )


def reference(settings: HerokuSettings) -> Value | None:
    """The name of an app's space. The provider reads back the name: with the id, it would replace the app."""
    return ref(ADDRESS, ".name") if settings.new_space is not None else settings.space


def identity(made: ModuleBuilder, settings: HerokuSettings) -> Value:
    """The id of the space. For an existing one, add its data source, whose ``id`` is the name."""
    if settings.new_space is not None:
        return ref(ADDRESS, ".id")
    origin = made.environment.span("space")
    address = made.data(FILE, "heroku_space", "space", comment=made.by("space"), origin=origin, name=settings.space)
    return ref(address, ".uuid")
