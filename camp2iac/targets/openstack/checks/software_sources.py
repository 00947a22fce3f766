"""``sources`` in the environment file: releases that the chosen source does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import systems
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout import software_sources
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.software_sources import DEFAULT, Origins, SourceWish
from camp2iac.topology.model import Service


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP434: ``distribution`` excludes the only source. CAMP435: a product has no such repository of a vendor."""
    for id_ in layout.sources:
        service = layout.topology.services[id_]
        os = layout.images[service.tier].system
        wish, can = layout.settings.sources.of(service.product.name), software_sources.origins(service, os)
        if wish.origin == "distribution" and layout.sources[id_].release is None and (can.source or can.packaged):
            yield _forbidden(layout, service, os, can)
        elif wish.own and wish.origin == "vendor" and can.source is None:
            yield _none(layout, service, os)


def _place(layout: OpenStackLayout, service: Service, wish: SourceWish) -> Span | None:
    environment, name = layout.environment, service.product.name
    if wish.own:
        return environment.span("sources", name)
    return environment.span("sources", DEFAULT) or environment.span("sources")


def _asked(service: Service) -> str:
    """The product with the range that the plan asks for."""
    words = str(service.version.value) if service.version else ""
    if not words:
        words = next((f"{each.words} ({each.place})" for each in service.demands if not each.pin), "")
    return f"{service.product.title} {words}".rstrip()


def _forbidden(layout: OpenStackLayout, service: Service, os: str, can: Origins) -> Diagnostic:
    product = service.product
    own = None if can.packaged else product.available.get(systems.like(os))
    vendor = can.source.title if can.source else "its vendor"
    return Diagnostic(
        "CAMP434",
        f"{service.name} needs {_asked(service)}, which {os} does not have, and sources forbids its vendor",
        _place(layout, service, layout.settings.sources.of(product.name)),
        label=f"only {vendor} has {product.title} {can.vendor}" if can.vendor else f"only {vendor} has it",
        notes=(f"{os} has {product.title} {own}",) if own else (),
        help=f"write  sources: {{ default: distribution, {product.name}: vendor }}"
        + (f",\nor a range in the plan that contains {own}" if own else ""),
    )


def _none(layout: OpenStackLayout, service: Service, os: str) -> Diagnostic:
    product = service.product
    offered = sorted({r for vendor in product.recipe_for(os).vendors for r in vendor.releases(os)})
    known = f"vendors have {listed(map(str, offered))} for {os}" if offered else ""
    return Diagnostic(
        "CAMP435",
        f"the catalogue has no repository of a vendor with {_asked(service)} for {os}",
        _place(layout, service, layout.settings.sources.of(product.name)),
        label=f"{service.name} runs on {os}",
        notes=(known,) if known else (),
        help=f"remove  {product.name}  from sources"
        + (
            ", or require one of these releases in the plan"
            if offered
            else ", or add a product that has one:  --catalogue DIR"
        ),
    )
