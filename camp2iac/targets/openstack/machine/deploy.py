"""Components on an instance: their content, their variables, and a unit for each process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from camp2iac.record import Record, replace
from camp2iac.synth.module import Commented
from camp2iac.targets.openstack.machine import environment, image_login, processes, schedules, system_packages
from camp2iac.targets.openstack.machine.content import ContentRequest, Owner
from camp2iac.targets.openstack.machine.delivery import release
from camp2iac.targets.openstack.machine.delivery.choose import delivery
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput
from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine, find
from camp2iac.targets.openstack.machine.options import options
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.openstack.machine.template_context import DeployedComponent
from camp2iac.targets.openstack.machine.templates import files_of
from camp2iac.targets.openstack.machine.units import Peer, ProcessUnit
from camp2iac.topology.model import Component, Service


class Deployed(Record, frozen=True):
    """The components of one service. ``environment``: for one server of them all. ``units``: of their processes.

    ``dependencies``: the names of their dependencies (``ArtifactKind.dependencies``).
    """

    components: tuple[DeployedComponent, ...] = ()
    units: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    peers: tuple[Peer, ...] = ()
    environment: str = ""
    ports: tuple[int, ...] = ()
    dependencies: frozenset[str] = frozenset()


_NOT_RUN = "A script that has other requirements than its host is content, and the plan names no process that runs it."
_RUN = "Name one, or a schedule (org.camp2iac:Process), or remove the other requirements: then it runs once."


def deploy(document: MachineDocument, service: Service, store: Storage, attributes: Mapping[str, Any]) -> Deployed:
    """Add the components that run on a service."""
    given, server = document.given, service.product.server
    recipe, topology = given.recipe(service), given.topology
    placed, told, run, peers, timed, needed = [], [], [], [], list[ProcessUnit](), set[str]()
    for component in (topology.components[id_] for id_ in service.components):
        with files_of(service):
            allowed = given.infrastructure.allowed.get(component.id)
            words = find(component.kind).words
            if component.kind == "script" and not (component.processes or component.schedules):
                given.context.ledger.degrade(component.statement, "copied, not run", _NOT_RUN, _RUN)
            else:
                given.context.ledger.keep(
                    component.statement, f"{words}; its sandbox also allows: {allowed.words}" if allowed else words
                )
        inside = _send(document, service, component, attributes, store)
        if inside is None:
            continue
        serves = processes.serves(inside)
        one = _placed(document, inside, serves=serves or processes.serves_by_procfile(inside))
        needed.update(find(component.kind).dependencies(inside))
        variables = _told(given, service, component)
        told.append((component, variables))
        own = processes.add(document, inside, variables, store, web=serves)
        run += own
        if component.schedules:
            file = _environment(document, inside, variables, own)
            timed += schedules.add(document, inside, file, store, own)
        web = any(process.type == "web" for process in component.processes)
        names = tuple(f"{process.unit}.service" for process in own)
        placed.append(replace(one, units=names, listens=one.serves or web or server))
        peers += processes.peers(document, component)
        for link in component.links:
            document.install(*recipe.linked.get(topology.services[link.service].product.name, ()))
    shared = server and recipe.told
    merged = environment.merge(given, told) if shared else {}
    users = {process.user for process in (*run, *timed) if process.user}
    if server and store.mounts:
        users.add(recipe.user)
    released = any(one.released for one in placed)
    return Deployed(
        components=tuple(placed),
        units=(*(f"{process.unit}.service" for process in run), *map(schedules.timer, timed)),
        users=tuple(sorted(users)),
        peers=tuple(dict.fromkeys(peers)) if shared else (),
        environment=_server_environment(document, service, merged, released=released) if merged else "",
        ports=tuple(sorted({one.port for one in placed if one.port is not None})),
        dependencies=frozenset(needed),
    )


def _environment(
    document: MachineDocument, inside: ArtifactOnMachine, variables: Mapping[str, Commented], own: Sequence[ProcessUnit]
) -> str:
    """Return the file of variables for schedules: that of its processes or of the server, or one of their own."""
    if own:
        return own[0].environment
    service = inside.service
    if service.product.server and inside.recipe.told:
        return (
            f"-{environment.file(inside.given, _owner(inside.given, service))}"  # none if the server has no variables
        )
    released = inside.content.release is not None
    return environment.write(document, inside.component.id, variables, released=released)


def _server_environment(
    document: MachineDocument, service: Service, variables: Mapping[str, Commented], *, released: bool
) -> str:
    """Return the file of variables for the server of a service."""
    owner = _owner(document.given, service)
    if _has_file(document.given, service) and owner == service.id:
        return environment.file(document.given, owner)  # its processes have the same variables
    return environment.write(document, owner, variables, released=released)


def _owner(given: MachineInput, service: Service) -> str:
    """Return what the server's file is called after: the service, unless one of several components has this name."""
    owner, topology = service.id, given.topology
    if _has_file(given, service) and len(service.components) > 1:
        while owner in topology.services or owner in topology.components:
            owner += "-server"
    return owner


def _has_file(given: MachineInput, service: Service) -> bool:
    """Return whether processes of a component with the service's name have a file of variables."""
    own = given.topology.components[service.id].processes if service.id in service.components else ()
    return any(process.type != "release" for process in own)


def _told(given: MachineInput, service: Service, component: Component) -> dict[str, Commented]:
    """Return the variables of its processes. Static files have none."""
    recipe = given.recipe(service)
    if recipe.told or component.processes or component.schedules:
        return environment.of(given, component, recipe)
    for statement in (
        *(link.statement for link in component.links),
        *(variable.statement for variable in component.variables),
    ):
        given.context.ledger.lose(
            statement, f"{component.name} has only files that {service.product.title} serves, and no process."
        )
    return {}


def _send(
    document: MachineDocument, service: Service, component: Component, attributes: Mapping[str, Any], store: Storage
) -> ArtifactOnMachine | None:
    """Deliver the content of a component. None, and a diagnostic, if that is not possible."""
    given, kind = document.given, find(component.kind)
    refers = kind.refer(given, component)
    released = release.possible(given, service, component) and (refers is None or release.of_text(given, component))
    folder = release.folder(given, component.id) if released else f"/opt/{given.app}/{component.id}"
    owner = Owner(component.id, component.name, folder, kind.place(component, folder))
    sent = refers
    if sent is None or released:
        content = component.content if sent is None else replace(component.content, href=None, data=kind.text(sent))
        request = ContentRequest(owner, content, unpack=kind.folder)
        sent = delivery(given, request, released=released).deliver(document, request)
    if sent is None:
        return None
    if refers is not None:
        sent = replace(sent, source=refers.source)
    image_login.write(document, component)
    if sent.source:
        given.context.ledger.keep(component.statement, f"{kind.words}, {sent.source}")
    chosen = options(given, service, component)
    return ArtifactOnMachine(given, service, component, sent, folder, chosen, attributes, store.mounts)


def _placed(document: MachineDocument, inside: ArtifactOnMachine, *, serves: bool) -> DeployedComponent:
    """Describe a component for the templates, and add the packages of its kind."""
    given, component, kind = inside.given, inside.component, find(inside.component.kind)
    services = given.topology.services
    kind.check(inside)
    released = inside.content.release is not None  # each release installs what it needs
    build = kind.build(inside)
    if component.build is not None and build is not None:
        given.context.ledger.keep(component.build.statement, "once for each release, by the user camp-build")
    if build is not None and build.output:
        source = f", {inside.content.source}" if inside.content.source else ""
        given.context.ledger.keep(component.statement, f"built by Node.js; {build.output}/ is served{source}")
    document.install(*() if released else kind.packages(inside))
    for dependency in kind.dependencies(inside):
        document.install(*inside.recipe.compiles.get(dependency, ()))
    system_packages.install(document, component)
    return DeployedComponent(
        id=component.id,
        kind=component.kind,
        folder=inside.folder,
        content=inside.content,
        files=inside.files,
        known=inside.content.known,
        options=inside.options,
        port=given.infrastructure.ports.get(component.id),
        variables=inside.variables,
        serves=serves,
        tools=() if released else kind.tools(inside),
        locked=kind.locked(inside),
        programs=kind.programs(inside),
        linked={services[link.service].product.name: link.variables[0] for link in component.links if not link.callee},
        proxied=component.id in given.infrastructure.proxied,
        at=component.content.at,
        home=inside.home,
        served=f"{inside.home}/{build.output}" if build is not None and build.output else inside.home,
        build=build,
    )
