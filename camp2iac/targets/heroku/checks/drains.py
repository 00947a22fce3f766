"""CAMP618: log drains with a password in their URL."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the log drains of all apps."""
    for app in layout.apps.values():
        if any(drain.secret for drain in app.drains):
            yield Diagnostic(
                "CAMP618",
                f"the URL of the log drain of {app.component.name} contains a password",
                layout.settings.environment.span("drains", app.component.id),
                label="environment files must not contain passwords",
                help="write  { variable: log_url }  and set the variable when you apply: -var 'log_url=...'",
            )
