"""The processes of a component as systemd units."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Commented
from camp2iac.targets.openstack.machine import claims, environment, served_folders, units, users
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput, keep_named
from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine, find
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.openstack.machine.templates import filled
from camp2iac.topology import calls
from camp2iac.topology.model import Component, Process

_SILENT = ("clock", "worker")  # types of processes that do not listen


def serves(inside: ArtifactOnMachine) -> bool:
    """Whether a component has a web process that the plan does not name. Its kind defines the command."""
    component = inside.component
    if component.part_of:
        return False
    types = {process.type for process in component.processes} - {"release"}
    asked = "application" in component.options or any(exposure.port for exposure in component.exposures)
    return inside.recipe.web is not None and "web" not in types and (not types or asked)


def serves_by_procfile(inside: ArtifactOnMachine) -> bool:
    """Whether the content's Procfile starts the application that the plan names. It needs the usual server for it."""
    processes = inside.component.processes
    return "application" in inside.component.options and any(one.procfile and one.type == "web" for one in processes)


def add(
    document: MachineDocument,
    inside: ArtifactOnMachine,
    variables: Mapping[str, Commented],
    store: Storage,
    *,
    web: bool,
) -> list[units.ProcessUnit]:
    """Add the units of a component.

    Args:
        document: the units are added to it.
        inside: the component.
        variables: the environment of its processes.
        store: the volumes of its service.
        web: the component has a web process that the plan does not name.
    """
    component, kind = inside.component, find(inside.component.kind)
    run = [process for process in component.processes if process.type != "release"]
    _check_sandbox(inside, processes=bool(run or web))
    if not run and not web:
        return []
    name, released = f"{inside.given.app}-{component.id}", inside.content.release is not None
    own = kind.web(inside) if web else None
    command = "" if own is None else command_file(document, inside, name, "web", own.line) if own.line else own.command
    file = environment.write(document, component.id, variables, released=released)
    before = _before(document, inside, name, released=released)
    usual = common_unit(inside, name, file, store)
    made = [replace(usual, command=command, notify=own.notify, comment=own.comment)] if own else []
    listening = web or bool(component.part_of) or any(process.type == "web" for process in run)
    for process in run:
        word = _word(process.type)
        unit = name if process.type == "web" else f"{name}.{word}"
        line = command_file(document, inside, unit, word, process.command)
        low_port = usual.low_port and (process.type == "web" if listening else process.type not in _SILENT)
        made.append(replace(usual, unit=unit, about=f"{usual.about}: {word}", command=line, low_port=low_port))
        _account(inside.given, process)
    if before:
        made = _in_order(made, before, inside.folder, released=released)
        made[0] = replace(made[0], needed=claims.key_unit(inside, before))
    waited = peers(document, component)
    document.write(*(units.process(document, one, waited) for one in made))
    return made


def common_unit(inside: ArtifactOnMachine, name: str, file: str, store: Storage) -> units.ProcessUnit:
    """Return what the units of a component have in common. ``file``: its EnvironmentFile."""
    recipe, port = inside.recipe, inside.given.infrastructure.ports.get(inside.component.id)
    kind = find(inside.component.kind)
    return units.ProcessUnit(
        name,
        f"{inside.component.id} of {inside.given.app}",
        "",
        folder=inside.home,
        environment=file,
        path=":".join(filled(inside.service, recipe.path, {"folder": each}) for each in _folders(inside)),
        more=(*_lines(inside), *kind.settings(inside)),
        user=users.name(inside.component) if store.mounts and kind.confined else "",
        writable=store.mounts,
        mounts=store.units,
        low_port=port is not None and port < 1024,
        shared=bool(store.mounts) and (len(inside.service.components) > 1 or inside.service.product.server),
        served=served_folders.serves(inside.given, store.mounts),
        needs=recipe.sandbox,
        allowed=inside.given.infrastructure.allowed.get(inside.component.id),
        confined=kind.confined,
    )


def _lines(inside: ArtifactOnMachine) -> tuple[str, ...]:
    """The lines of its product for the units of its processes."""
    recipe = inside.recipe
    behind = recipe.proxied if inside.component.id in inside.given.infrastructure.proxied else ()
    return tuple(filled(inside.service, line, {"folder": inside.folder}) for line in (*recipe.environment, *behind))


def _folders(inside: ArtifactOnMachine) -> Iterable[str]:
    """The folders that can have its programs: where it runs, and its content."""
    return dict.fromkeys((inside.home, inside.folder)) if inside.recipe.path else (inside.folder,)


def _check_sandbox(inside: ArtifactOnMachine, *, processes: bool) -> None:
    """CAMP615: the environment file relaxes the sandbox of a component that has none of its own."""
    component, context = inside.component, inside.given.context
    if component.id not in inside.given.infrastructure.allowed or component.part_of:
        return
    if processes and find(component.kind).confined:
        return
    why = "runs as a container" if processes else f"has no process of its own: {inside.service.product.title} serves it"
    context.diagnostics.add(
        Diagnostic(
            "CAMP615",
            f"the sandbox of {component.id} cannot be changed: it {why}",
            context.environment.key_span("sandbox", component.id),
            label="has no sandbox of its own",
            help="remove it"
            if processes
            else "relax the sandbox of the server in a product of your own (docs/sandbox.md)",
        )
    )


def peers(document: MachineDocument, component: Component) -> list[units.Peer]:
    """Return the services and components that a component must reach before it starts.

    Components that call each other in a circle do not wait: none of them would start.
    """
    given, found = document.given, []
    circles = calls.in_circles(given.topology) if any(link.callee for link in component.links) else frozenset()
    for link in component.links:
        service = given.topology.services[link.service]
        if link.callee:
            if (component.id, link.callee) not in circles:
                address, port = given.infrastructure.callees[link.callee]
                host = document.variable(service.tier, "address", address, others=True)
                found.append(units.Peer(host, port))
            continue
        if service.href is not None or service.product.managed or service.id not in given.infrastructure.ports:
            continue
        host = document.variable(service.tier, "address", given.infrastructure.hosts[service.id], others=True)
        mark = keep_named(service.id) if service.tier == component.tier else ""
        found.append(units.Peer(host, given.infrastructure.ports[service.id], mark))
    return list(dict.fromkeys(found))


def command_file(document: MachineDocument, inside: ArtifactOnMachine, unit: str, word: str, line: str) -> str:
    """Write a command line of the plan to a file for bash, so that no unit contains it, and return the command."""
    path = f"/opt/{inside.given.app}/{inside.component.id}.{word}.sh"
    document.write(WriteFile(path, f"{line}\n", comment=f"The command line of {word}"))
    return find(inside.component.kind).line(inside, unit, path)


def _before(document: MachineDocument, inside: ArtifactOnMachine, unit: str, *, released: bool) -> list[str]:
    """Return the commands that run before the processes start: those of the plan, or that of the kind."""
    when = "once for each release" if released else "before its processes start"
    why = f"Each instance runs it {when}. No step runs once for all instances."
    found = []
    for process in inside.component.processes:
        if process.type == "release":
            command = command_file(document, inside, unit, _word(process.type), process.command)
            if once := claims.release(document, inside, command, implicit=False):
                claims.account_release(inside, process)
                found.append(once)
                continue
            help_ = "Make it safe to run several times, also at the same time."
            how = "once for each release" if released else "before each start"
            inside.given.context.ledger.degrade(process.statement, how, why, help_)
            found.append(command)
    if not found and (line := find(inside.component.kind).before_start(inside)):
        command = command_file(document, inside, unit, "release", line)
        found.append(claims.release(document, inside, command, implicit=True) or command)
    return found


def _in_order(
    made: list[units.ProcessUnit], before: list[str], folder: str, *, released: bool
) -> list[units.ProcessUnit]:
    """Let the first process run the commands that come before all of them. The others wait for it.

    A marker file says that the commands have run. The marker of a release is in its ``folder``, so they run once for
    each release. Without releases, the marker is removed with the first process, so they run at each of its starts.
    """
    first, others = made[0], made[1:]
    mark = f"{folder.removesuffix('/app')}/prepared" if released else f"/run/{first.unit}/prepared"
    commands = [f"/bin/bash -c '[ -e {mark} ] || exec {command}'" if released else command for command in before]
    if released or others:
        commands.append(f"{'+' if released else ''}/bin/touch {mark}")
    if others and not first.confined:
        first = replace(first, more=(*first.more, f"RuntimeDirectory={first.unit}"))
    wait = (mark, units.FIRST * len(before) + 60)
    return [replace(first, before=tuple(commands)), *(replace(other, after=wait) for other in others)]


def _account(given: MachineInput, process: Process) -> None:
    scale = given.tier.scale
    if process.type == "clock" and scale and scale.value.maximum > 1:
        why = f"Each instance of {given.tier.id} runs a clock. With two instances, everything happens twice."
        given.context.ledger.degrade(process.statement, "on each instance", why, "Put it on a tier of one instance.")
    else:
        given.context.ledger.keep(process.statement, "by systemd")


def _word(type_: str) -> str:
    """Turn a process type into a part of file and unit names."""
    if re.fullmatch(r"[A-Za-z0-9_-]+", type_):
        return type_
    return f"{re.sub('[^A-Za-z0-9_-]', '-', type_)}-{hashlib.sha256(type_.encode()).hexdigest()[:6]}"
