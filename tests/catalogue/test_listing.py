"""docs/catalogue.md lists the catalogue as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from camp2iac.catalogue import Product, load
from camp2iac.catalogue.vendor import Vendor

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
BEGIN = "<!-- the products: written by `pytest tests/catalogue --regen` -->\n"
END = "<!-- end of the products -->\n"


def listing() -> str:
    columns = ("product", "chosen by", "artifacts", "Debian 11, 12, 13", "Ubuntu 22.04, 24.04", "RHEL 9", "proven")
    head = f"| {' | '.join(columns)} |\n" + "|---" * len(columns) + "|\n"
    return head + "".join(row(product) for product in load())


def row(product: Product) -> str:
    def release(system: str) -> str:
        return str(product.available.get(system, "–"))

    cells = (
        f"**{product.title}** (`{product.name}`): {product.description}"
        + (f" *{product.note}*" if product.note else ""),
        ", ".join(f"`{name}`" for name in product.characteristics),
        ", ".join(f"`{name}`" for name in product.artifacts) or "–",
        ", ".join(release(f"debian-{number}") for number in (11, 12, 13)),
        ", ".join(release(f"ubuntu-{number}") for number in ("22.04", "24.04")),
        release("rhel-9"),
        product.proven or "not proven",
    )
    return f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |\n"


VENDORS = "<!-- the vendors: written by `pytest tests/catalogue --regen` -->\n"
END_OF_VENDORS = "<!-- end of the vendors -->\n"


def vendors() -> str:
    head = "| product | vendor | repository | releases | key | looked up |\n" + "|---" * 6 + "|\n"
    return head + "".join(
        f"| `{product.name}` | {vendor.title} | {vendor.url} | {releases(vendor)} | `{vendor.key.fingerprint}` "
        f"| {vendor.as_of} |\n"
        for product in load()
        for vendor in product.vendors
    )


def releases(vendor: Vendor) -> str:
    """The releases, and the systems that have them."""
    systems: dict[tuple[str, ...], list[str]] = {}
    for os, found in vendor.systems.items():
        systems.setdefault(found.releases, []).append(os)
    return "; ".join(f"{', '.join(found)} ({', '.join(names)})" for found, names in systems.items())


def test_the_vendors(golden: Callable[[Path, str], None]) -> None:
    before, _, rest = PAGE.read_text().partition(VENDORS)
    after = rest.partition(END_OF_VENDORS)[2]
    golden(PAGE, f"{before}{VENDORS}{vendors()}{END_OF_VENDORS}{after}")


def test_the_listing(golden: Callable[[Path, str], None]) -> None:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    golden(PAGE, f"{before}{BEGIN}{listing()}{END}{after}")
