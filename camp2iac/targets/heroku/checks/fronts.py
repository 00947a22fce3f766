"""Apps of web servers that pass requests on elsewhere, and only serve their own files here."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku.layout import fronts
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """CAMP413."""
    for app in layout.apps.values():
        for statement in app.host.attributes.values():
            if behind := fronts.behind(layout, statement):
                yield Diagnostic(
                    "CAMP413",
                    f"the app of {app.component.name} passes no requests on to {listed(behind)}",
                    statement.span,
                    label="apps cannot connect to the dynos of others",
                    notes=(f"it serves only the files of {app.component.name}, and costs what an app costs",),
                    help=f"let users connect to {behind[0]}. If {app.component.name} has no files for them, "
                    "stop its app:\n" + " ".join(f"-var '{each.name}_count=0'" for each in app.formations.all),
                )
