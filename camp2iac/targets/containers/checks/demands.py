"""Releases that content declares to need, and that no image has."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.containers.offers import RuntimeImage
from camp2iac.targets.programs.demands import contradicts
from camp2iac.topology.model import Demand


def check(layout: ContainerLayout) -> Iterator[Diagnostic]:
    """CAMP437 for the components whose image is built with a generated Dockerfile."""
    for id_, image in layout.images.items():
        if image.name or not image.secrets:
            continue
        host = layout.topology.services[layout.topology.components[id_].host]
        runtime = offers.runtime(host.product)
        for demand in host.demands:
            if runtime is None or demand.component != id_ or demand.product.name != host.product.name:
                continue
            if not contradicts(host, demand) and not any(each in demand for each in runtime.tags):
                yield _none(demand, runtime)


def _none(demand: Demand, runtime: RuntimeImage) -> Diagnostic:
    title = demand.product.title
    return Diagnostic(
        "CAMP437",
        f"{demand.place} asks for {title} {demand.words.removeprefix(f'{title} ')}, which no image has",
        demand.span,
        severity=Severity.WARNING if demand.pin else None,
        label=f"the content of {demand.component}",
        notes=(f"the images of {runtime.image} have {listed(list(map(str, runtime.tags)), 'and')}",),
        help=f"change {demand.file}, or put a Dockerfile into the content",
    )
