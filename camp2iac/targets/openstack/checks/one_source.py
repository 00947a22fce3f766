"""Services of one product on the same instances, which can have only one release of it."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP436: a vendor's packages would replace those of another service."""
    for group in layout.groups.values():
        first: dict[str, str] = {}
        for id_ in group.tier.services:
            if id_ not in layout.sources:
                continue
            service, chosen = layout.topology.services[id_], layout.sources[id_]
            other = layout.topology.services[first.setdefault(service.product.name, id_)]
            if layout.sources[other.id] != chosen:
                before = layout.sources[other.id]
                yield Diagnostic(
                    "CAMP436",
                    f"{other.name} and {service.name} share instances and need two releases of {service.product.title}",
                    service.version.span if service.version else service.span,
                    label=f"gets {chosen.words}",
                    related=(Label((other.version or other).span, f"gets {before.words}"),),
                    help="require ranges of releases that one release fits, or put one of them on a tier of its own:\n"
                    f"  - characteristic_type: org.camp2iac:Placement\n    tier: {service.id}",
                )
