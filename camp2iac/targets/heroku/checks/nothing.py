"""CAMP461 and CAMP484: a plan of which Heroku runs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import bare


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """An output without an app has nothing to apply, and hides that the plan is for another platform."""
    component = next(iter(layout.left_out), None)
    if layout.apps:
        return
    if component is None:
        yield from bare.check(layout.topology)
        return
    reason = layout.given.unsupported(component)
    yield Diagnostic(
        "CAMP461",
        "Heroku can deploy nothing of this plan",
        component.span,
        label=f"{component.name} is not deployed, and nothing else is an app",
        notes=(reason.why,) if reason else (),
        help="compile it for another platform, or name a buildpack in "
        f"{layout.settings.file}:  buildpacks: {{ {component.id}: [URL] }}",
    )
