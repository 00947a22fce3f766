"""Web servers that pass requests on to other components, which is not possible between apps."""

from __future__ import annotations

from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology.model import Statement, TextValue


def behind(layout: HerokuLayout, statement: Statement[TextValue]) -> tuple[str, ...]:
    """The deployed components whose addresses an attribute of another service has (``IP()``, ``IPALL()``), sorted."""
    tiers = {reference.name for reference in statement.value.references if reference.kind in ("IP", "IPALL")}
    others = [app.component for app in layout.apps.values() if app.host.id != statement.subject.id]
    return tuple(sorted(each.id for each in others if tiers & {each.tier, each.host, each.id}))
