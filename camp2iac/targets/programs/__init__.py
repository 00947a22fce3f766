"""Check that the content has what the plan runs, on every platform (CAMP216 to CAMP218, CAMP220).

What each runtime starts by itself (:mod:`.languages`), and what command lines run (:mod:`.commands`). Something is
missing only if the content shows it. If the content is not known here, a note says so.
"""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostics, Severity
from camp2iac.record import replace
from camp2iac.targets.programs import commands, languages, unseen
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.contents import ContentFiles, look, procfiles
from camp2iac.topology.model import Component, Topology

__all__ = ["ContentFiles", "check", "look", "procfiles"]


def check(topology: Topology, package: Package, diagnostics: Diagnostics) -> frozenset[str]:
    """Check the content of each component. Return the ids of components that have nothing to start."""
    opened: dict[str, ContentFiles | None] = {}
    unknown: list[Component] = []
    broken: set[str] = set()
    for component in topology.components.values():
        path = component.content.home
        if path is not None and path not in opened:  # several components can run one archive: unpack it once
            opened[path] = look(component.content, package)
        files = opened[path] if path is not None else None
        if files is None:
            unknown.append(component)
            continue
        span = component.content.href.span if component.content.href else component.content.span
        case = Case(component, topology.services[component.host], replace(files, span=span))
        found = tuple(languages.check(case))
        diagnostics.extend(found)
        if any(each.level is Severity.ERROR for each in found):
            broken.add(component.id)
        commands.check(case, diagnostics)
    unseen.note(unknown, diagnostics)
    return frozenset(broken)
