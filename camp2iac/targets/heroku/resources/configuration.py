"""``heroku_app_config_association``: the configuration variables of an app."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, ref
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.words import wrapped
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, layout: HerokuLayout, app: App) -> None:
    """Add one association with all variables, and the variables of the module that it needs."""
    decided, component = app.configuration, app.component
    for asked in decided.asked:
        made.ask(asked.name, asked.description, asked.key, asked.origin)
    if address(app) is None:
        return
    statement = component.variables[0].statement if component.variables else None
    what = "Env" if statement else "configuration"
    made.resource(
        app.file,
        "heroku_app_config_association",
        app.name,
        _after(layout, app),
        comment=made.plan(f"{component.id}, {what}") + (f"; {made.by('variables')}" if decided.given else ""),
        origin=statement.span if statement else component.span,
        app_id=ref(app.address, ".id"),
        vars=decided.plain or None,
        sensitive_vars=decided.sensitive or None,
    )


def address(app: App) -> str | None:
    """The address of the association. None if the app has no variables."""
    decided = app.configuration
    return f"heroku_app_config_association.{app.name}" if decided.plain or decided.sensitive else None


def _after(layout: HerokuLayout, app: App) -> Attribute | None:
    """The add-ons of an app with a release command: Terraform destroys them after the configuration."""
    if not app.build.releases:
        return None
    found = [addon.address for addon in layout.attachments.owned(app.component.id)]
    found += [attachment.address for attachment in layout.attachments.of(app.component.id)]
    why = "A change of the configuration runs the release command, which needs the add-ons: they are destroyed later."
    return Attribute("depends_on", tuple(ref(each) for each in sorted(found)), wrapped(why)) if found else None
