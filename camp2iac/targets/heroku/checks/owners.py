"""CAMP615: owners of add-ons that do not connect to them."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku.layout.attachments import candidates, users
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """``addons: { SERVICE: { owner: COMPONENT } }``."""
    for addon in layout.attachments.addons.values():
        service, wanted = addon.service, layout.settings.owner(addon.service.id)
        if wanted is None or wanted in (addon.owner.id, addon.owner.name):
            continue
        can = candidates(users(service, layout.given), layout.topology)
        yield Diagnostic(
            "CAMP615",
            f"the owner of {service.id} is not a component that connects to it: {wanted}",
            layout.settings.environment.span("addons", service.id, "owner"),
            label="does not connect to it",
            help=f"it can be {listed((component.name for component in can), 'or')}",
        )
