"""What ``camp2iac export compose`` writes beside the services of a plan: processes, schedules and load balancers.

The processes of a component have one build folder, and the load balancer of a component is HAProxy in front of the
network name that all its containers have. Both are parts of the component in the plan, not services of their own.
"""

from __future__ import annotations

import posixpath
import re

from camp2iac.importers import exported_builds
from camp2iac.importers.draft import DraftRequirement, DraftValue
from camp2iac.importers.formats.compose.files import ComposeUnit
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart

_HAPROXY = re.compile(r"(?:[\w.-]+/)*haproxy:[\w.-]+")
_CLOCK = "/usr/local/bin/camp-clock"
_WORDS = 12  # of a schedule: program, name, time zone, five fields, both or either, skip or allow, limit, command
_PROCESS = "the containers of a process are a part of the artifact"


def find(state: ComposeState) -> None:
    """Find the parts of components, and the component that each belongs to."""
    groups: dict[str, list[ComposeUnit]] = {}
    for unit in state.project.units.values():
        if (folder := _folder(state, unit)) is not None:
            groups.setdefault(folder, []).append(unit)
        elif (member := _member(state, unit)) is not None:
            state.parts[unit.name] = member
    for folder, units in groups.items():
        names = [each.name for each in units]
        first = posixpath.basename(folder) if posixpath.basename(folder) in names else names[0]
        state.parts |= {name: first for name in names if name != first}


def _folder(state: ComposeState, unit: ComposeUnit) -> str | None:
    """The folder of a build that an export wrote."""
    build = unit.layers.get("build")
    if build is None or not build.last.is_scalar:
        return None
    text = state.project.values.expand(build.last.text()).text
    folder = posixpath.normpath(posixpath.join(unit.base, text))
    if text.startswith("/") or folder.startswith("..") or "\0" in folder:
        return None
    return folder if exported_builds.find(state.project.source.folder, folder) is not None else None


def _member(state: ComposeState, unit: ComposeUnit) -> str | None:
    """The service behind a load balancer; None if it is something else."""
    image, needs = unit.layers.get("image"), unit.layers.get("depends_on")
    if image is None or needs is None or not image.last.is_scalar or not _HAPROXY.fullmatch(image.last.text()):
        return None
    names = needs.names()
    other = state.project.units.get(names[0]) if len(names) == 1 else None
    if other is None or not unit.name.startswith(f"{other.name}-balancer"):
        return None
    networks = other.layers.get("networks")
    for name in networks.names() if networks is not None else ():
        entry = networks.get(name) if networks is not None else None
        aliases = entry.get("aliases") if entry is not None else None
        if aliases is not None and [each.text() for each in aliases.last.items()] == [f"{other.name}-members"]:
            return other.name
    return None


def balancers(state: ComposeState) -> dict[str, ComposedService]:
    """The load balancers by the name of the service behind them, as services with its parts of the plan."""
    found = {}
    for name, member in state.parts.items():
        unit, made = state.project.units[name], state.services.get(member)
        if made is not None and unit.layers.get("build") is None:
            found[member] = ComposedService(unit, made.id, made.service, artifact=made.artifact)
    return found


def balance(made: ComposedService, balancer: ComposedService) -> None:
    """Balance, unless several containers have it anyway."""
    balancer.layers.kept(f"service {made.id}: Balance")
    scale = next((each for each in made.service.characteristics if each.type == "org.camp2iac:Scale"), None)
    if scale is None:
        made.service.characteristic("org.camp2iac:Balance")


def processes(state: ComposeState) -> None:
    """The processes and schedules of artifacts, from the services that have the same build."""
    for name, first in state.parts.items():
        unit, made = state.project.units[name], state.services.get(first)
        if made is None or made.artifact is None or unit.layers.get("build") is None:
            continue
        command = unit.layers.get("command")
        if command is None:
            unit.layers.left_out("it has the build of another service, and no command of its own")
            continue
        if not _schedule(state, made, command.last):
            _process(state, made, unit, command.last)


def _process(state: ComposeState, made: ComposedService, unit: ComposeUnit, command: SourcePart) -> None:
    from camp2iac.importers.formats.compose.services import words

    type_ = unit.name.removeprefix(f"{made.id}-")
    if made.built is not None and type_ in made.built.procfile:
        unit.layers.kept(f"{made.what}: the Procfile of its content")
        return
    value: DraftValue = exported_builds.line(words(state, command))
    deploy = unit.layers.get("deploy")
    replicas = deploy.get("replicas") if deploy is not None else None
    if replicas is not None and (number := state.expand(replicas.last)).isdecimal() and int(number):
        value = {"command": value, "scale": {"min": int(number), "max": int(number)}}
    assert made.artifact is not None  # noqa: S101 - the caller checks it
    made.artifact.requirement("org.camp2iac:Process").values[type_] = value
    command.kept(f"{made.what}: Process, {type_}")
    unit.layers.changed(f"{made.what}: Process, {type_}", _PROCESS)


def _schedule(state: ComposeState, made: ComposedService, command: SourcePart) -> bool:
    """Whether a command waits for times, as the exports do it."""
    said = [state.expand(each) for each in command.items()] if command.is_list else []
    if len(said) != _WORDS or said[0] != _CLOCK or made.artifact is None:
        return False
    name, zone, *fields = said[1:8]
    values: dict[str, DraftValue] = {"name": name, "command": said[11], "at": " ".join(fields)}
    if zone != "UTC":
        values["time_zone"] = zone
    if said[9] == "allow":
        values["overlap"] = "allow"
    if said[10] != "0":
        values["deadline"] = f"{said[10]}s"
    made.artifact.requirements.append(DraftRequirement("org.camp2iac:Schedule", values))
    command.kept(f"{made.what}: Schedule, {name}")
    return True
