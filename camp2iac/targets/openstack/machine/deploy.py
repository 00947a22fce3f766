"""Components on a machine: their content, what they are told, and a unit for each process of theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from camp2iac.catalogue.model import Product
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.module import Commented, Value
from camp2iac.targets.base import Remedy
from camp2iac.targets.openstack.machine import environment
from camp2iac.targets.openstack.machine import units as systemd
from camp2iac.targets.openstack.machine.content import Owner, Sent, send
from camp2iac.targets.openstack.machine.draft import Draft, keep_named
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.wsgi import application
from camp2iac.topology.model import Component, Process, Service

KINDS_OF_FOLDERS = ("python", "nodejs", "php", "static")  # an archive is unpacked for these


@dataclass(frozen=True, slots=True)
class Placed:
    """A component as a template sees it.

    ``folder``: where its files are; of a web archive, ``file``. ``files``: their names as far as ``known``. ``serves``:
    our own server runs it (gunicorn). ``options``: those of its host, as text. ``port``: where it is to listen.
    """

    id: str
    folder: str
    file: str
    content: Sent
    files: tuple[str, ...]
    known: bool
    serves: bool
    options: dict[str, str]
    port: int | None


@dataclass(frozen=True, slots=True)
class Deployed:
    """The components of one service. ``environment``: the file of a server that runs them all; ``units``: their own."""

    components: tuple[Placed, ...]
    units: tuple[str, ...]
    peers: tuple[systemd.Peer, ...]
    environment: str
    ports: tuple[int, ...]


def deploy(draft: Draft, service: Service, name: str, store: Storage) -> Deployed:
    """Add the components that run on a service."""
    product, ledger = service.product, draft.context.ledger
    components = [draft.topology.components[id_] for id_ in service.components]
    placed, told, names = [], [], []
    for component in components:
        ledger.keep(component.said, _WORDS.get(component.kind, "on its machine"))
        owner = Owner(component.id, component.name, f"/opt/{draft.app}/{component.id}", _single(draft, component))
        sent = send(draft, owner, component.content, unpack=component.kind in KINDS_OF_FOLDERS)
        if sent is None:
            draft.missing = True
            continue
        found = environment.of(draft, component, product)
        told.append((component, found))
        serves = _serves(product, component)
        options = {key: _option(draft, component, key) for key in component.options}
        if serves:
            options["application"] = _application(draft, component, sent, options)
        placed.append(
            Placed(
                component.id, owner.folder, owner.file, sent, sent.names, sent.known, serves, options,
                draft.facts.ports.get(component.id),
            )
        )  # fmt: skip
        names += _processes(draft, service, component, placed[-1], found, store)
    file = ""
    if product.machine.get("server") and product.machine.get("told", True):
        merged = environment.merge(draft, service.id, told)
        file = environment.write(draft, service.id, merged) if merged else ""
    peers = tuple(dict.fromkeys(peer for component in components for peer in _peers(draft, component)))
    ports = tuple(sorted({p.port for p in placed if p.port is not None}))
    return Deployed(tuple(placed), tuple(names), peers, file, ports)


_WORDS = {
    "python": "in a virtual environment",
    "nodejs": "by npm, on its machine",
    "war": "deployed on its machine",
    "php": "served by Apache",
    "static": "served by nginx",
}


def _single(draft: Draft, component: Component) -> str:
    return f"/opt/{draft.app}/{component.id}.war" if component.kind == "war" else ""


def _option(draft: Draft, component: Component, key: str) -> str:
    said = component.options[key]
    literal = said.value.literal
    if literal is None:
        draft.missing = True
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP428",
                f"{key} of {component.name} must be known before anything is deployed",
                said.value.span,
                label="this is known later",
                help="write the value itself",
            )
        )
        return ""
    draft.context.ledger.keep(said, _KEPT.get(key, literal))
    if key == "server" and literal not in ("gunicorn", "platform"):
        why = f"Applications are served by gunicorn here, which speaks the same WSGI as {literal}."
        draft.context.ledger.degrade(said, "gunicorn", why, Remedy("None needed, as long as nothing counts on it."))
    return literal


_KEPT = {"application": "gunicorn, by systemd", "server": "gunicorn"}


def _serves(product: Product, component: Component) -> bool:
    """Whether the product's own server runs the component: it is asked for, or nothing else is to run."""
    if not product.machine.get("web"):
        return False
    types = {process.type for process in component.processes}
    asked = "application" in component.options or any(e.port for e in component.exposures)
    return "web" not in types and (not types or asked)


def _application(draft: Draft, component: Component, sent: Sent, options: dict[str, str]) -> str:
    """What gunicorn serves: ``module:callable``."""
    if component.kind != "python":
        return ""
    said = component.options.get("application")
    package, path = draft.context.package, component.content.path
    prefix = f"{path.rstrip('/')}/" if path and not package.is_file(path) else ""
    read = (lambda name: package.read(prefix + name)) if sent.known and path is not None else None
    found = application(options.get("application"), sent.names if read else (), read)
    if found is None:
        draft.missing = True
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP429",
                f"what gunicorn is to serve of {component.name} is not clear"
                + (f": {' '.join(options['application'].split())}" if said else ""),
                said.value.span if said else component.span,
                label="a module and what it calls the application belong here"
                if said
                else "no WSGI application was found in it",
                help="write beside the requirement  com.python.wsgi.application: MODULE/APPLICATION",
            )
        )
        return "none:none"
    return found


def _processes(
    draft: Draft, service: Service, component: Component, placed: Placed, found: dict[str, Commented], store: Storage
) -> list[str]:
    """A unit for each process of a component; their names."""
    product, machine = service.product, service.product.machine
    run = [process for process in component.processes if process.type != "release"]
    if not run and not placed.serves:
        return []
    if machine.get("server") and not run:
        return []
    file = environment.write(draft, component.id, found)
    peers = _peers(draft, component)
    user = f"{draft.app}-{component.id}"[:32] if store.mounts else ""
    common = {
        "folder": placed.folder,
        "environment": file,
        "path": machine.get("path", "").format(folder=placed.folder),
        "more": tuple(machine.get("environment", ())),
        "before": tuple(
            _release(draft, component, placed, process) for process in component.processes if process.type == "release"
        ),
        "user": user,
        "writable": store.mounts,
        "mounts": store.units,
    }
    made = []
    if placed.serves:
        web = machine["web"]
        command = web["command"].format(folder=placed.folder, **_numbers(draft, service), **placed.options)
        made.append(
            systemd.Process(
                f"{draft.app}-{component.id}", f"{component.id} of {draft.app}", command,
                notify=web.get("notify", False), comment=web.get("comment", ""), low_port=_low(placed), **common,
            )
        )  # fmt: skip
    for process in run:
        name = f"{draft.app}-{component.id}" + ("" if process.type == "web" else f".{_type(process.type)}")
        command = _command(draft, component, process)
        made.append(
            systemd.Process(
                name, f"{component.id} of {draft.app}: {_type(process.type)}", command, low_port=_low(placed), **common
            )
        )
        _account(draft, component, process)
    draft.files.append(tuple(systemd.process(draft, one, peers) for one in made))
    return [f"{one.unit}.service" for one in made]


def _account(draft: Draft, component: Component, process: Process) -> None:
    scale = draft.tier.scale
    if process.type == "clock" and scale and scale.value.maximum > 1:
        why = f"Each machine of {draft.tier.id} has a clock of its own: with two machines, everything is done twice."
        draft.context.ledger.degrade(process.said, "on every machine", why, Remedy("Put it on a tier of one machine."))
    else:
        draft.context.ledger.keep(process.said, "by systemd")


def _release(draft: Draft, component: Component, placed: Placed, process: Process) -> str:
    why = "Every machine runs it before its processes start; there is no moment that all machines share."
    draft.context.ledger.degrade(
        process.said, "before each start", why, Remedy("Let it be safe to run twice, and at once.")
    )
    return _command(draft, component, process)


def _command(draft: Draft, component: Component, process: Process) -> str:
    """A command line of the plan is a program for bash, in a file of its own: no unit holds a word of it."""
    from camp2iac.synth.cloudinit import File

    path = f"/opt/{draft.app}/{component.id}.{_type(process.type)}.command"
    draft.files.append(
        (File(path, f"{process.command}\n", comment=f"What runs as {_type(process.type)} of {component.id}"),)
    )
    return f"/bin/bash -e {path}"


def _type(type_: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", type_)


def _low(placed: Placed) -> bool:
    return placed.port is not None and placed.port < 1024


def _numbers(draft: Draft, service: Service) -> dict[str, Value]:
    """The product's attributes that a command line may hold: numbers."""
    given = {name: said.value.literal for name, said in service.attributes.items()}
    return {
        name: given.get(name) or form.default
        for name, form in service.product.attributes.items()
        if form.type == "integer"
    }


def _peers(draft: Draft, component: Component) -> tuple[systemd.Peer, ...]:
    """The services that a component must be able to reach before it starts."""
    found = []
    for link in component.links:
        service = draft.topology.services[link.service]
        if service.href is not None:
            continue
        host = draft.variable(service.tier, "address", draft.facts.hosts[service.id], others=True)
        mark = keep_named(service.id) if service.tier == component.tier else ""
        found.append(systemd.Peer(host, draft.facts.ports[service.id], mark))
    return tuple(dict.fromkeys(found))
