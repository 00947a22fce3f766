"""Outcomes of volumes, and of folders in them that web servers serve."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.images import served
from camp2iac.targets.kit import degraded, kept, lost, separate_data
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.topology.model import Component, Service


def outcomes(layout: KubernetesLayout, service: Service) -> Iterator[LedgerEntry]:
    """The outcomes of the volumes of a service."""
    tier = layout.topology.tiers.get(service.tier)
    inside = [each for each in layout.workloads if each.service.id == service.id and not each.once]
    for statement in tier.volumes if tier is not None else ():
        if statement.subject.id != service.id:
            continue
        name = f"volume {statement.value.name}"
        if not inside:
            yield lost(statement, "Nothing of this service runs here.", "See the service.")
        elif statement.value.mount and (operator := layout.operator(inside[0])):
            why = f"{operator.title} decides where the data are in its pods, so  mount  has no effect."
            yield degraded(statement, f"{name}, {statement.value.size} GiB, without mount", why, "Leave  mount  out.")
        elif not layout.copied(inside[0]) and separate_data.apart(layout.topology, service):
            yield degraded(statement, f"{name} for each pod", separate_data.WHY, separate_data.ADVICE)
        elif len(inside) > 1 and inside[0].many:
            why = "Each pod of the first process has a volume. The pods of other processes share that of its first pod."
            yield degraded(statement, f"{name} for each pod", why, "Keep the data in a service that all processes use.")
        elif len(inside) > 1:
            why = "Most kinds of storage allow pods of one node to write, so the processes run on one node."
            yield degraded(statement, f"{name} on one node", why, "Keep the data in a service that all processes use.")
        elif moved := layout.moved(inside[0], statement.value):
            yield degraded(statement, f"{name}, {statement.value.size} GiB", moved, "Leave  mount  out.")
        elif statement.value.type is not None:
            why = "The storage class decides the type."
            yield degraded(statement, f"{name}, {statement.value.size} GiB", why, "Set  storage_class.")
        else:
            yield kept(statement, f"{name}, {statement.value.size} GiB")


def served_outcomes(layout: KubernetesLayout, component: Component) -> Iterator[LedgerEntry]:
    """The outcome of the attribute ``files`` of a web server, if it names the volume of another service."""
    service = layout.topology.services[component.host]
    statement = service.attributes.get("files")
    if statement is None or component.id not in layout.images:
        return
    tier = layout.topology.tiers[service.tier]
    others = (each for each in tier.volumes if each.subject.id != service.id)
    if any(served.inside(service, each.value.mount or "") for each in others):
        why = "The web server runs in other pods than the service that has the volume, perhaps on another node."
        yield lost(statement, why, "Let the component itself serve the files, or keep them in an object store.")
