"""Web servers that pass requests on to other components, which is not possible between apps."""

from __future__ import annotations

from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology.model import Statement, TextValue


def behind(layout: HerokuLayout, statement: Statement[TextValue]) -> tuple[str, ...]:
    """The deployed components whose addresses an attribute has (``IP()``, ``IPALL()``), sorted."""
    tiers = {reference.name for reference in statement.value.references if reference.kind in ("IP", "IPALL")}
    apps = (app.component for app in layout.apps.values())
    return tuple(sorted(component.id for component in apps if tiers & {component.tier, component.host, component.id}))
