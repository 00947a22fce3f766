"""What a characteristic of a service says that its product does not have: another product, and a version."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.model import ServiceSpecification
from camp2iac.camp.nodes import Scalar
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.record import Record

_KEY = "version"


class NamedProduct(Record, frozen=True):
    """A characteristic that has a version which the product does not read, or that names another product.

    ``title``: what it names: MySQL. ``instead``: the product is used instead of it. ``version``: as written, or empty.
    """

    title: str
    instead: bool
    version: str
    span: Span


def find(spec: ServiceSpecification, product: Product) -> tuple[NamedProduct, ...]:
    """The characteristics of this kind, in the order of the plan."""
    return tuple(_named(spec, product))


def _named(spec: ServiceSpecification, product: Product) -> Iterator[NamedProduct]:
    others = {title.lower(): title for title in product.stands_in_for}
    for each in spec.characteristics:
        type_ = each.characteristic_type
        if product.characteristics.get(type_.value, _KEY) is not None:
            continue
        name = type_.value.rpartition(":")[2]
        given = each.extensions.get(_KEY)
        version = given.text if isinstance(given, Scalar) else str(given.plain) if given else ""
        if name.lower() in others or given is not None:
            span = each.extensions.key(_KEY).span if given is not None else type_.span
            yield NamedProduct(others.get(name.lower(), name), name.lower() in others, " ".join(version.split()), span)


def report(service: str, product: Product, named: NamedProduct) -> Diagnostic:
    """CAMP411: the version has no effect. CAMP412: another product is used instead."""
    key = next((type_ for type_, key in product.characteristics.items() if key), "")
    newest = str(product.known_releases[-1]) if product.known_releases else "1.0"
    if named.instead and not named.version:
        return Diagnostic(
            "CAMP412",
            f"{service} gets {product.title}, because camp2iac cannot install {named.title}",
            named.span,
            label=f"{product.title} is used instead",
            help=f"write  characteristic_type: {key}  if this is what you want",
        )
    if named.instead:
        return Diagnostic(
            "CAMP411",
            f"{service} requires {named.title} {named.version}, but gets {product.title}",
            named.span,
            label=f"this is a version of {named.title}, so it has no effect",
            help=f"require a version of {product.title}, for example\n"
            f'- characteristic_type: {key}\n  {_KEY}: "{newest}"',
        )
    return Diagnostic(
        "CAMP411",
        f"the version of {named.title} that {service} requires has no effect",
        named.span,
        label=f"camp2iac does not choose the version of {named.title}",
        notes=(product.note,) if product.note else (),
        help="remove it",
    )
