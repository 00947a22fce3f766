"""Check that what components connect to answers (CAMP207)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology import calls
from camp2iac.topology.model import Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check the callee of each call."""
    for component in topology.components.values():
        for link in component.links:
            callee = topology.components.get(link.callee)
            if callee is None or calls.answers(topology, callee):
                continue
            yield Diagnostic(
                "CAMP207",
                f"{component.name} connects to {callee.name}, which has no process that answers",
                link.span,
                label="there is no port to connect to",
                related=(Label(callee.span, "this component"),),
                help=f"give {callee.name} a process that listens on a TCP port:\n"
                "- requirement_type: org.camp2iac:Process\n  web: COMMAND",
            )
