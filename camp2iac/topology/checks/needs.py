"""Check that each product has what it needs on its instances, installed before it (CAMP354)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.topology.model import Service, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check the ``needs`` of each product in the services of its tier, in the order of the plan."""
    for tier in topology.tiers.values():
        services = [topology.services[id_] for id_ in tier.services]
        for position, service in enumerate(services):
            for name in service.product.needs if service.href is None else ():
                there = [each for each in services if each.product.name == name]
                if service.product.name in _all_needs(name, catalogue):
                    continue  # CAMP324
                if name in catalogue.products and not any(each in services[:position] for each in there):
                    yield _missing(service, name, tier.id, there, catalogue)


def _all_needs(name: str, catalogue: Catalogue) -> set[str]:
    """The products that it needs, directly and indirectly."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in catalogue.products and each not in found:
            found.add(each)
            waiting += catalogue[each].needs
    return found


def _missing(service: Service, name: str, tier: str, there: list[Service], catalogue: Catalogue) -> Diagnostic:
    title = catalogue[name].title
    if there:
        help_ = f"move {there[0].name} above {service.name}: camp2iac installs services of a tier in the plan's order"
    else:
        type_ = min(catalogue[name].characteristics, key=lambda each: (each != title, len(each), each), default=name)
        help_ = (
            f"put it on the same tier, above {service.name}:\n  - id: {name}\n    characteristics:\n"
            f"      - characteristic_type: {type_}\n"
            f"      - {{ characteristic_type: org.camp2iac:Placement, tier: {tier} }}"
        )
    return Diagnostic(
        "CAMP354",
        f"{service.product.title} needs {title} on its instances, installed before it",
        service.span,
        label=f"{service.name} is {service.product.title}"
        + (f", and {there[0].name} comes after it" if there else f"; its tier has no {title}"),
        help=help_,
    )
