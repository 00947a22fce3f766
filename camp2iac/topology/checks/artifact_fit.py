"""Check that artifacts run on and are loaded into products that accept their type (CAMP308)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.catalogue import Catalogue, Product
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.diagnostics.fix import advice
from camp2iac.diagnostics.located import place
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.topology.model import Service, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Compare artifact types with the product's ``artifacts``."""
    for component in topology.components.values():
        service = topology.services.get(component.host)
        if service and component.statement.value not in service.product.artifacts:
            yield from _report(
                component.name,
                "run on",
                component.statement.value,
                component.statement.span,
                service,
                catalogue,
            )
    for service in topology.services.values():
        for job in service.jobs:
            if not job.kind:
                yield from _report(
                    job.statement.subject.name,
                    "be loaded into",
                    job.statement.value,
                    job.statement.span,
                    service,
                    catalogue,
                )


def _report(
    name: str, verb: str, type_: str, span: Span, service: Service, catalogue: Catalogue
) -> Iterator[Diagnostic]:
    product: Product = service.product
    best = nearest(type_, product.artifacts)
    others = sorted(other.title for other in catalogue.with_artifact(type_))
    help_ = f"{product.title} accepts {listed(sorted(product.artifacts), 'or')}" if product.artifacts else ""
    fixes = edits.type_(place(type_) or span, "artifact_type", type_, best)
    if fixes:
        help_ = advice(fixes)
    elif others:
        help_ = f"{type_} is for {listed(others, 'or')}"
    yield Diagnostic(
        "CAMP308",
        f"{name} cannot {verb} {service.name}, which is {product.title}: {type_}",
        span,
        label="the product does not accept this type",
        related=(Label(service.span, f"this is {product.title}"),) if service.span.line != span.line else (),
        help=help_ or f"{product.title} accepts no artifacts",
        fixes=fixes,
    )
