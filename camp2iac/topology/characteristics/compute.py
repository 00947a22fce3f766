"""Compute: what each instance needs."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Span
from camp2iac.topology import quantities
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading, number, text
from camp2iac.topology.model import Compute


def read(reading: ServiceReading, given: Mapping, span: Span) -> None:
    """Record the Compute."""
    compute, words = parse(given)
    reading.say(kinds.COMPUTE, compute, f"Compute: {words}", span)


def parse(given: Mapping) -> tuple[Compute, str]:
    """A Compute, and its values in words."""
    memory, disk = text(given, "memory"), text(given, "disk")
    compute = Compute(
        number(given, "cores"),
        quantities.mebibytes(memory) if memory else None,
        quantities.mebibytes(disk) if disk else None,
        text(given, "size"),
        text(given, "os"),
    )
    parts = [
        f"{compute.cores} core{'' if compute.cores == 1 else 's'}" if compute.cores else "",
        memory or "",
        f"{disk} of disk" if disk else "",
        compute.size or "",
        compute.os or "",
    ]
    return compute, ", ".join(part for part in parts if part)
