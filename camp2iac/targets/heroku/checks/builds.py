"""CAMP442, CAMP445, CAMP448: content that Heroku cannot download, build or start."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Report what the runtimes found in the copies, and URLs that are not archives."""
    for app in layout.apps.values():
        reported = app.component.id in layout.given.broken  # why it cannot start
        yield from (fault for fault in app.build.faults if not (reported and fault.code == "CAMP445"))
        if app.build.source is not None and app.build.source.fault is not None:
            yield app.build.source.fault
