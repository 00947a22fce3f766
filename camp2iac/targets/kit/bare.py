"""Servers without an application: a runtime that no artifact runs on, and a load balancer with nothing behind it.

Instances can have only a server. Other platforms run applications, and have nothing to start.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.kit.outcomes import lost
from camp2iac.topology.model import Service, Statement, Topology


def services(topology: Topology) -> tuple[Service, ...]:
    """The runtimes that no artifact runs on."""
    return tuple(
        each
        for each in topology.services.values()
        if each.product.role == "runtime" and each.href is None and not each.components
    )


def outcomes(topology: Topology) -> Iterator[LedgerEntry]:
    """The outcomes of runtimes that no artifact runs on: they are lost."""
    for service in services(topology):
        why = f"No artifact runs on it. Without one, {service.product.title} has nothing to start here."
        types = " or ".join(list(service.product.artifacts)[:2])
        help_ = f"Write an artifact ({types}) with its content, and a requirement with  fulfillment: id:{service.id}."
        statements: list[Statement[object]] = [*service.chosen_by, *service.attributes.values()]
        statements += [service.version] if service.version else []
        for statement in statements:
            yield lost(statement, why, help_)


def check(topology: Topology) -> Iterator[Diagnostic]:
    """The reason why nothing of a plan without other things runs (CAMP484)."""
    for service in services(topology):
        yield Diagnostic(
            "CAMP484",
            f"{service.id} has no content: no artifact runs on it",
            service.span,
            label=f"{service.product.title} has nothing to start",
            notes=("only instances (OpenStack) can have a server without an application",),
            help=f"add an artifact, and put its files in a folder:\n{_example(service)}",
        )
    if topology.components:
        return
    for service in topology.services.values():
        if service.product.role == "balancer" and service.href is None:
            yield Diagnostic(
                "CAMP484",
                f"{service.id} has nothing to balance: the plan has no artifact that answers requests",
                service.span,
                label=f"{service.product.title} has no members",
                notes=("this platform puts a load balancer of its own in front of applications",),
                help="add an artifact with an Expose, and Scale to what it runs on",
            )


def _example(service: Service) -> str:
    kind, run = next(iter(service.product.artifacts), "TYPE"), next(iter(service.product.requirements), "TYPE")
    return (
        f"  artifacts:\n    - name: app\n      artifact_type: {kind}\n      content: {{ href: app/ }}\n"
        f"      requirements:\n        - requirement_type: {run}\n          fulfillment: id:{service.id}"
    )
