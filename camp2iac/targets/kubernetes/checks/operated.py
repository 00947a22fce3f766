"""CAMP643: an operator has no service. CAMP644: an operator cannot run a service as the plan has it."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.containers.layout.credentials import databases
from camp2iac.targets.kubernetes import operators
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.operators import Operator
from camp2iac.topology.model import Service


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check the operators that the environment file lists, and the services that they run."""
    environment, known = layout.settings.environment, operators.known()
    used = {operator.title for operator in layout.operated.values()}
    for name in layout.settings.operators:
        operator = known.get(name)
        if operator is not None and operator.title not in used:
            yield Diagnostic(
                "CAMP643",
                f"{operator.title} runs no service of the plan: none is a {operator.product}",
                environment.span("operators"),
                label=f"{name} has no effect",
                help=f"remove {name}",
            )
    for id_, operator in layout.operated.items():
        yield from _service(layout, layout.topology.services[id_], operator)


def _service(layout: KubernetesLayout, service: Service, operator: Operator) -> Iterator[Diagnostic]:
    workload = next(each for each in layout.workloads if layout.operator(each) and each.service.id == service.id)
    volumes = layout.volumes_of(workload)
    if not volumes:
        yield Diagnostic(
            "CAMP644",
            f"{operator.title} needs the size of the data of {service.id}",
            service.span,
            label="the plan has no Volume for it",
            help="write  { characteristic_type: org.camp2iac:Volume, size: 10 GiB }  in its characteristics",
        )
    for volume in volumes[1:]:
        yield Diagnostic(
            "CAMP644",
            f"{operator.title} gives {service.id} one volume, and the plan has {len(volumes)}",
            volume.span,
            label="another volume",
            help="keep the data in one volume",
        )
    names = databases(layout.known, service)
    if len(names) > 1:
        yield Diagnostic(
            "CAMP644",
            f"{operator.title} creates one database in {service.id}, and the plan names {listed(names, 'and')}",
            service.span,
            label="used with several databases",
            help="give each database a service of its own, or remove the operator from the environment file",
        )
    port = layout.known.ports.get(service.id)
    if port is not None and port != operator.port:
        yield Diagnostic(
            "CAMP644",
            f"{operator.title} lets {service.id} listen on {operator.port}, and the plan says {port}",
            service.span,
            label="has another port",
            help="leave the port out",
        )
