"""Outcomes of services: product, version, attributes, what is loaded."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Fix
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Service, Statement

_VOLUME = "- { characteristic_type: org.camp2iac:Volume, size: 10 GiB }"


def outcomes(layout: ContainerLayout, service: Service) -> Iterator[LedgerEntry]:
    """The outcomes of a service."""
    if service.placed is not None:
        yield degraded(
            service.placed, "separate containers", layout.apart, "None needed, unless they use the same files."
        )
    if service.href is not None:
        yield from _elsewhere(service)
    elif (container := layout.services.get(service.id)) is not None:
        yield from _contained(layout, service, container)
    elif service.product.role != "runtime":
        yield from _left_out(layout, service)


def _elsewhere(service: Service) -> Iterator[LedgerEntry]:
    assert service.href is not None  # noqa: S101 - the caller selects such services
    yield kept(service.href, "as in the plan")
    for statement in service.chosen_by:
        yield kept(statement, "a service elsewhere")
    why = "camp2iac does not configure a service that exists elsewhere."
    for each in (*([service.version] if service.version else ()), *(job.statement for job in service.jobs)):
        yield lost(each, why, "Configure it where it runs.")
    for name, attribute in service.attributes.items():
        if name in ("user", "password", "database", "access_key", "secret_key"):
            yield kept(attribute, "in the variables of its clients")
        else:
            yield lost(attribute, why, "Configure it where it runs.")


def _contained(layout: ContainerLayout, service: Service, container: ServiceContainer) -> Iterator[LedgerEntry]:
    products: list[tuple[Statement[object], str]] = [(each, f"image {container.image}") for each in service.chosen_by]
    if service.version is not None:
        products.append((service.version, str(container.release or container.image)))
    forgets, volume = layout.forgets(service), Fix(_VOLUME, file=layout.topology.file)
    for number, (statement, words) in enumerate(products):
        yield degraded(statement, words, forgets, volume) if forgets and not number else kept(statement, words)
    for name, attribute in service.attributes.items():
        resolved = layout.known.resolve(attribute.value)
        if name in container.told and not resolved.missing:
            yield kept(attribute, "setting of its container")
        else:
            why = f"The image of {service.product.title} has no such setting."
            yield lost(
                attribute, why, "Use an image of your own:  images: { SERVICE: IMAGE }  in the environment file."
            )
    for loaded in container.jobs:
        if loaded.lost:
            yield lost(loaded.job.statement, loaded.lost, f"Load it once with  {layout.loads_by}.")
        else:
            yield kept(loaded.job.statement, f"once, {layout.loads_when(service)}")
        for option in loaded.job.options.values():
            yield kept(option, "where it is loaded")


def _left_out(layout: ContainerLayout, service: Service) -> Iterator[LedgerEntry]:
    reason = offers.unsupported(service.product)
    why = reason.why if reason else f"camp2iac knows no image of {service.product.title}."
    help_ = reason.remedy if reason else "Run it elsewhere, and write its address:  href."
    if service.product.role == "balancer":
        why = f"{layout.balances}, and camp2iac runs no other load balancer."
        help_ = "Use Balance in the tier of the components behind it."
    statements: list[Statement[object]] = [*service.chosen_by, *service.attributes.values()]
    statements += [service.version] if service.version else []
    statements += [job.statement for job in service.jobs]
    for statement in statements:
        yield lost(statement, why, help_)
