"""Check that the content has what the plan runs, on every platform (CAMP216 to CAMP218, CAMP220).

What each runtime starts by itself (:mod:`.languages`), and what command lines run (:mod:`.commands`). Something is
missing only if the content shows it. If the content is not known here, a note says so.
"""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostics, Severity
from camp2iac.record import Record, replace
from camp2iac.targets.programs import commands, demands, languages, unseen
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.contents import ContentFiles, look, procfiles
from camp2iac.topology.model import Component, Demand, Topology

__all__ = ["CheckedContent", "ContentFiles", "check", "look", "procfiles"]


class CheckedContent(Record, frozen=True):
    """The topology, with the releases that content needs, and the ids of components that have nothing to start."""

    topology: Topology
    broken: frozenset[str]


def check(topology: Topology, package: Package, products: Catalogue, diagnostics: Diagnostics) -> CheckedContent:
    """Check the content of each component: what it has to start, and which releases it declares to need (CAMP231)."""
    opened: dict[str, ContentFiles | None] = {}
    unknown: list[Component] = []
    broken: set[str] = set()
    needed: dict[str, list[Demand]] = {}
    for component in topology.components.values():
        path = component.content.home
        if path is not None and path not in opened:  # several components can run one archive: unpack it once
            opened[path] = look(component.content, package)
        files = opened[path] if path is not None else None
        if files is None:
            unknown.append(component)
            continue
        span = component.content.href.span if component.content.href else component.content.span
        service = topology.services[component.host]
        case = Case(component, service, replace(files, span=span))
        found = tuple(languages.check(case))
        diagnostics.extend(found)
        if any(each.level is Severity.ERROR for each in found):
            broken.add(component.id)
        commands.check(case, diagnostics)
        needed.setdefault(component.host, []).extend(demands.find(component, service, case.files, products.products))
    unseen.note(unknown, diagnostics)
    services = {id_: replace(topology.services[id_], demands=tuple(found)) for id_, found in needed.items() if found}
    for each in services.values():
        diagnostics.extend(demands.contradictions(each))
    if services:
        topology = replace(topology, services={**topology.services, **services})
    return CheckedContent(topology, frozenset(broken))
