"""``heroku_drain`` and ``heroku_telemetry_drain``."""

from __future__ import annotations

from camp2iac.synth.module import Value, ref
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.drains import Drain, TelemetryDrain
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, app: App) -> None:
    """Add the drains of an app."""
    for drain in app.drains:
        if not drain.secret:
            _log(made, app, drain)
    for telemetry in app.telemetry:
        _telemetry(made, app, telemetry)


def _log(made: ModuleBuilder, app: App, drain: Drain) -> None:
    url: dict[str, Value] = {"url": drain.url}
    if (asked := drain.asked) is not None:
        url = {"sensitive_url": made.ask(asked.name, asked.description, asked.key, asked.origin)}
    made.resource(
        app.file,
        "heroku_drain",
        names.identifier(app.component.id, drain.name),
        comment=made.by("drains"),
        origin=made.environment.span("drains", app.component.id),
        app_id=ref(app.address, ".id"),
        **url,
    )


def _telemetry(made: ModuleBuilder, app: App, drain: TelemetryDrain) -> None:
    for asked in drain.asked:
        made.ask(asked.name, asked.description, asked.key, asked.origin)
    made.resource(
        app.file,
        "heroku_telemetry_drain",
        drain.name,
        comment=made.by("telemetry"),
        origin=made.environment.span("telemetry", app.component.id),
        owner_id=ref(app.address, ".id"),
        owner_type="app",
        endpoint=drain.endpoint,
        exporter_type=drain.exporter,
        signals=drain.signals,
        headers=drain.headers,
    )
