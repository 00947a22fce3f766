"""What one service of the plan adds to the document: its product, its components, and what is loaded into it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue import systems
from camp2iac.catalogue.recipe import Recipe, TemplateFile, Unit
from camp2iac.catalogue.versions import Version
from camp2iac.record import asdict, replace
from camp2iac.synth.cloudinit import AptSource, JsonString, WriteFile
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.machine import encrypted_links, environment, packaged, vendor_repository
from camp2iac.targets.openstack.machine.component_release import ReleasedComponent, publish
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, Owner
from camp2iac.targets.openstack.machine.credentials import credentials, databases
from camp2iac.targets.openstack.machine.delivery.choose import delivery, job_id
from camp2iac.targets.openstack.machine.deploy import Deployed, deploy
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, MachineInput, keep_named, line_of
from camp2iac.targets.openstack.machine.halves import CONFIGURE, INSTALL
from camp2iac.targets.openstack.machine.kept_data import filling, folders
from camp2iac.targets.openstack.machine.options import attributes
from camp2iac.targets.openstack.machine.product_version import bounds, installed
from camp2iac.targets.openstack.machine.storage import Storage, storage
from camp2iac.targets.openstack.machine.template_context import LoadJob, TemplateContext, installing
from camp2iac.targets.openstack.machine.templates import filled, install_script, script, text
from camp2iac.topology.model import Job, Service


def install(document: MachineDocument, service: Service) -> TemplateContext:
    """Add a service to the document, or a diagnostic. Return the names for its templates.

    Raises:
        ProductFault: a template or a form of its product has an error.
    """
    given, product = document.given, service.product
    recipe, version = given.recipe(service), installed(given, service)
    for statement in service.chosen_by:
        given.context.ledger.keep(statement, f"{product.title} {version}" if version else product.title)
    _packages(document, recipe, version)
    if version is not None:
        document.name_release(f"{product.title} {version}")
    vendor_repository.prepare(document, service)
    store = storage(document, service)
    chosen = attributes(document, service)
    unit = packaged.unit(service, recipe, version)
    known = replace(_known(document, service, version, store, chosen), unit_name=unit.drop_in if unit else "")
    known = _served(document, service, known)
    deployed = deploy(document, service, store, chosen)
    vendor_repository.add(document, service, version, deployed.dependencies)
    doors = (known.port,) if known.port is not None and (product.role != "runtime" or product.server) else ()
    known = replace(
        known,
        components=deployed.components,
        contents=(*(one.content for one in deployed.components), *(job.content for job in known.jobs)),
        units=deployed.units,
        users=deployed.users,
        group=_group(service.id) if len(deployed.users) > 1 else "",
        server_ports=deployed.ports,
        doors=deployed.ports or doors,
    )
    packaged.add(document, service, store, deployed, unit, known)
    _files(document, service, recipe, known)
    _releases(document, service, deployed, unit, known)
    _scripts(document, service, known)
    _watch(document, service, known, (*store.units, *([unit.running] if unit else []), *deployed.units))
    return known


def _checked(given: MachineInput, service: Service, version: Version | None) -> tuple[tuple[str, str], ...]:
    """The bounds that an instance checks. The release of a distribution is known when compiling: it needs no check, and
    a range that contains it changes no user data.
    """
    vendor = given.source(service) is not None or systems.like(given.infrastructure.os) in given.recipe(service).apt
    return bounds(service.version.value, version) if vendor and service.version and version else ()


def _packages(document: MachineDocument, recipe: Recipe, version: Version | None) -> None:
    document.install(*recipe.packages_of(version))
    if recipe.selinux:
        document.install("policycoreutils-python-utils")
    if repository := recipe.apt.get(systems.like(document.given.infrastructure.os)):
        document.add_repository(AptSource(**asdict(repository)))


def _known(
    document: MachineDocument, service: Service, version: Version | None, store: Storage, chosen: Mapping[str, Any]
) -> TemplateContext:
    """The names for templates, without those of the components and jobs of the service."""
    given, product, recipe = document.given, service.product, document.given.recipe(service)
    name, address = keep_named(service.id), given.infrastructure.address
    fills = filling(given.infrastructure.companions)
    fill = fills.companion.machine.fill if fills else None
    return TemplateContext(
        app=given.app,
        family=systems.family(given.infrastructure.os),
        at=recipe.at,
        id=service.id,
        name=name,
        lib=f"{LIB}/{name}",
        title=product.title,
        release=str(version or ""),
        wanted=service.version.value.text if service.version else "",
        bounds=_checked(given, service, version),
        vendor=source.title if (source := given.source(service)) else "",
        port=given.infrastructure.ports.get(service.id, product.port),
        address=None if address is None else document.variable(service.id, "address", address),
        data=store.data,
        volumes=store.units,
        mounts=store.mounts,
        attributes=chosen,
        selinux=recipe.selinux,
        late=packaged.late(product, recipe),
        blocking=product.role != "runtime",
        proxied=service.id in given.infrastructure.proxied,
        fill=fill.command if fill else "",
        fill_folders=folders(fills.companion, product, store.data, store.mounts) if fills else (),
        https=serves if (serves := given.infrastructure.https) and serves.service == service.id else None,
    )


def _served(document: MachineDocument, service: Service, known: TemplateContext) -> TemplateContext:
    """The jobs of a service, its user and password, and the networks of its clients."""
    given = document.given
    if service.product.role != "service" and not service.product.login:
        return replace(known, jobs=_jobs(document, service))
    own = credentials(given, service)
    if own.password != "":
        document.write(
            WriteFile(
                f"/etc/{given.app}/{service.id}.password",
                JsonString(document.variable(service.id, "password", own.password)),
                permissions="0600",
                comment="Its password. Only root can read it",
            )
        )
    tls = encrypted_links.serve(document, service)
    jobs = _jobs(document, service)
    clients = given.infrastructure.clients.get(service.id, ())
    return replace(
        known,
        password=own.password != "",
        user=own.user,
        database=own.name,
        databases=databases(given, service),
        clients=tuple(
            document.variable(service.id, "clients" if len(clients) == 1 else f"clients_{i}", client)
            for i, client in enumerate(clients, 1)
        ),
        jobs=jobs,
        tls=tls,
    )


def _jobs(document: MachineDocument, service: Service) -> tuple[LoadJob, ...]:
    """What is loaded into a service, in the plan's order, each once."""
    sent: dict[str, DeliveredContent | None] = {}
    loads = (_load(document, service, job, sent) for job in service.jobs)
    return tuple(dict.fromkeys(load for load in loads if load is not None))


def _load(
    document: MachineDocument, service: Service, job: Job, sent: dict[str, DeliveredContent | None]
) -> LoadJob | None:
    """A job. ``sent``: the content that other jobs of the service have sent."""
    given, id_ = document.given, job_id(job, service)
    given.context.ledger.keep(job.statement, "once, on its instance")
    if id_ not in sent:
        owner = Owner(id_, job.id, folder=f"{LIB}/{id_}.{job.kind}", file=_file(job, id_))
        request = ContentRequest(owner, job.content)
        sent[id_] = delivery(given, request).deliver(document, request)
    content = sent[id_]
    if content is not None and content.source:
        given.context.ledger.keep(job.statement, f"once, on its instance, {content.source}")
    return None if content is None else LoadJob(id_, job.kind, credentials(given, service, job).name, content)


def _file(job: Job, id_: str) -> str:
    """The path of a single file. Its suffix (``.json``, ``.gz``) is that of its name, if its kind has none."""
    name = job.content.href.value if job.content.href else ""
    suffix = name.rpartition("/")[2].rpartition(".")[2] if job.kind == "dump" else ""
    return f"{LIB}/{id_}.{suffix if suffix.isalnum() and suffix.isascii() else job.kind}"


def _files(document: MachineDocument, service: Service, recipe: Recipe, known: TemplateContext) -> None:
    """The files of the product, and those of each component."""
    paragraph = [_rendered(service, form, known) for form in recipe.files]
    for component in known.components:
        own = replace(known, component=component)
        paragraph += [_rendered(service, form, own) for form in recipe.component_files]
    if paragraph:
        document.write(*paragraph)


def _rendered(service: Service, form: TemplateFile, known: TemplateContext) -> WriteFile:
    component = known.component.id if known.component else ""
    places = {"app": known.app, "id": known.id, "lib": known.lib, "component": component}
    body = text(service, form.template, known, form.more)
    return WriteFile(filled(service, form.path, places), body, permissions=form.permissions, comment=form.comment)


def _releases(
    document: MachineDocument, service: Service, deployed: Deployed, unit: Unit | None, known: TemplateContext
) -> None:
    """The components whose content and variables change while they run."""
    given = document.given
    for one in deployed.components:
        if one.content.release is None:
            continue
        own = one.units or (given.topology.components[one.id].schedules and not deployed.environment)
        # Of the server, and of its own processes. There is one component, so the text is the same.
        told = [owner for owner, any_ in ((service.id, deployed.environment), (one.id, own)) if any_]
        released = ReleasedComponent(
            service,
            given.topology.components[one.id],
            one.content.release,
            environment=" ".join(f"/etc/{given.app}/{owner}.env" for owner in dict.fromkeys(told)),
            text=environment.text_of(told[0]) if told else "",
            # A server of static files sees new ones at its next request.
            units=(*([unit.running] if unit and given.recipe(service).told else []), *one.units),
            port=one.port if one.listens else None,
            file=one.content.path.rpartition("/")[2] if one.content.path != one.folder else "",
        )
        publish(document, released, replace(known, component=one))


def _scripts(document: MachineDocument, service: Service, known: TemplateContext) -> None:
    """The scripts of a service: one for each half, unless it has nothing to do."""
    install = install_script(service, "install.sh.j2", installing(known))
    # Components on the same instance wait for its mark.
    linked = any(not link.callee for link in document.given.topology.users(service.id))
    configure = script(service, "configure.sh.j2", known, {"always": linked})
    document.share_named(install + configure)
    for half, text_, mark in ((INSTALL, install, "installed"), (CONFIGURE, configure, "configured")):
        if text_.strip():
            document.add_script(half, f"{known.name}.{half}.sh", f"{known.lib}.{half}.sh", text_)
            document.watch(mark, known.name)


def _group(service: str) -> str:
    """The group of the users that write to the same volumes, within the 32 characters of groupadd(8)."""
    name = f"camp-data-{service}"
    return name if len(name) <= 32 else f"{name[:23]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _watch(document: MachineDocument, service: Service, known: TemplateContext, units: tuple[str, ...]) -> None:
    """The lines for camp-status."""
    product = service.product
    for unit in units:
        document.watch("running", unit)
    if product.role != "runtime" and known.port is not None:
        link = product.link  # without clients, the server listens only on 127.0.0.1
        locked = link is not None and not (known.password if link.password else known.clients)
        local = known.address is None or product.role == "balancer" or locked
        here: Value = "127.0.0.1" if local else known.address
        document.watch("listening", line_of(here, f"/{known.port}"))
