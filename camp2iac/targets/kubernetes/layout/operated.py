"""Services that an operator of the cluster runs: ``operators`` of the environment file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.record import replace
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.containers.layout.workloads import RELEASE, Workload
from camp2iac.targets.kubernetes import operators
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.settings import KubernetesSettings
from camp2iac.targets.kubernetes.operators import Operator
from camp2iac.topology.model import Service


def chosen(services: Iterable[Service], settings: KubernetesSettings) -> Mapping[str, Operator]:
    """The operators that run services, by the ids of these."""
    known = operators.known()
    listed = {known[name].product: known[name] for name in settings.operators if name in known}
    return {each.id: listed[each.product.name] for each in services if each.product.name in listed}


def hosts(workloads: Iterable[Workload], found: Mapping[str, Operator]) -> Mapping[str, str]:
    """The names of the Services that operators make, by the ids of workloads."""
    own = (each for each in workloads if each.component is None and each.service.id in found)
    return {each.id: found[each.service.id].service.format(id=each.id) for each in own}


def decide(container: ServiceContainer, operator: Operator) -> ServiceContainer:
    """The service as the operator runs it: with its image, unless the environment file names one."""
    if container.release is None:
        return container
    return replace(container, image=operator.image.format(release=container.release))


def loads(
    workloads: Iterable[Workload], containers: Mapping[str, ServiceContainer], found: Mapping[str, Operator]
) -> Iterator[Workload]:
    """The Jobs that load artifacts into services of operators."""
    for each in workloads:
        if each.component is None and each.service.id in found and any(containers[each.service.id].jobs):
            yield Workload(names.shortened(f"{each.id}-load"), each.service, each.tier, process=RELEASE, into=each.id)
