"""Check that no command runs twice, as a process of the plan and as another one of the content's Procfile (CAMP414)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Process, Topology
from camp2iac.topology.renames.model import KEY

#: Process types that run once for each release, and do not stay.
_ONCE = frozenset(("release", "build"))


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Commands of the plan that the Procfile has under a name that the plan does not have."""
    del catalogue
    for component in topology.components.values():
        yield from _twice(component, topology)


def _twice(component: Component, topology: Topology) -> Iterator[Diagnostic]:
    lasting = [each for each in component.processes if each.type not in _ONCE]
    for written in (each for each in lasting if each.procfile):
        for planned in (each for each in lasting if not each.procfile):
            alike = planned.command.split() == written.command.split()
            if alike and not _known(component, planned, written, topology):
                yield _diagnostic(component, planned, written)


def _known(component: Component, planned: Process, written: Process, topology: Topology) -> bool:
    """Whether the plan says that one is the renamed other one, which is CAMP343."""
    return any(
        each.kind == "process" and slug(each.owner) == component.id and each.name == planned.type
        for each in topology.renames
        if written.type in (before.value for before in each.previously)
    )


def _diagnostic(component: Component, planned: Process, written: Process) -> Diagnostic:
    name, hint = component.name, ""
    if planned.tier is None:
        hint = f", and write\n  {planned.type}: {{ command: ..., {KEY}: [{written.type}] }}"
    return Diagnostic(
        "CAMP414",
        f"{name} runs the same command twice: as {planned.type}, and as {written.type} of its Procfile",
        planned.statement.span,
        label=f"the command of {written.type}",
        related=(Label(written.statement.span, "its Procfile runs it too"),),
        notes=("the plan overrides only process types of the Procfile that have the same name",),
        help=f"if {planned.type} is the renamed {written.type}, rename it in the Procfile too{hint}\n"
        f"or remove {planned.type} from the plan",
    )
