"""Releases that content declares to need (``engines``, ``requires-python``), and that instances do not get."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Product, Version, systems
from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine.product_version import supporting
from camp2iac.targets.programs.demands import contradicts
from camp2iac.topology.model import Demand, Service

_BY_GO = "go"  # its build has a check of its own (CAMP227)


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP437: instances have no such release. CAMP438: the content asks for a patch that only a distribution knows."""
    for id_, chosen in layout.sources.items():
        service = layout.topology.services[id_]
        os = layout.images[service.tier].system
        for demand in service.demands:
            own = demand.product.name == service.product.name
            release = chosen.release if own else demand.product.available.get(systems.like(os))
            if release is None or demand.product.name == _BY_GO or contradicts(service, demand):
                continue  # of the last, an error says so already (CAMP231)
            if release not in demand:
                yield _another(service, demand, os, release)
            elif demand.exact and demand.exact != str(release):
                yield _patch(demand, os, release)


def _another(service: Service, demand: Demand, os: str, release: Version) -> Diagnostic:
    product, own = demand.product, demand.product.name == service.product.name
    fitting = [(system, found) for system in supporting(product) if (found := _fitting(product, demand, system, own))]
    others = tuple(each for each in service.demands if each is not demand and not each.pin and release in each)
    notes = [f"these systems fit: {listed([f'{system} has {each}' for system, each in fitting], 'and')}"]
    if not fitting:
        notes = ["no system that camp2iac supports has it"]
    notes += [f"{each.place} asks for {each.words}" for each in others[:1]]
    if service.version is not None and own:
        notes.append(f"the plan asks for {service.version.value}")
    alike = [system for system, _ in fitting if systems.distribution(system) == systems.distribution(os)]
    image = f"use an image of {(alike or [fitting[-1][0]])[-1]} in the environment file, or " if fitting else ""
    return Diagnostic(
        "CAMP437",
        f"{demand.place} asks for {product.title} {_words(demand)}, but instances with {os} get {release}",
        demand.span,
        severity=Severity.WARNING if demand.pin else None,
        label=f"the content of {demand.component}",
        notes=tuple(notes),
        help=f"{image}change {demand.file}",
    )


def _words(demand: Demand) -> str:
    return demand.words.removeprefix(f"{demand.product.title} ")


def _fitting(product: Product, demand: Demand, os: str, own: bool) -> Version | None:
    """A release of the product that meets a demand on an operating system."""
    vendors = product.recipe_for(os).vendors if own else ()
    offered = sorted((release for vendor in vendors for release in vendor.releases(os)), reverse=True)
    first = [product.available[os]] if os in product.available else []
    return next((release for release in (*first, *offered) if release in demand), None)


def _patch(demand: Demand, os: str, release: Version) -> Diagnostic:
    return Diagnostic(
        "CAMP438",
        f"{demand.place} asks for {demand.product.title} {demand.exact} and no other patch of {release}",
        demand.span,
        label=f"instances with {os} get its newest patch of {release}",
        help=f"write a range into {demand.file}, such as  ~> {release}.0"
        if demand.product.name == "ruby"
        else f"write a range into {demand.file}, such as  ~{release}.0",
    )
