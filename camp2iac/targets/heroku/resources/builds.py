"""``heroku_build``: from the copy of the content, or from an archive on the network."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Attribute, Block, body, call, expr, ref, template
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.words import wrapped
from camp2iac.targets.heroku.resources import configuration
from camp2iac.targets.heroku.runtimes import load
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, layout: HerokuLayout, app: App, extras: Sequence[str]) -> None:
    """The build, after all that its first dyno reads. ``extras``: addresses of add-ons that the plan does not name."""
    component = app.component
    waits = [addon.address for addon in layout.attachments.owned(component.id)]
    waits += [attachment.address for attachment in layout.attachments.of(component.id)]
    waits += [address for address in (configuration.address(app), *extras) if address is not None]
    depends = Attribute(
        "depends_on",
        tuple(ref(address) for address in sorted(waits)),
        wrapped(f"{_released(app)}reads the configuration."),
    )
    made.resource(
        app.file,
        "heroku_build",
        app.name,
        _source(app),
        depends if waits else None,
        comment=made.plan(f"{component.id}, content"),
        origin=component.content.span,
        app_id=ref(app.address, ".id"),
    )


def _released(app: App) -> str:
    words = [
        f"loads {listed([load.shown(each.job) for each in loads])} into the {loads[0].addon.offer.noun}"
        for loads in app.build.loaded.values()
    ]
    command = f"its release command {'; '.join(words)}, and " if words else ""
    return f"A build is released at once: {command}its first dyno "


def _source(app: App) -> Block:
    fetched = app.build.source
    if fetched is not None:
        known = body(url=fetched.url, version=fetched.version or None, checksum=fetched.checksum or None)
        return Block("source", (), known)
    folder = f"build/{app.component.id}"
    path = call("trimprefix", template(expr("path.module"), f"/{folder}"), "./")
    why = (
        'Without the "./" that path.module brings in a root module: the provider would pack '
        f"{app.component.id}/{folder}/Procfile, and Heroku would find no application."
    )
    return Block("source", (), body(path=path), wrapped(why))
