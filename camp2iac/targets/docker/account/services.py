"""Outcomes of services: product, version, attributes, what is loaded, volumes."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.docker import offers
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.layout.services import ServiceContainer
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Service, Statement

_SHARE = (
    "Each service and each process has a container of its own. They do not share 127.0.0.1 or a disk, except volumes "
    "with files that a web server of the tier serves."
)


def outcomes(layout: DockerLayout, service: Service) -> Iterator[LedgerEntry]:
    """The outcomes of a service."""
    if service.placed is not None:
        yield degraded(service.placed, "separate containers", _SHARE, "None needed, unless they use the same files.")
    if service.href is not None:
        yield from _elsewhere(service)
    elif (container := layout.services.get(service.id)) is not None:
        yield from _contained(layout, service, container)
    elif service.product.role != "runtime":
        yield from _left_out(service)
    yield from _volumes(layout, service)


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


def _contained(layout: DockerLayout, service: Service, container: ServiceContainer) -> Iterator[LedgerEntry]:
    for statement in service.chosen_by:
        yield kept(statement, f"image {container.image}")
    if service.version is not None:
        yield kept(service.version, str(container.release or container.image))
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
            yield lost(loaded.job.statement, loaded.lost, "Load it once with  docker exec.")
        else:
            yield kept(loaded.job.statement, "once, when the container starts")
        for option in loaded.job.options.values():
            yield kept(option, "where it is loaded")


def _left_out(service: Service) -> Iterator[LedgerEntry]:
    reason = offers.unsupported(service.product)
    why = reason.why if reason else f"camp2iac knows no image of {service.product.title}."
    help_ = reason.remedy if reason else "Run it elsewhere, and write its address:  href."
    if service.product.role == "balancer":
        why = "camp2iac puts its own HAProxy in front of containers, and runs no other load balancer."
        help_ = "Use Balance in the tier of the components behind it."
    statements: list[Statement[object]] = [*service.chosen_by, *service.attributes.values()]
    statements += [service.version] if service.version else []
    statements += [job.statement for job in service.jobs]
    for statement in statements:
        yield lost(statement, why, help_)


def _volumes(layout: DockerLayout, service: Service) -> Iterator[LedgerEntry]:
    tier = layout.topology.tiers.get(service.tier)
    mounted = {each.service.id for each in layout.workloads if not each.once}
    for statement in tier.volumes if tier is not None else ():
        if statement.subject.id != service.id:
            continue
        if service.id in mounted:
            why = "The engine does not limit the size of a volume, and its type is that of the computer's disk."
            yield degraded(
                statement, f"volume {statement.value.name}, without a size", why, "None needed to try the plan."
            )
        else:
            yield lost(statement, "Nothing of this service runs here.", "See the service.")
