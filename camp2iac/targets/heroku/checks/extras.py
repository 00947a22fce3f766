"""CAMP636: unknown add-ons whose names are similar to a known one."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check the ``extras`` of the environment file."""
    environment = layout.settings.environment
    known = offers.extras()
    for component in layout.topology.components.values():
        for extra in layout.settings.extras(component):
            kind = str(extra["plan"]).partition(":")[0]
            if kind in known or offers.product_with(kind) is not None:
                continue
            best = nearest(kind, sorted({*known, *offers.addon_names()}))
            if best is not None:
                yield Diagnostic(
                    "CAMP636",
                    f"the add-on {kind} of {component.name} is not known: did you mean {best}?",
                    environment.span("extras", component.id) or environment.span("extras", component.name),
                    label="Heroku rejects add-ons that it does not have",
                    help=f"write  {best}, or ignore this warning if the add-on exists",
                )
