"""The Terraform module of a layout. One file per kind of resource."""

from __future__ import annotations

from camp2iac.synth.module import Block, Module, body
from camp2iac.targets.heroku.layout.configuration import asks
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import (
    addons,
    apps,
    builds,
    configuration,
    domains,
    drains,
    formations,
    imports,
    outputs,
    pipelines,
    spaces,
    variables,
)
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.builder import RANDOM

_PROVIDER = ("heroku/heroku", "~> 5.3")


def resources(layout: HerokuLayout) -> Module:
    """All files of the module."""
    made = ModuleBuilder(layout.topology, layout.settings.environment)
    _head(made, layout)
    spaces.add(made, layout)
    for app in layout.apps.values():
        apps.add(made, layout, app)
        apps.add_url(made, layout, app)
        configuration.add(made, layout, app)
        addons.add_attachments(made, layout, app)
        extras = addons.add_extras(made, layout, app)
        builds.add(made, layout, app, extras)
        formations.add_idle(made, app)
        for formation in app.formations.all:
            formations.add(made, layout, app, formation)
        domains.add(made, app)
        drains.add(made, app)
        outputs.add_url(made, layout, app)
    for addon in layout.attachments.addons.values():
        addons.add(made, layout, addon)
        outputs.add_addon(made, addon)
    for service in filter(asks, layout.attachments.external):
        variables.add_external(made, service)
    for tier in layout.topology.tiers.values():
        apps.add_sticky(made, layout, tier)
    pipelines.add(made, layout)
    imports.add(made, layout)
    variables.add(made, layout)
    return made.module


def _head(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """``versions.tf`` and ``providers.tf``."""
    providers = {"heroku": _PROVIDER}
    if any(secret.length is not None for secret in layout.topology.secrets.values()):
        providers["random"] = RANDOM
    customizations = Block(
        "customizations",
        (),
        body(set_app_all_config_vars_in_state=False, set_addon_config_vars_in_state=False),
        ("Keeps the configuration that add-ons set out of the state: DATABASE_URL contains a", "password."),
    )
    comment = "Credentials come from HEROKU_API_KEY or ~/.netrc. Do not write them into this folder."
    made.head(providers, Block("provider", ("heroku",), (customizations,), comment))
