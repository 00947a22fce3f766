"""``camp2iac catalogue``."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options
from camp2iac.cli.console import Console, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from camp2iac.catalogue import Catalogue, Product

_WIDTH = 100


@click.group("catalogue")
@options.common
def command() -> None:
    """List the products that plans can use, or show one.

    \b
    camp2iac catalogue list
    camp2iac catalogue show postgresql
    camp2iac catalogue list --catalogue ./products
    """


@command.command("list")
@options.catalogue
@options.report("pretty", "json", of="list")
@options.common
@click.pass_obj
def list_products(console: Console, catalogue: tuple[Path, ...], output: str) -> int:
    """List the products.

    \b
    camp2iac catalogue list
    """
    products = _load(console, catalogue, output)
    if products is None:
        return 1
    if output == "json":
        from camp2iac.cli import catalogue_json

        console.result(catalogue_json.listing(products))
        return 0
    rows = [(each.name, each.role, each.title, _releases(each)) for each in products]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        console.result("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")
    return 0


@command.command("show")
@click.argument("name")
@options.catalogue
@options.report("pretty", "json", of="page")
@options.common
@click.pass_obj
def show(console: Console, name: str, catalogue: tuple[Path, ...], output: str) -> int:
    """Show one product: its types, releases and attributes.

    \b
    camp2iac catalogue show postgresql
    """
    from camp2iac.diagnostics.suggest import choices, nearest

    products = _load(console, catalogue, output)
    if products is None:
        return 1
    if name not in products.products:
        near = nearest(name, products.products)
        statement = f"did you mean {near}?" if near else f"write one of {choices(name, products.products)}"
        raise click.UsageError(f"there is no product {options.printed(repr(name))}; {statement}")
    if output == "json":
        from camp2iac.cli import catalogue_json

        console.result(catalogue_json.page(products[name]))
        return 0
    console.result(_page(products[name], columns(_WIDTH) or _WIDTH))
    return 0


def _load(console: Console, folders: tuple[Path, ...], output: str) -> Catalogue | None:
    """The products; None after printing errors if some cannot be read."""
    from camp2iac.catalogue import load
    from camp2iac.diagnostics import Diagnostics

    diagnostics = Diagnostics()
    products = load(folders, diagnostics)
    if output == "json" and diagnostics.failed:
        from camp2iac.cli import reports

        console.result(reports.rendered(None, diagnostics.ordered(), {}))
    else:
        console.diagnostics(diagnostics.ordered(), {})
    return None if diagnostics.failed else products


def _releases(product: Product) -> str:
    return ", ".join(map(str, product.releases))


def _vendors(product: Product) -> Iterator[str]:
    """The releases that vendors have: ``NodeSource: debian-12 18, 20; ...``."""
    for vendor in product.vendors:
        systems = (f"{os} {' '.join(found.releases)}" for os, found in vendor.systems.items())
        yield f"{vendor.title}: {', '.join(systems)}"


def _page(product: Product, width: int) -> str:
    rows = {
        "role": product.role,
        "releases": _releases(product),
        "system packages": ", ".join(f"{os} {release}" for os, release in product.available.items()),
        "vendors": "; ".join(_vendors(product)),
        "port": str(product.port or ""),
        "characteristics": ", ".join(product.characteristics),
        "requirements": ", ".join(product.requirements),
        "artifacts": ", ".join(product.artifacts),
        "needs": ", ".join(product.needs),
        "stores data in": " or ".join(product.databases),
        "variable": f"{product.link.variable}: {product.link.url}" if product.link else "",
        "data": product.data or "",
        "tested": product.proven or "not yet",
    }
    lines = [f"{product.title} ({product.name})", "", *textwrap.wrap(product.description, width), ""]
    lines += _table({name: value for name, value in rows.items() if value}, width)
    if product.attributes:
        lines += ["", "Attributes (org.camp2iac:Attributes):"]
        lines += _table({f"  {name}": _attribute(product, name) for name in product.attributes}, width)
    if product.note:
        lines += ["", *textwrap.wrap(product.note, width)]
    return "\n".join(lines) + "\n"


def _attribute(product: Product, name: str) -> str:
    attribute = product.attributes[name]
    secret = ", secret" if attribute.secret else ""
    default = "" if attribute.default is None else f" (default: {attribute.default})"
    return f"{attribute.type}{secret}. {attribute.description.rstrip('.')}.{default}"


def _table(rows: dict[str, str], width: int) -> list[str]:
    lead = max(map(len, rows)) + 2
    lines = []
    for name, value in rows.items():
        lines += textwrap.wrap(
            value, width, initial_indent=f"{name:<{lead}}", subsequent_indent=" " * lead, break_long_words=False
        )
    return lines
