"""What is to run is there: looked for in the content before any platform makes something of it (CAMP216 to CAMP218).

A file each: what a WSGI server serves (:mod:`.python`), what other runtimes start with (:mod:`.entries`), scripts that
command lines name (:mod:`.commands`). Where the content cannot tell, nothing is said.
"""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import replace
from camp2iac.targets.programs import commands, entries, python
from camp2iac.targets.programs.contents import ContentFiles, look
from camp2iac.topology.model import Topology

__all__ = ["Files", "check", "look"]


def check(topology: Topology, package: Package, diagnostics: Diagnostics) -> None:
    """Look into the content of every component that is known when compiling."""
    opened: dict[str, ContentFiles | None] = {}
    for component in topology.components.values():
        content = component.content
        if content.path is None:
            continue
        if content.path not in opened:  # an archive is unpacked once, whoever runs it
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
