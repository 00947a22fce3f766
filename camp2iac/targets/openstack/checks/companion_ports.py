"""Ports of companions that something else on the instances has."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import services


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP475."""
    for tier, parts in layout.parts.items():
        taken: dict[int, str] = dict(_taken(layout, tier))
        for each in parts:
            for port in each.part.ports:
                name = each.asked.companion.name
                other = taken.setdefault(port.port, name)
                if other != name:
                    yield Diagnostic(
                        "CAMP475",
                        f"the companion {name} needs port {port.port} on the tier {tier}, but {other} listens there",
                        layout.environment.key_span(name),
                        label=port.what,
                        related=_place(layout, other),
                        help=f"give {other} another port",
                    )


def _taken(layout: OpenStackLayout, tier: str) -> Iterator[tuple[int, str]]:
    for service in services(layout.topology, layout.groups[tier]):
        for front in layout.front_ports.get(service.id, ()):
            yield front.outside, service.id
        for id_ in (service.id, *service.components):
            if (port := layout.ports.get(id_)) is not None:
                yield port, id_


def _place(layout: OpenStackLayout, id_: str) -> tuple[Label, ...]:
    found = layout.topology.components.get(id_) or layout.topology.services.get(id_)
    return (Label(found.span, f"{id_} is declared here"),) if found else ()
