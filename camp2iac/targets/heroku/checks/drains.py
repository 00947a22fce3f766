"""CAMP618: log drains with a password in their URL."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """The log drains of all apps."""
    for app in layout.apps.values():
        if any(drain.secret for drain in app.drains):
            yield Diagnostic(
                "CAMP618",
                f"the drain of {app.component.name} has a password in it",
                layout.settings.environment.span("drains", app.component.id),
                label="this file is not the place for it",
                help="write  { variable: log_url }  and give it when applying: -var 'log_url=...'",
            )
