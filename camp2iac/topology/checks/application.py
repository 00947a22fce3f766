"""Check products that are applications: they have one component, which connects to a database (CAMP350, CAMP351)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.diagnostics.suggest import choices
from camp2iac.topology.model import Service, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check each service whose product has ``databases``."""
    for service in topology.services.values():
        if service.product.databases and service.href is None:
            yield from _database(topology, service, catalogue)
            yield from _one(topology, service)


def _database(topology: Topology, service: Service, catalogue: Catalogue) -> Iterator[Diagnostic]:
    product = service.product
    components = [topology.components[id_] for id_ in service.components]
    linked = [topology.services[link.service].product.name for one in components for link in one.links]
    if len([name for name in linked if name in product.databases]) == 1:
        return
    titles = [catalogue[name].title for name in product.databases if name in catalogue.products]
    where = components[0] if components else service
    yield Diagnostic(
        "CAMP350",
        f"{product.title} stores its data in {' or '.join(titles)}, but {where.name} connects to "
        + ("none" if not any(name in product.databases for name in linked) else "several"),
        where.span,
        label=f"{service.name} is {product.title}",
        help="add to the requirements of the artifact\n  - requirement_type: ConnectTo\n    fulfillment:\n"
        f"      id: database\n      characteristics:\n        - characteristic_type: {titles[0]}"
        if components
        else f"add an artifact of the type {choices(product.name, product.artifacts)} that runs on it,\n"
        "with a requirement that connects it to its database",
    )


def _one(topology: Topology, service: Service) -> Iterator[Diagnostic]:
    components = sorted((topology.components[id_] for id_ in service.components), key=lambda one: one.span)
    for other in components[1:]:
        first = components[0]
        yield Diagnostic(
            "CAMP351",
            f"{first.name} and {other.name} both run on {service.name}, which is one {service.product.title}",
            other.span,
            label="the second",
            related=(Label(first.span, "the first"),),
            help=f"put both into one artifact, or let {other.name} run on its own service",
        )
