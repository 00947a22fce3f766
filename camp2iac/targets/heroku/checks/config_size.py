"""CAMP462: more configuration than an app may have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout

_MOST = 64 * 1024
"""Names and values of an app together. Source: https://devcenter.heroku.com/articles/config-vars (2026-12-01)."""


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check what is known before the apply: names, and values that are strings."""
    for app in layout.apps.values():
        known = {**app.configuration.plain, **app.configuration.sensitive}
        sizes = {
            name: len(name.encode()) + len(value.encode(errors="surrogatepass") if isinstance(value, str) else b"")
            for name, value in known.items()
        }
        if sum(sizes.values()) > _MOST:
            yield _too_much(layout, app, sizes)


def _too_much(layout: HerokuLayout, app: App, sizes: dict[str, int]) -> Diagnostic:
    largest = max(sizes, key=lambda name: sizes[name])
    component, environment = app.component, layout.settings.environment
    spans: list[Span | None] = [each.value.span for each in component.variables if each.name == largest]
    spans += [environment.span("variables", key, largest) for key in (component.id, component.name)]
    return Diagnostic(
        "CAMP462",
        f"the variables of {component.name} have {sum(sizes.values())} bytes, and Heroku takes at most {_MOST}",
        next((span for span in spans if span is not None), component.span),
        label=f"{largest} has {sizes[largest]} of them",
        help="put large values into a file of the content, or into a database",
    )
