"""Components on a machine: their content, what they are told, and a unit for each process of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.record import Record, replace
from camp2iac.synth.module import Commented
from camp2iac.targets.openstack.machine import environment, processes, rerun
from camp2iac.targets.openstack.machine.content import DeliveredContent, Owner
from camp2iac.targets.openstack.machine.delivery import deliver
from camp2iac.targets.openstack.machine.draft import MachineDraft
from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine, find
from camp2iac.targets.openstack.machine.options import options
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.openstack.machine.units import Peer
from camp2iac.topology.model import Component, Service


class DeployedComponent(Record, frozen=True):
    """A component as a template sees it.

    ``kind``: of its artifact. ``folder``: where its files are. ``files``: their names as far as ``known``. ``serves``:
    its kind starts a web process (gunicorn). ``options``: those of its host. ``port``: where it is to listen.
    ``tools``: what must be there before it can be installed (``npm``). ``variables``: the names of what it is told.
    ``linked``: products that it connects to, and the variable that holds the URL.
    ``units``: its own. ``listens``: one of its processes, or its server, answers at ``port``. ``released``: it comes as
    releases, each made ready elsewhere.
    """

    id: str
    kind: str
    folder: str
    content: DeliveredContent
    files: tuple[str, ...]
    known: bool
    options: Mapping[str, str]
    port: int | None
    variables: tuple[str, ...]
    serves: bool
    tools: tuple[str, ...]
    linked: Mapping[str, str]
    units: tuple[str, ...] = ()
    listens: bool = False

    @property
    def released(self) -> bool:
        """Whether its content and variables may change while it runs."""
        return self.content.form == "release"


class Deployed(Record, frozen=True):
    """The components of one service. ``environment``: of a server that runs them all; ``units``: of their own."""

    components: tuple[DeployedComponent, ...] = ()
    units: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    peers: tuple[Peer, ...] = ()
    environment: str = ""
    ports: tuple[int, ...] = ()


def deploy(draft: MachineDraft, service: Service, store: Storage, attributes: Mapping[str, Any]) -> Deployed:
    """Add the components that run on a service."""
    recipe = draft.recipe(service)
    placed, told, run, peers = [], [], [], []
    for component in (draft.topology.components[id_] for id_ in service.components):
        draft.context.ledger.keep(component.statement, find(component.kind).words)
        inside = _send(draft, service, component, attributes, store)
        if inside is None:
            draft.missing = True
            continue
        one = _placed(inside, serves=processes.serves(inside))
        variables = _told(draft, service, component)
        told.append((component, variables))
        own = processes.of(inside, variables, store, one.port, web=one.serves)
        run += own
        web = any(process.type == "web" for process in component.processes)
        listens = one.serves or web or service.product.server
        placed.append(replace(one, units=tuple(f"{process.unit}.service" for process in own), listens=listens))
        peers += processes.peers(draft, component)
        for link in component.links:
            linked = draft.topology.services[link.service].product.name
            draft.packages += recipe.linked.get(linked, ())
    shared = service.product.server and recipe.told
    merged = environment.merge(draft, service.id, told) if shared else {}
    users = {process.user for process in run if process.user}
    if service.product.server and store.mounts:
        users.add(recipe.user)
    return Deployed(
        components=tuple(placed),
        units=tuple(f"{process.unit}.service" for process in run),
        users=tuple(sorted(users)),
        peers=tuple(dict.fromkeys(peers)) if shared else (),
        environment=environment.write(draft, service.id, merged, released=any(one.released for one in placed))
        if merged
        else "",
        ports=tuple(sorted({one.port for one in placed if one.port is not None})),
    )


def _told(draft: MachineDraft, service: Service, component: Component) -> dict[str, Commented]:
    """What its processes are told; files that a server hands out as they are have none."""
    if draft.recipe(service).told or component.processes:
        return environment.of(draft, component, draft.recipe(service))
    for statement in (
        *(link.statement for link in component.links),
        *(variable.statement for variable in component.variables),
    ):
        draft.context.ledger.lose(
            statement, f"{component.name} is files that {service.product.title} hands out: nothing in it runs."
        )
    return {}


def _send(
    draft: MachineDraft, service: Service, component: Component, attributes: Mapping[str, Any], store: Storage
) -> ArtifactOnMachine | None:
    """Send a component's content; None (and a diagnostic) where that cannot be."""
    kind, released = find(component.kind), rerun.possible(draft, service)
    folder = rerun.folder(draft, component.id) if released else f"/opt/{draft.app}/{component.id}"
    owner = Owner(component.id, component.name, folder, kind.file.format(folder=folder))
    sent = kind.refer(draft, component)
    if sent is None:
        sent = (rerun.send if released else deliver)(draft, owner, component.content, unpack=kind.folder)
    if sent is None:
        return None
    chosen = options(draft, service, component)
    return ArtifactOnMachine(draft, service, component, sent, folder, chosen, attributes, store.mounts)


def _placed(inside: ArtifactOnMachine, *, serves: bool) -> DeployedComponent:
    """A component for the templates; its kind's packages are added."""
    draft, component, kind = inside.draft, inside.component, find(inside.component.kind)
    kind.check(inside)
    released = inside.content.form == "release"  # what it needs may change: each release sees to that itself
    draft.packages += () if released else kind.packages(inside)
    return DeployedComponent(
        id=component.id,
        kind=component.kind,
        folder=inside.folder,
        content=inside.content,
        files=inside.files,
        known=inside.content.known,
        options=inside.options,
        port=draft.facts.ports.get(component.id),
        variables=inside.variables,
        serves=serves,
        tools=() if released else kind.tools(inside),
        linked={draft.topology.services[link.service].product.name: link.variables[0] for link in component.links},
    )
