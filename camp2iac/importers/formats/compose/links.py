"""``depends_on``, ``links`` and addresses in variables: requirements to connect."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.importers.draft import DraftRequirement
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart

_CONDITIONS = ("service_started", "service_healthy")


def read(state: ComposeState, made: ComposedService) -> None:
    """The services that a service names in ``depends_on`` and ``links``."""
    for key in ("depends_on", "links"):
        layers = made.layers.get(key)
        for part in layers.parts if layers is not None else ():
            for name, entry in named(part):
                _depends(state, made, name.partition(":")[0] if key == "links" else name, entry)


def named(part: SourcePart) -> Iterator[tuple[str, SourcePart]]:
    """The entries of a mapping, or the items of a list of names."""
    if part.is_list:
        yield from ((each.text("a name"), each) for each in part.items())
    else:
        yield from part.entries("a list of names, or a mapping")


def _depends(state: ComposeState, made: ComposedService, name: str, entry: SourcePart) -> None:
    if name in state.services and name != made.unit.name:
        made.linked.setdefault(name, entry)
    elif name not in state.project.units:
        entry.refused(f"{entry.path} names a service that does not exist: {name}", "no such service")
    elif name in state.parts:
        entry.kept(f"{made.what}: a part of {state.parts[name]}")
    else:
        entry.left_out(f"{name} is not in the plan")


def write(state: ComposeState, made: ComposedService) -> None:
    """The requirements to connect, and the outcome of ``depends_on``."""
    for name, part in made.linked.items():
        other = state.services[name]
        if made.artifact is None:
            _outcome(part, name, "", "a database or broker connects to no other service of the plan")
        elif other.software is not None:
            made.artifact.requirements.append(
                DraftRequirement(other.software.connect, {}, f"id:{other.id}", part.where)
            )
            _outcome(part, name, f"{made.what}: {other.software.connect}", "")
        elif other.ports:
            made.artifact.requirements.append(DraftRequirement("ConnectTo", {}, f"id:{other.id}", part.where))
            _outcome(part, name, f"{made.what}: ConnectTo {other.id}", "")
        else:
            why = f"{name} listens on no port in the source"
            _outcome(part, name, "", why)
    for key in ("depends_on", "links"):
        layers = made.layers.get(key)
        for each in layers.parts if layers is not None else ():
            _also(made, each)


def _outcome(part: SourcePart, name: str, to: str, why: str) -> None:
    """Of an entry of ``depends_on``; variables have their own."""
    if not part.path.rpartition("depends_on")[1] and not part.path.rpartition("links")[1]:
        return
    if why:
        part.left_out(why, f"to connect to {name}, write a requirement ConnectTo" if "port" in why else "")
        return
    condition = part.get("condition")
    text = condition.text() if condition is not None else "service_started"
    if condition is not None and text not in _CONDITIONS:
        condition.changed(
            to, "the platform waits until the port is open, not until the other has ended", "write a process  release"
        )
    part.kept(to)


def _also(made: ComposedService, part: SourcePart) -> None:
    """Entries that a variable names already."""
    items = part.items() if part.is_list else (each for _, each in part.entries())
    for item in items:
        item.kept(f"{made.what}: ConnectTo")
