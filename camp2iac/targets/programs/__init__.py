"""Check that the content has what the plan runs, on every platform (CAMP216 to CAMP218).

WSGI applications (:mod:`.python`), the entry points of other runtimes (:mod:`.entries`), scripts in command lines
(:mod:`.commands`). If the content is not conclusive, nothing is reported.
"""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import replace
from camp2iac.targets.programs import commands, entries, python
from camp2iac.targets.programs.contents import ContentFiles, look
from camp2iac.topology.model import Topology

__all__ = ["ContentFiles", "check", "look"]


def check(topology: Topology, package: Package, diagnostics: Diagnostics) -> None:
    """Check the content of each component, if it is known at compile time."""
    opened: dict[str, ContentFiles | None] = {}
    for component in topology.components.values():
        content = component.content
        if content.path is None:
            continue
        if content.path not in opened:  # several components can run one archive: unpack it once
            opened[content.path] = look(content, package)
        files = opened[content.path]
        if files is None:
            continue
        files = replace(files, span=content.href.span if content.href else content.span)
        service = topology.services[component.host]
        if component.kind in ("python", "django"):
            python.check(component, files, diagnostics)
        else:
            entries.check(component, service, files, diagnostics)
        commands.check(component, files, diagnostics)
