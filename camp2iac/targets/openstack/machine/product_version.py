"""Which release of a product instances get, and whether it fits the plan."""

from __future__ import annotations

from camp2iac.catalogue import systems
from camp2iac.catalogue.model import Product
from camp2iac.catalogue.vendor import VendorRepository
from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout.software_sources import ChosenSource
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Service, Statement


def installed(given: MachineInput, service: Service) -> Version | None:
    """Return the release that instances get. Report that there is none for the plan (CAMP420, CAMP421).

    A release from a vendor is a note (CAMP433).
    """
    product, os = service.product, given.infrastructure.os
    chosen = given.infrastructure.sources.get(service.id, ChosenSource(None))
    own = product.available.get(systems.like(os))
    offered = tuple(release for vendor in product.recipe_for(os).vendors for release in vendor.releases(os))
    if own is None and not offered and supporting(product):
        given.context.diagnostics.add(_nowhere(service, os))
        return None
    if chosen.release is None and service.version is not None and (own or offered):
        given.context.diagnostics.add(_another(service, service.version, os, offered))
        return own
    if chosen.release is not None and service.version is not None:
        given.context.ledger.keep(service.version, chosen.words)
    if chosen.source:
        given.context.diagnostics.add(_note(service, os, chosen.source, chosen.release))
    return chosen.release


def _nowhere(service: Service, os: str) -> Diagnostic:
    able = supporting(service.product)
    return Diagnostic(
        "CAMP421",
        f"camp2iac cannot install {service.product.title} on {os}",
        service.span,
        label=f"{service.name} runs on {os}",
        notes=(f"it can on {systems.words(able)}",),
        help=f"use an image of one of these systems, and name it in the environment file:  os: {able[0]}",
    )


def supporting(product: Product) -> list[str]:
    """The operating systems that the catalogue can install a product on, sorted."""
    return sorted({*product.available, *(os for vendor in product.vendors for os in vendor.systems)})


def _another(service: Service, statement: Statement[VersionRange], os: str, offered: tuple[Version, ...]) -> Diagnostic:
    product, own = service.product, service.product.available.get(systems.like(os))
    fitting = [(name, found) for name in supporting(product) for found in _fitting(product, name, statement.value)[:1]]
    has = [str(each) for each in sorted({*offered, *([own] if own else ())})]
    where = os if not offered else f"the distribution or a vendor for {os}"
    return Diagnostic(
        "CAMP420",
        f"{where} has {product.title} {_list(has) if has else own}, but {service.name} requires {statement.value}",
        statement.span,
        label=statement.value.words(),
        notes=(f"these systems fit: {_list([f'{name} has {found}' for name, found in fitting])}",)
        if fitting
        else ("no system that camp2iac supports has it",),
        help=_wider(statement.value, own or max(offered), [name for name, _ in fitting]),
    )


def _fitting(product: Product, os: str, wanted: VersionRange) -> list[Version]:
    own = [product.available[os]] if os in product.available else []
    offered = [release for vendor in product.recipe_for(os).vendors for release in vendor.releases(os)]
    return [release for release in (*own, *sorted(offered, reverse=True)) if release in wanted]


def _note(service: Service, os: str, source: VendorRepository, release: Version | None) -> Diagnostic:
    product, system = service.product, systems.like(os)
    own = None if system in product.recipe_for(os).apt else product.available.get(system)
    why = f"{os} has {own}" if own else f"{os} has no package of it"
    asked = [each for each in service.demands if own and own not in each and release and release in each]
    if asked and (service.version is None or (own and own in service.version.value)):
        why = f"{why}, and {asked[0].place} asks for {asked[0].words}"
    return Diagnostic(
        "CAMP433",
        f"{service.name} gets {product.title} {release} from the repository of {source.title}",
        service.version.span if service.version else service.span,
        label=why,
        notes=(f"only these packages come from {source.url}: {', '.join(source.pin)}",),
    )


def _wider(wanted: VersionRange, release: Version, fitting: list[str]) -> str:
    write = f'write  version: "{release}"  or a range that contains it'
    return f"{write},\nor use an image of {fitting[-1]} in the environment file" if fitting else write


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def bounds(wanted: VersionRange, release: Version) -> tuple[tuple[str, str], ...]:
    """Return the range for dpkg --compare-versions, with as many numbers as the release has."""
    depth = len(release.text.split("."))
    found = []
    if wanted.low is not None:
        low = ".".join(wanted.low.text.split(".")[:depth])
        found.append(("ge" if wanted.low_included or low != wanted.low.text else "gt", low))
    if wanted.high is not None and wanted.high != wanted.low:
        high = wanted.high.text.split(".")
        upto = wanted.high_included or len(high) > depth
        found.append(("le" if upto else "lt", ".".join(high[:depth])))
    return tuple(found)
