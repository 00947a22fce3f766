"""CAMP615: owners of add-ons that do not connect to the service."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku.layout.attachments import candidates, users
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check ``addons: { SERVICE: { owner: COMPONENT } }``."""
    for addon in layout.attachments.addons.values():
        service, wanted = addon.service, layout.settings.owner(addon.service.id)
        if wanted is None or wanted in (addon.owner.id, addon.owner.name):
            continue
        can = candidates(users(service, layout.given), layout.topology)
        yield Diagnostic(
            "CAMP615",
            f"{wanted} cannot own {service.id}, because it does not connect to it",
            layout.settings.environment.span("addons", service.id, "owner"),
            label=f"this component does not connect to {service.id}",
            help=f"write one of {listed((component.name for component in can), 'or')}",
        )
