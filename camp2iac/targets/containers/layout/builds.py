"""The image of each component: built from a copy of its content, or from a registry."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record, field
from camp2iac.synth.module import Document
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.images import DOTFILES, ImageBuild, prepare
from camp2iac.targets.kit import copies
from camp2iac.topology import images
from camp2iac.topology.model import Component, Topology


class ComponentImage(Record, frozen=True):
    """An image. ``name``: in a registry; empty: it is built from ``documents``.

    ``processes``: the process types that the plan does not name, and their command lines. ``secrets``: whether its
    entrypoint reads secrets from files. ``variables``: those that it needs, and the attribute of the service with the
    value. ``outcomes``, ``faults``: of the plan's statements, and errors in the content.
    """

    component: Component
    name: str = ""
    documents: tuple[Document, ...] = ()
    processes: Mapping[str, str] = field(default_factory=dict)
    secrets: bool = False
    variables: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[LedgerEntry, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def of(
    topology: Topology, package: Package, broken: frozenset[str], proxied: frozenset[str]
) -> Mapping[str, ComponentImage]:
    """The images of the components that can run, by component. ``proxied``: those behind a proxy of the output."""
    found = (
        (id_, _of(topology, each, package, id_ in proxied))
        for id_, each in topology.components.items()
        if id_ not in broken
    )
    return {id_: image for id_, image in found if image is not None}


def _of(topology: Topology, component: Component, package: Package, proxied: bool) -> ComponentImage | None:
    if (name := images.of(component)) is not None:
        return ComponentImage(component, name.exact)
    service = topology.services[component.host]
    runtime, copy = offers.runtime(service.product), copies.take(component, package, DOTFILES)
    if runtime is None or copy is None:
        return None
    build = ImageBuild(topology, component, service, runtime, copy, proxied=proxied)
    prepare(build)
    return ComponentImage(
        component,
        "",
        tuple(build.copy.documents()),
        dict(sorted(build.processes.items())),
        not build.own,
        dict(sorted(build.variables.items())),
        tuple(build.outcomes),
        tuple(build.faults),
    )
