"""``heroku_app_config_association``: the configuration variables of an app."""

from __future__ import annotations

from camp2iac.synth.module import ref
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, app: App) -> None:
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
