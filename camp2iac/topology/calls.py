"""Calls: links to another component, instead of to a service."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.camp.model import ArtifactReference
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.record import replace
from camp2iac.topology.ids import artifact_name
from camp2iac.topology.match import EXTERNAL
from camp2iac.topology.model import Component, Topology
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft, Use

COMPONENT: Product = replace(EXTERNAL, name="component", title="A component", link=None)
"""What a call connects to, instead of a product. It has no parameters."""


def resolve(state: BuildState) -> None:
    """Find the components that requirements connect to.

    A requirement names an artifact, or a runtime on which one artifact runs (CAMP208: several do). CAMP207: the
    artifact runs on no service.
    """
    parts = {artifact_name(part.artifact): part for part in state.usage.parts.values()}
    for part in state.usage.parts.values():
        for use in part.of(RequirementKind.CONNECT):
            named = use.requirement.fulfillment if use.requirement else None
            if isinstance(named, ArtifactReference):
                if named.id in parts:  # otherwise, the artifact has errors
                    _artifact(use, parts[named.id], named, state)
            elif use.draft is not None and _runtime(use.draft, state):
                _only(use, use.draft, state)


def _runtime(draft: ServiceDraft, state: BuildState) -> bool:
    matched = state.matches.get(draft.id)
    elsewhere = draft.spec is not None and draft.spec.href is not None
    return matched is not None and matched.product.role == "runtime" and not elsewhere


def _artifact(use: Use, callee: ArtifactDraft, named: ArtifactReference, state: BuildState) -> None:
    host = _host(callee)
    if host is None:
        use.part.uses.remove(use)
        state.diagnostics.add(
            Diagnostic(
                "CAMP207",
                f"{use.part.name} connects to {callee.name}, which is not a running component",
                named.span,
                label="it runs on no service",
                related=(Label(callee.artifact.span, "this artifact"),),
                context=(use.span,),
                help="name the component or service that answers",
            )
        )
        return
    use.callee, use.draft = callee, host


def _only(use: Use, draft: ServiceDraft, state: BuildState) -> None:
    """The one artifact on a runtime. A runtime without one stays a service that accepts no connections (CAMP305)."""
    found = [part for part in state.usage.parts.values() if _host(part) is draft]
    if len(found) == 1:
        use.callee = found[0]
    elif found:
        names = sorted(part.name for part in found)
        use.part.uses.remove(use)
        state.diagnostics.add(
            Diagnostic(
                "CAMP208",
                f"{use.part.name} connects to {draft.name}, on which several components run: {', '.join(names)}",
                use.span,
                label="which of them?",
                help=f"name one of them:  fulfillment: id:{names[0]}",
            )
        )


def _host(part: ArtifactDraft) -> ServiceDraft | None:
    return next((use.draft for use in part.of(RequirementKind.HOST) if use.draft is not None), None)


def answers(topology: Topology, component: Component) -> bool:
    """Whether a component listens on a TCP port: it is exposed, or its product starts a web process for it."""
    if component.exposures:
        return any(exposure.protocol != "udp" for exposure in component.exposures)
    web = not component.processes or any(process.type == "web" for process in component.processes)
    return web and (topology.services[component.host].product.port is not None or "port" in component.options)


def in_circles(topology: Topology) -> frozenset[tuple[str, str]]:
    """The calls (caller, callee) that are part of a circle. None of both can wait for the other when it starts.

    Components on one server start together, so a call of one of them is a call of all.
    """
    nodes = {id_: _starts(topology, component) for id_, component in topology.components.items()}
    calls = {
        (component.id, link.callee)
        for component in topology.components.values()
        for link in component.links
        if link.callee in topology.components
    }
    goes: dict[str, set[str]] = {}
    for caller, callee in calls:
        goes.setdefault(nodes[caller], set()).add(nodes[callee])
    return frozenset(call for call in calls if _reaches(goes, nodes[call[1]], nodes[call[0]]))


def _starts(topology: Topology, component: Component) -> str:
    return f"service {component.host}" if topology.services[component.host].product.server else component.id


def _reaches(goes: Mapping[str, set[str]], start: str, end: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        new = goes.get(node, set()) - seen
        seen |= new
        waiting += new
    return False
