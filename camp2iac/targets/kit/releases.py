"""Which of the releases that a platform offers is used."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.catalogue.versions import Version
from camp2iac.topology.model import Service


def fitting(versions: Iterable[Version], service: Service, component: str) -> Version | None:
    """The newest release that the plan asks for, and that the content of a component can use if there is one."""
    fit = [version for version in versions if service.accepts(version)]
    named = service.product.name
    own = [each for each in service.demands if each.component == component and each.product.name == named]
    for demands in (own, [each for each in own if not each.pin]):
        if both := [version for version in fit if all(version in each for each in demands)]:
            return max(both)
    return max(fit, default=None)
