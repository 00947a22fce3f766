"""Outputs: the URLs of apps and the names of add-ons."""

from __future__ import annotations

from camp2iac.synth.module import ref
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import ModuleBuilder


def add_url(made: ModuleBuilder, layout: HerokuLayout, app: App) -> None:
    """Add the URL of an app with a web process. If other apps have it too, it is the same local value."""
    if "web" not in app.build.processes:
        return
    id_, exposure = app.component.id, app.exposure
    made.output(
        f"{app.name}_url",
        f"URL of {id_}.",
        app.peer_url if id_ in layout.peers else app.url,
        made.plan(f"{id_}, Expose" if exposure else id_),
        exposure.span if exposure else app.component.span,
    )


def add_addon(made: ModuleBuilder, addon: Addon) -> None:
    """Add the name of an add-on, which Heroku generates."""
    service = addon.service
    made.output(
        f"{names.identifier(service.id)}_addon",
        f"Name of the add-on of {service.id}, for `heroku addons:info NAME`.",
        ref(addon.address, ".name"),
        made.plan(service.id),
        service.span,
    )
