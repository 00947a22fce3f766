"""Where logs go, by the environment: log drains (cedar), OpenTelemetry (fir)."""

from __future__ import annotations

import hashlib
from typing import Any

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.synth.module import Value, ref
from camp2iac.targets.heroku import names
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.topology.model import Component

_SIGNALS = ("logs", "metrics", "traces")


def lower(low: Lowering, component: Component) -> None:
    """The drains of an app; CAMP618 for one with a password in its URL."""
    for drain in sorted(low.settings.of("drains", component), key=_order):
        _drain(low, component, drain)
    for each in sorted(low.settings.of("telemetry", component), key=lambda each: str(each["endpoint"])):
        _telemetry(low, component, each)


def _order(drain: Any) -> tuple[bool, str]:
    return isinstance(drain, dict), str(drain["variable"] if isinstance(drain, dict) else drain)


def _drain(low: Lowering, component: Component, drain: Any) -> None:
    place = low.context.environment.span("drains", component.id)
    if isinstance(drain, dict):
        name = str(drain["variable"])
        description = f"URL that the log of {component.id} is sent to, with its password."
        url: dict[str, Value] = {"sensitive_url": low.asked(name, description, "drains", place)}
    elif "@" in drain.split("://", 1)[-1].split("/")[0] or holds_secret(drain):
        low.diagnostics.add(
            Diagnostic(
                "CAMP618",
                f"the drain of {component.name} has a password in it",
                place,
                label="this file is not the place for it",
                help="write  { variable: log_url }  and give it when applying: -var 'log_url=...'",
            )
        )
        return
    else:
        name, url = _host(drain), {"url": drain}
    low.resource(
        low.file(component),
        "heroku_drain",
        names.identifier(component.id, name),
        comment=low.by("drains"),
        origin=place,
        app_id=ref(low.app(component), ".id"),
        **url,
    )


def _telemetry(low: Lowering, component: Component, each: dict[str, Any]) -> None:
    place = low.context.environment.span("telemetry", component.id)
    headers: dict[str, Value] = {}
    for name, value in sorted(each["headers"].items()):
        headers[name] = value
        if isinstance(value, dict):
            description = f"{name}, for the telemetry of {component.id}."
            headers[name] = low.asked(str(value["variable"]), description, "telemetry", place)
    endpoint = str(each["endpoint"])
    low.resource(
        low.file(component),
        "heroku_telemetry_drain",
        names.identifier(component.id, _host(endpoint)),
        comment=low.by("telemetry"),
        origin=place,
        owner_id=ref(low.app(component), ".id"),
        owner_type="app",
        endpoint=endpoint,
        exporter_type="otlphttp" if "://" in endpoint else "otlp",
        signals=tuple(sorted(each.get("signals", _SIGNALS))),
        headers=headers,
    )


def _host(url: str) -> str:
    """What a drain is called: by host and port, and where the URL says more than that, by a part of its digest."""
    host, _, more = url.split("://", 1)[-1].partition("/")
    return f"{host}_{hashlib.sha256(url.encode()).hexdigest()[:6]}" if more else host
