"""What one service of the plan adds to a machine: its product, the components on it, what is loaded into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.cloudinit import AptSource, File, Json, Script
from camp2iac.synth.module import Document, Template, Value
from camp2iac.targets.openstack import values
from camp2iac.targets.openstack.machine import deploy, units
from camp2iac.targets.openstack.machine.content import Owner, Sent, send
from camp2iac.targets.openstack.machine.credentials import credentials, databases
from camp2iac.targets.openstack.machine.draft import LIB, Draft, keep_named
from camp2iac.targets.openstack.machine.render import render
from camp2iac.targets.openstack.machine.storage import Storage, storage
from camp2iac.topology.model import Job, Service


@dataclass(frozen=True, slots=True)
class Load:
    """A job as a template sees it: what to load into which database."""

    id: str
    kind: str
    database: str
    content: Sent


def install(draft: Draft, service: Service) -> None:
    """Add a service to the document; diagnostics where it cannot be."""
    product = service.product
    release = _release(draft, service)
    for said in service.chosen_by:
        draft.context.ledger.keep(said, f"{product.title} {release}" if release else product.title)
    name = keep_named(service.id)
    draft.packages += _by_release(product.machine.get("packages", []), release)
    draft.apt += _apt(product.machine.get("apt", {}), draft.facts.os)
    store = storage(draft, service)
    shown: dict[str, Any] = {
        "app": draft.app,
        "name": name,
        "id": service.id,
        "title": product.title,
        "release": str(release or ""),
        "os": draft.facts.os,
        "port": draft.facts.ports.get(service.id, product.port),
        "address": None if draft.facts.address is None else draft.variable(service.id, "address", draft.facts.address),
        "data": store.data,
        "volumes": store.units,
        "bounds": _bounds(service.version.value, release) if service.version and release else (),
        "wanted": service.version.value.text if service.version else "",
        "attributes": _attributes(draft, service),
    }
    if product.role == "service":
        shown |= _served(draft, service)
    deployed = deploy.deploy(draft, service, name, store)
    shown |= {"components": deployed.components, "units": deployed.units, "server_ports": deployed.ports}
    shown["environment"] = deployed.environment
    shown["contents"] = [*(c.content for c in deployed.components), *(load.content for load in shown.get("jobs", ()))]
    _packaged(draft, service, store, deployed, shown)
    _files(draft, service, shown)
    _script(draft, service, name, shown)
    draft.watch("installed", name)
    for unit in store.units:
        draft.watch("running", unit)
    running = product.machine.get("unit", {}).get("running")
    if running:
        draft.watch("running", running)
    for unit in deployed.units:
        draft.watch("running", unit)
    if product.role != "runtime":
        here: Value = "127.0.0.1" if shown["address"] is None else shown["address"]
        draft.watch(
            "listening",
            Template((here, f"/{shown['port']}")) if not isinstance(here, str) else f"{here}/{shown['port']}",
        )


def _release(draft: Draft, service: Service) -> Version | None:
    """The release that the machine's operating system has; CAMP420 or CAMP421 where the plan cannot have it."""
    product, os = service.product, draft.facts.os
    release = product.available.get(os)
    if release is None and product.available:
        draft.missing = True
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP421",
                f"camp2iac does not know how to install {product.title} on {os}",
                service.span,
                label=f"{service.name} is to run there",
                notes=(f"it does on {_list(sorted(product.available))}",),
                help="give an image of one of these in the environment file, and say which:  os: "
                + sorted(product.available)[0],
            )
        )
        return None
    said = service.version
    if said is None or release is None:
        return release
    if release in said.value:
        draft.context.ledger.keep(said, str(release))
        return release
    draft.missing = True
    fitting = [f"{name} has {found}" for name, found in sorted(product.available.items()) if found in said.value]
    draft.context.diagnostics.add(
        Diagnostic(
            "CAMP420",
            f"{os} has {product.title} {release}, and {service.name} wants {said.value}",
            said.span,
            label=said.value.words(),
            notes=(f"of the systems that camp2iac knows, {_list(fitting)}",)
            if fitting
            else ("no system that camp2iac knows has it",),
            help=_wider(
                said.value, release, [os for os, found in sorted(product.available.items()) if found in said.value]
            ),
        )
    )
    return release


def _wider(wanted: VersionRange, release: Version, fitting: list[str]) -> str:
    write = f'write  version: "{release}"  or a range that has it in it'
    return f"{write},\nor give an image of {fitting[-1]} in the environment file" if fitting else write


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _bounds(wanted: VersionRange, release: Version) -> tuple[tuple[str, str], ...]:
    """The range for dpkg --compare-versions, as fine as the distribution's releases are told."""
    depth = len(release.text.split("."))
    found = []
    if wanted.low is not None:
        low = ".".join(wanted.low.text.split(".")[:depth])
        found.append(("ge" if wanted.low_included or low != wanted.low.text else "gt", low))
    if wanted.high is not None and wanted.high != wanted.low:
        high = wanted.high.text.split(".")
        upto = wanted.high_included or len(high) > depth
        found.append(("le" if upto else "lt", ".".join(high[:depth])))
    return tuple(found)


def _by_release(packages: Any, release: Version | None) -> list[str]:
    if isinstance(packages, Mapping):
        return list(packages.get(str(release), ())) if release else []
    return list(packages)


def _apt(sources: Mapping[str, Any], os: str) -> list[AptSource]:
    found = sources.get(os)
    return [AptSource(**found)] if found else []


def _attributes(draft: Draft, service: Service) -> dict[str, Any]:
    """Every attribute of the product: the plan's value, else the default, else None."""
    found: dict[str, Any] = {name: form.default for name, form in service.product.attributes.items()}
    for name, said in service.attributes.items():
        form = service.product.attributes.get(name)
        if form is None or form.secret or name in ("user", "database", "vhost"):
            continue
        literal = said.value.literal
        if literal is None:
            found[name] = draft.variable(service.id, name, values.value(said.value, draft.topology, draft.facts))
        elif form.type == "integer":
            if not literal.isdigit():
                draft.missing = True
                draft.context.diagnostics.add(
                    Diagnostic(
                        "CAMP422",
                        f"{name} of {service.name} is not a number: {literal}",
                        said.value.span,
                        label="a whole number belongs here",
                        help=f"write for example  {name}: {form.default or 1}",
                    )
                )
                continue
            found[name] = int(literal)
        else:
            found[name] = literal == "true" if form.type == "boolean" else literal
        draft.context.ledger.keep(said, literal if literal is not None else "as the plan says")
    return found


def _served(draft: Draft, service: Service) -> dict[str, Any]:
    """What a service needs besides: who may come, as whom, and what is loaded first."""
    own = credentials(draft, service)
    if service.product.link is not None and service.product.link.password:
        draft.files.append(
            (
                File(
                    f"/etc/{draft.app}/{service.id}.password",
                    Json(draft.variable(service.id, "password", own.password)),
                    permissions="0600",
                    comment="Its password: root reads it once",
                ),
            )
        )
    jobs = [load for job in service.jobs if (load := _load(draft, service, job))]
    clients = draft.facts.clients.get(service.id, ())
    return {
        "user": own.user,
        "database": own.name,
        "databases": databases(draft, service),
        "clients": [
            draft.variable(service.id, "clients" if len(clients) == 1 else f"clients_{i}", client)
            for i, client in enumerate(clients, 1)
        ],
        "jobs": jobs,
    }


def _load(draft: Draft, service: Service, job: Job) -> Load | None:
    owner = Owner(job.id, job.id, folder=f"{LIB}/{job.id}", file=f"{LIB}/{job.id}.{job.kind}")
    sent = send(draft, owner, job.content, unpack=False)
    draft.context.ledger.keep(job.said, "once, on its machine")
    if sent is None:
        draft.missing = True
        return None
    return Load(job.id, job.kind, credentials(draft, service, job).name, sent)


def _packaged(
    draft: Draft, service: Service, store: Storage, deployed: deploy.Deployed, shown: Mapping[str, Any]
) -> None:
    """The drop-in of a distribution's unit: its volume first, its network, what its components are told and wait for."""
    unit = service.product.machine.get("unit", {})
    if not unit:
        if store.files:
            draft.files.append(store.files)
        return
    head: list[Value] = ["[Unit]\n"]
    if store.units:
        head.append(f"Requires={' '.join(store.units)}\n")
    if store.units or shown["address"] is not None or deployed.peers:
        after = [*store.units, "network-online.target"]
        head.append(f"Wants=network-online.target\nAfter={' '.join(after)}\n")
    if store.units:
        head.append(f"RequiresMountsFor={' '.join(store.words)}\n")
    body: list[Value] = []
    if service.product.machine.get("server"):
        body += units.waits(draft, deployed.peers)
        body.append(f"TimeoutStartSec={units.patience(deployed.peers)}\n" if deployed.peers else "")
        body.append(f"EnvironmentFile={deployed.environment}\n" if deployed.environment else "")
        body.append("IPAddressDeny=169.254.169.254\n")
        if any(port < 1024 for port in deployed.ports):
            body.append("AmbientCapabilities=CAP_NET_BIND_SERVICE\n")
    if unit.get("writes") and shown["data"]:
        body.append(f"ReadWritePaths={shown['data']}\n")
    body += [f"{line}\n" for line in unit.get("more", ())]
    lines = [
        *(head if len(head) > 1 else []),
        *(["\n"] if len(head) > 1 and any(body) else []),
        *(["[Service]\n", *body] if any(body) else []),
    ]
    comment = unit.get("comment", "") if store.units else ""
    drop_in = (units.packaged(unit["drop_in"], [line for line in lines if line], comment),) if lines else ()
    if store.files or drop_in:
        draft.files.append((*store.files, *drop_in))


def _files(draft: Draft, service: Service, shown: Mapping[str, Any]) -> None:
    paragraph = []
    for form in service.product.machine.get("files", ()):
        text = render(service.product.folder / "templates", form["template"], shown)
        path = form["path"].format(app=draft.app, id=service.id)
        paragraph.append(File(path, text, permissions=form.get("permissions", "0644"), comment=form.get("comment", "")))
    if paragraph:
        draft.files.append(tuple(paragraph))


def _script(draft: Draft, service: Service, name: str, shown: Mapping[str, Any]) -> None:
    text = render(service.product.folder / "templates", "install.sh.j2", shown)
    assert isinstance(text, str), "a script holds no value of Terraform's"
    draft.documents.append(Document(f"cloud-init/{name}.sh", text.encode()))
    draft.scripts.append(File(f"{LIB}/{name}.sh", Script(f"{name}.sh"), permissions="0755"))
    draft.run.append(f"{LIB}/{name}.sh")
