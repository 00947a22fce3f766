"""The processes of a component, as units of systemd."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.cloudinit import File
from camp2iac.synth.module import Commented
from camp2iac.targets.base import Remedy
from camp2iac.targets.openstack.machine import environment, inside, units
from camp2iac.targets.openstack.machine.content import reader
from camp2iac.targets.openstack.machine.draft import Draft, keep_named
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.wsgi import application
from camp2iac.topology.model import Component, Process, Service

if TYPE_CHECKING:
    from camp2iac.targets.openstack.machine.deploy import Placed


def of(
    draft: Draft,
    service: Service,
    component: Component,
    placed: Placed,
    variables: Mapping[str, Commented],
    store: Storage,
    attributes: Mapping[str, Any],
) -> tuple[Placed, list[units.Process]]:
    """Add the units of a component; and the component with what it is served by."""
    machine = service.product.machine
    run = [process for process in component.processes if process.type != "release"]
    types = {process.type for process in run}
    asked = "application" in component.options or any(exposure.port for exposure in component.exposures)
    web = "web" in machine and "web" not in types and (not types or asked)
    if not run and not web:
        return placed, []
    command, notify, comment = "", False, ""
    if web and component.kind == "python":
        placed = replace(placed, serves=True)
        served = _application(draft, component, placed)
        command = machine["web"]["command"].format(folder=placed.folder, application=served, **attributes)
        notify, comment = machine["web"].get("notify", False), machine["web"].get("comment", "")
    elif web:
        command = _start(draft, component, placed)
    file = environment.write(draft, component.id, variables)
    before = [process for process in component.processes if process.type == "release"]
    common = {
        "folder": placed.folder,
        "environment": file,
        "path": machine.get("path", "").format(folder=placed.folder),
        "more": tuple(machine.get("environment", ())),
        "before": tuple(_before(draft, component, process) for process in before),
        "user": _user(component) if store.mounts else "",
        "writable": store.mounts,
        "mounts": store.units,
        "low_port": placed.port is not None and placed.port < 1024,
    }
    name = f"{draft.app}-{component.id}"
    about = f"{component.id} of {draft.app}"
    made = [units.Process(name, about, command, notify=notify, comment=comment, **common)] if web else []
    for process in run:
        word = _word(process.type)
        unit = name if process.type == "web" else f"{name}.{word}"
        made.append(units.Process(unit, f"{about}: {word}", _command(draft, component, process), **common))
        _account(draft, process)
    waited = peers(draft, component)
    draft.files.append(tuple(units.process(draft, one, waited) for one in made))
    return placed, made


def peers(draft: Draft, component: Component) -> list[units.Peer]:
    """The services that a component must be able to reach before it starts."""
    found = []
    for link in component.links:
        service = draft.topology.services[link.service]
        if service.href is not None or service.id not in draft.facts.ports:
            continue
        host = draft.variable(service.tier, "address", draft.facts.hosts[service.id], others=True)
        mark = keep_named(service.id) if service.tier == component.tier else ""
        found.append(units.Peer(host, draft.facts.ports[service.id], mark))
    return list(dict.fromkeys(found))


def _application(draft: Draft, component: Component, placed: Placed) -> str:
    """What gunicorn serves: ``module:callable``."""
    read = reader(draft, component.content, placed.content)
    said = component.options.get("application")
    found = application(placed.options.get("application"), placed.files if read else (), read)
    if found is not None:
        return found
    draft.missing = True
    draft.context.diagnostics.add(
        Diagnostic(
            "CAMP429",
            f"which WSGI application {component.name} is, nobody can tell",
            said.value.span if said else component.span,
            label="not a module and a name in it" if said else "its files show none",
            help="write in the requirement that it runs by  com.python.wsgi.application: MODULE/NAME",
        )
    )
    return "none:none"


def _start(draft: Draft, component: Component, placed: Placed) -> str:
    """The command that starts a Node.js application."""
    read = reader(draft, component.content, placed.content)
    found = "exec npm start" if read is None else inside.node_command(placed.files, read)
    if found is None:
        draft.missing = True
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP429",
                f"which file of {component.name} Node.js is to run, nobody can tell",
                component.span,
                label="no package.json with a start script, no server.js",
                help="add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: node FILE",
            )
        )
    return _written(draft, component, "web", found or "")


def _command(draft: Draft, component: Component, process: Process) -> str:
    return _written(draft, component, _word(process.type), process.command)


def _written(draft: Draft, component: Component, word: str, command: str) -> str:
    """A command line of the plan is a program for bash, in a file of its own: no unit holds a word of it."""
    path = f"/opt/{draft.app}/{component.id}.{word}.sh"
    draft.files.append((File(path, f"{command}\n", comment=f"The command line of {word}"),))
    return f"/bin/bash -e {path}"


def _before(draft: Draft, component: Component, process: Process) -> str:
    why = "Every machine runs it before its processes start; there is no moment that all machines share."
    remedy = Remedy("Let it be safe to run twice, and at once.")
    draft.context.ledger.degrade(process.said, "before each start", why, remedy)
    return _command(draft, component, process)


def _account(draft: Draft, process: Process) -> None:
    scale = draft.tier.scale
    if process.type == "clock" and scale and scale.value.maximum > 1:
        why = f"Each machine of {draft.tier.id} has a clock of its own: with two machines, everything is done twice."
        draft.context.ledger.degrade(process.said, "on every machine", why, Remedy("Put it on a tier of one machine."))
    else:
        draft.context.ledger.keep(process.said, "by systemd")


def _word(type_: str) -> str:
    """A process type as a file's and a unit's name have it."""
    if re.fullmatch(r"[A-Za-z0-9_-]+", type_):
        return type_
    return f"{re.sub('[^A-Za-z0-9_-]', '-', type_)}-{hashlib.sha256(type_.encode()).hexdigest()[:6]}"


def _user(component: Component) -> str:
    """A user of the component's own, within the 32 characters of useradd(8)."""
    name = f"camp-{component.id}"
    return name if len(name) <= 32 else f"{name[:23]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
