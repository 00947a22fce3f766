"""Check that the products that others need exist, and that they do not need each other (CAMP323, CAMP324)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue, Product
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest
from camp2iac.topology.model import Service, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Follow ``needs`` from each product in use."""
    seen: set[str] = set()
    for service in topology.services.values():
        if service.product.name not in seen and service.product.name in catalogue.products:
            seen.add(service.product.name)
            yield from _follow(service.product, (), service, catalogue)


def _follow(product: Product, way: tuple[str, ...], service: Service, catalogue: Catalogue) -> Iterator[Diagnostic]:
    if product.name in way:
        circle = " → ".join((*way[way.index(product.name) :], product.name))
        yield Diagnostic(
            "CAMP324",
            f"products of the catalogue need each other in a circle: {circle}",
            service.span,
            label=f"{service.name} is {service.product.title}",
            notes=("each of these products needs the next one, installed before it",),
            help=f"remove one of them from  needs:  in its product.yaml ({product.folder / 'product.yaml'})",
        )
        return
    for name in product.needs:
        if name in catalogue.products:
            yield from _follow(catalogue[name], (*way, product.name), service, catalogue)
        else:
            best = nearest(name, catalogue.products)
            yield Diagnostic(
                "CAMP323",
                f"{product.title} needs a product that is not in the catalogue: {name}",
                service.span,
                label=f"{service.name} is {service.product.title}",
                help=f"write  needs: [{best}]  in its product.yaml"
                if best
                else "add the folder that has it:  --catalogue DIR",
            )
