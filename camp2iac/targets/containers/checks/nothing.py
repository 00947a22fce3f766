"""CAMP472 and CAMP484: nothing of the plan runs in containers."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.kit import bare


def check(layout: ContainerLayout) -> Iterator[Diagnostic]:
    """Check that there is a container."""
    if layout.workloads or layout.broken:
        return
    found = list(bare.check(layout.topology))
    yield from found
    if not found:
        yield Diagnostic(
            "CAMP472",
            "nothing of this plan can run in containers",
            layout.topology.span,
            label="camp2iac knows no image for its products",
            help="`camp2iac port` says why, for each part of the plan",
        )
