"""``heroku_build``: from the copy of the content, or from an archive at a URL."""

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
    """Add the build, which depends on all that its first dyno reads. ``extras``: addresses of extra add-ons."""
    component = app.component
    waits = [addon.address for addon in layout.attachments.owned(component.id)]
    waits += [attachment.address for attachment in layout.attachments.of(component.id)]
    waits += [address for address in (configuration.address(app), *extras) if address is not None]
    owners = layout.loaded_by_others[component.id]
    waits += [f"heroku_build.{owner.name}" for owner in owners]
    depends = Attribute(
        "depends_on",
        tuple(ref(address) for address in sorted(waits)),
        wrapped(_released(app, owners)),
    )
    made.resource(
        app.file,
        "heroku_build",
        app.name,
        _source(app),
        depends if waits else None,
        _again(layout, app),
        comment=made.plan(f"{component.id}, content"),
        origin=component.content.span,
        app_id=ref(app.address, ".id"),
    )


def _again(layout: HerokuLayout, app: App) -> Block | None:
    """What builds again: another stack or other buildpacks. The app has them, and the last build keeps its own."""
    if layout.settings.fir:
        return None
    what = ["stack", *([] if app.image else ["buildpacks"])]
    why = f"Another {listed(what, 'or')} of the app comes into effect only with a build."
    again = Attribute("replace_triggered_by", tuple(ref(app.address, f".{each}") for each in what))
    return Block("lifecycle", (), (again,), wrapped(why))


def _released(app: App, owners: Sequence[App]) -> str:
    words = [
        f"loads {listed([load.shown(each.job) for each in loads])} into the {loads[0].addon.offer.noun}"
        for loads in app.build.loaded.values()
    ]
    command = f"its release command {' and '.join(words)}, and " if words else ""
    text = f"Heroku releases a build immediately: {command}its first dyno reads the configuration."
    if owners:
        text += f" Its database is loaded by {listed([each.component.id for each in owners])}, which is built first."
    return text


def _source(app: App) -> Block:
    fetched = app.build.source
    if fetched is not None:
        known = body(url=fetched.url, version=fetched.version or None, checksum=fetched.checksum or None)
        return Block("source", (), known)
    folder = f"build/{app.component.id}"
    path = call("trimprefix", template(expr("path.module"), f"/{folder}"), "./")
    why = (
        'Without the "./" of path.module in a root module. With it, the provider packs '
        f"{app.component.id}/{folder}/{app.manifest}, and Heroku finds no application."
    )
    return Block("source", (), body(path=path), wrapped(why))
