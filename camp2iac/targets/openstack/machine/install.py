"""What one service of the plan adds to a machine: its product, the components on it, what is loaded into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue import systems
from camp2iac.catalogue.recipe import Unit
from camp2iac.record import Record, asdict
from camp2iac.synth.cloudinit import AptSource, JsonString, Script, WriteFile
from camp2iac.synth.module import Document, Value
from camp2iac.targets.openstack.machine import environment, packaged, rerun
from camp2iac.targets.openstack.machine.content import DeliveredContent, Owner
from camp2iac.targets.openstack.machine.credentials import credentials, databases
from camp2iac.targets.openstack.machine.delivery import deliver
from camp2iac.targets.openstack.machine.deploy import Deployed, deploy
from camp2iac.targets.openstack.machine.draft import LIB, MachineDraft, keep_named, line_of
from camp2iac.targets.openstack.machine.options import attributes
from camp2iac.targets.openstack.machine.release import bounds, find
from camp2iac.targets.openstack.machine.render import render
from camp2iac.targets.openstack.machine.storage import storage
from camp2iac.topology.model import Job, Service


class Load(Record, frozen=True):
    """A job as a template sees it: what to load into which database."""

    id: str
    kind: str
    database: str
    content: DeliveredContent


def install(draft: MachineDraft, service: Service) -> None:
    """Add a service to the document; diagnostics where it cannot be."""
    product, recipe = service.product, draft.recipe(service)
    release = find(draft, service)
    for statement in service.chosen_by:
        draft.context.ledger.keep(statement, f"{product.title} {release}" if release else product.title)
    name = keep_named(service.id)
    draft.packages += recipe.packages_of(release)
    if recipe.selinux:
        draft.packages.append("policycoreutils-python-utils")
    if repository := recipe.apt.get(systems.like(draft.facts.os)):
        draft.apt.append(AptSource(**asdict(repository)))
    store = storage(draft, service)
    chosen = attributes(draft, service)
    unit = packaged.unit(recipe, release, {**chosen, "lib": f"{LIB}/{name}", "data": store.data})
    address = draft.facts.address
    shown: dict[str, Any] = {
        "app": draft.app,
        "family": systems.family(draft.facts.os),
        "name": name,
        "id": service.id,
        "lib": f"{LIB}/{name}",
        "title": product.title,
        "release": str(release or ""),
        "port": draft.facts.ports.get(service.id, product.port),
        "address": None if address is None else draft.variable(service.id, "address", address),
        "data": store.data,
        "volumes": store.units,
        "mounts": store.mounts,
        "bounds": bounds(service.version.value, release) if service.version and release else (),
        "wanted": service.version.value.text if service.version else "",
        "attributes": chosen,
        "unit_name": unit.drop_in if unit else "",
        "selinux": recipe.selinux,
        "at": recipe.at,
        "late": packaged.late(product, recipe),
        "blocking": product.role != "runtime",
        "password": False,
        "jobs": [],
    }
    if product.role == "service" or product.login:
        shown |= _served(draft, service)
    else:
        shown["jobs"] = _jobs(draft, service)
    deployed = deploy(draft, service, store, chosen)
    shown |= {
        "components": deployed.components,
        "units": deployed.units,
        "users": deployed.users,
        "server_ports": deployed.ports,
        "doors": deployed.ports or ((shown["port"],) if product.role != "runtime" or product.server else ()),
    }
    shown["contents"] = [one.content for one in (*deployed.components, *shown["jobs"])]
    packaged.add(draft, service, store, deployed, unit, shown)
    _files(draft, service, deployed, shown)
    _releases(draft, service, deployed, unit, shown)
    _script(draft, service, name, shown)
    draft.watch("installed", name)
    for running in (*store.units, *([unit.running] if unit else []), *deployed.units):
        draft.watch("running", running)
    if product.role != "runtime" and shown["port"] is not None:
        locked = product.link is not None and product.link.password and not shown["password"]  # nobody comes to it
        local = address is None or product.role == "balancer" or locked
        here: Value = "127.0.0.1" if local else shown["address"]
        draft.watch("listening", line_of(here, f"/{shown['port']}"))


def _releases(
    draft: MachineDraft, service: Service, deployed: Deployed, unit: Unit | None, shown: Mapping[str, Any]
) -> None:
    """Those components whose content and variables change while they run."""
    for one in deployed.components:
        if not one.released:
            continue
        component = draft.topology.components[one.id]
        # of the server, and of processes of its own; one component is all there is, so the text is the same
        told = [owner for owner, any_ in ((service.id, deployed.environment), (component.id, one.units)) if any_]
        file = one.content.path.rpartition("/")[2] if one.content.path != one.folder else ""
        rerun.publish(
            draft,
            service,
            component,
            environment=" ".join(f"/etc/{draft.app}/{owner}.env" for owner in dict.fromkeys(told)),
            told=environment.text_of(told[0]) if told else "",
            # what hands out files as they are sees others at its next request
            units=(*([unit.running] if unit and draft.recipe(service).told else []), *one.units),
            port=one.port if one.listens else None,
            place=file,
            shown={**shown, "component": one},
        )


def _served(draft: MachineDraft, service: Service) -> dict[str, Any]:
    """What a service needs besides: who may come, as whom, and what is loaded first."""
    own = credentials(draft, service)
    if own.password != "":
        draft.files.append(
            (
                WriteFile(
                    f"/etc/{draft.app}/{service.id}.password",
                    JsonString(draft.variable(service.id, "password", own.password)),
                    permissions="0600",
                    comment="Its password: root reads it once",
                ),
            )
        )
    jobs = _jobs(draft, service)
    clients = draft.facts.clients.get(service.id, ())
    return {
        "password": own.password != "",
        "user": own.user,
        "database": own.name,
        "databases": databases(draft, service),
        "clients": [
            draft.variable(service.id, "clients" if len(clients) == 1 else f"clients_{i}", client)
            for i, client in enumerate(clients, 1)
        ],
        "jobs": jobs,
    }


def _jobs(draft: MachineDraft, service: Service) -> list[Load]:
    """What is loaded into a service, in the plan's order; each once."""
    sent: dict[str, DeliveredContent | None] = {}
    return list(dict.fromkeys(load for job in service.jobs if (load := _load(draft, service, job, sent))))


def _load(draft: MachineDraft, service: Service, job: Job, sent: dict[str, DeliveredContent | None]) -> Load | None:
    """A job; ``sent``: what other jobs of the service have sent already."""
    id_ = f"{job.id}-into-{service.id}" if job.several else job.id
    draft.context.ledger.keep(job.statement, "once, on its machine")
    if id_ not in sent:
        owner = Owner(id_, job.id, folder=f"{LIB}/{id_}.{job.kind}", file=_file(job, id_))
        sent[id_] = deliver(draft, owner, job.content, unpack=False)
    content = sent[id_]
    if content is None:
        draft.missing = True
        return None
    return Load(id_, job.kind, credentials(draft, service, job).name, content)


def _file(job: Job, id_: str) -> str:
    """Where a single file is; the end of its name tells what it is (``.json``, ``.gz``), where its kind does not."""
    name = job.content.href.value if job.content.href else ""
    suffix = name.rpartition("/")[2].rpartition(".")[2] if job.kind == "dump" else ""
    return f"{LIB}/{id_}.{suffix if suffix.isalnum() and suffix.isascii() else job.kind}"


def _files(draft: MachineDraft, service: Service, deployed: Deployed, shown: Mapping[str, Any]) -> None:
    recipe, templates = draft.recipe(service), service.product.folder / "templates"
    wanted = [(form, shown) for form in recipe.files]
    for component in deployed.components:
        wanted += [(form, {**shown, "component": component}) for form in recipe.component_files]
    paragraph = []
    for form, context in wanted:
        of = getattr(context.get("component"), "id", "")
        path = form.path.format(app=draft.app, id=service.id, lib=shown["lib"], component=of)
        text = render(templates, form.template, {**context, **form.more})
        paragraph.append(WriteFile(path, text, permissions=form.permissions, comment=form.comment))
    if paragraph:
        draft.files.append(tuple(paragraph))


def _script(draft: MachineDraft, service: Service, name: str, shown: Mapping[str, Any]) -> None:
    text = render(service.product.folder / "templates", "install.sh.j2", shown)
    if not isinstance(text, str):
        raise TypeError(f"{service.product.name}/templates/install.sh.j2: a script holds no value of Terraform's")
    draft.documents.append(Document(f"cloud-init/{name}.sh", text.encode()))
    draft.scripts.append(WriteFile(f"{LIB}/{name}.sh", Script(f"{name}.sh"), permissions="0755"))
    draft.run.append(f"{LIB}/{name}.sh")
