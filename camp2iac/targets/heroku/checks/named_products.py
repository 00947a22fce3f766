"""Services that get another product than the plan names, or whose version has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import replace
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology import named_products


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """CAMP411, CAMP412. Some add-ons are the product that the plan names; their vendors choose the version."""
    runs = {addon.service.id: addon.addon.runs for addon in layout.attachments.addons.values()}
    for service in layout.topology.services.values():
        for named in service.named:
            own = named.instead and named.title == runs.get(service.id)
            if not own:
                yield named_products.report(service.name, service.product, named)
            elif named.version:
                yield named_products.report(service.name, service.product, replace(named, instead=False))
