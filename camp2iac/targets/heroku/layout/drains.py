"""Destinations of logs and telemetry: log drains (cedar), OpenTelemetry (fir)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.record import Record
from camp2iac.synth.module import Value, ref
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.configuration import Asked
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.topology.model import Component

_SIGNALS = ("logs", "metrics", "traces")


class Drain(Record, frozen=True):
    """A log drain. ``asked``: the variable with its URL; None: it is ``url``. ``secret``: it contains a password."""

    name: str
    url: str
    asked: Asked | None = None
    secret: bool = False


class TelemetryDrain(Record, frozen=True):
    """A telemetry drain. ``asked``: the variables that ``headers`` refer to."""

    name: str
    endpoint: str
    exporter: str
    signals: tuple[str, ...]
    headers: Mapping[str, Value]
    asked: tuple[Asked, ...]


def log_drains(component: Component, settings: HerokuSettings) -> tuple[Drain, ...]:
    """The log drains of an app, sorted by URL; those with a variable last."""
    return tuple(
        _drain(component, each, settings) for each in sorted(settings.list_of("drains", component), key=_order)
    )


def telemetry_drains(component: Component, settings: HerokuSettings) -> tuple[TelemetryDrain, ...]:
    """The telemetry drains of an app, sorted by endpoint."""
    given = sorted(settings.list_of("telemetry", component), key=lambda each: str(each["endpoint"]))
    return tuple(_telemetry(component, each, settings) for each in given)


def _order(drain: Any) -> tuple[bool, str]:
    return isinstance(drain, dict), str(drain["variable"] if isinstance(drain, dict) else drain)


def _drain(component: Component, drain: Any, settings: HerokuSettings) -> Drain:
    if isinstance(drain, dict):
        name, place = str(drain["variable"]), settings.environment.span("drains", component.id)
        description = f"URL of the log drain of {component.id}, with its password."
        return Drain(name, "", Asked(name, description, "drains", place))
    secret = "@" in drain.split("://", 1)[-1].split("/")[0] or holds_secret(drain)
    return Drain(_host(drain), drain, secret=secret)


def _telemetry(component: Component, each: Mapping[str, Any], settings: HerokuSettings) -> TelemetryDrain:
    place, endpoint = settings.environment.span("telemetry", component.id), str(each["endpoint"])
    headers: dict[str, Value] = {}
    asked = []
    for name, value in sorted(each["headers"].items()):
        headers[name] = value
        if isinstance(value, dict):
            variable = str(value["variable"])
            asked.append(Asked(variable, f"The header {name} for the telemetry of {component.id}.", "telemetry", place))
            headers[name] = ref(f"var.{variable}")
    return TelemetryDrain(
        names.identifier(component.id, _host(endpoint)),
        endpoint,
        "otlphttp" if "://" in endpoint else "otlp",
        tuple(sorted(each.get("signals", _SIGNALS))),
        headers,
        tuple(asked),
    )


def _host(url: str) -> str:
    """A drain's name: host and port, and a part of the URL's digest if the URL has a path."""
    host, _, more = url.split("://", 1)[-1].partition("/")
    return f"{host}_{hashlib.sha256(url.encode()).hexdigest()[:6]}" if more else host
