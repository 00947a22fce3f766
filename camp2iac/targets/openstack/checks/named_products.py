"""Services that get another product than the plan names, or whose version has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology import named_products

STAGE = Stage.BESIDE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP411, CAMP412."""
    for service in layout.plan.services.values():
        for named in service.named:
            yield named_products.report(service.name, service.product, named)
