"""The catalogue for programs; docs/json.md describes both documents."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue, Product
from camp2iac.catalogue.model import LinkForm
from camp2iac.cli import reports
from camp2iac.record import asdict


def listing(products: Catalogue) -> str:
    """All products, sorted by name."""
    return reports.text({"products": [_head(each) for each in products]})


def page(product: Product) -> str:
    """All that a plan needs to know about a product."""
    attributes = [
        {
            "name": name,
            "type": each.type,
            "default": each.default,
            "secret": each.secret,
            "description": each.description,
        }
        for name, each in product.attributes.items()
    ]
    return reports.text(
        {
            **_head(product),
            "description": product.description,
            "system_packages": {os: str(release) for os, release in product.available.items()},
            "vendors": [
                {"title": vendor.title, "systems": {os: list(found.releases) for os, found in vendor.systems.items()}}
                for vendor in product.vendors
            ],
            "port": product.port,
            "characteristics": dict(product.characteristics),
            "requirements": list(product.requirements),
            "artifacts": list(product.artifacts),
            "needs": list(product.needs),
            "databases": list(product.databases),
            "link": _link(product.link) if product.link is not None else None,
            "data": product.data,
            "tested": product.proven or None,
            "attributes": attributes,
            "note": product.note or None,
        }
    )


def _link(link: LinkForm) -> dict[str, object]:
    return {**asdict(link), "encrypted": asdict(link.encrypted) if link.encrypted is not None else None}


def _head(product: Product) -> dict[str, object]:
    return {
        "name": product.name,
        "role": product.role,
        "title": product.title,
        "releases": [str(release) for release in product.releases],
    }
