"""Score workloads: one for each component, with a container for each process and a resource for each need."""

from __future__ import annotations

import re

from camp2iac.exporters.exporting import ExportedFile
from camp2iac.exporters.formats.score.decisions import COMPONENT, SERVICE, ScorePort, ports, type_of
from camp2iac.exporters.variables import OperatorVariable, OperatorVariables
from camp2iac.importers import DraftValue
from camp2iac.importers.score_names import BUILD, VERSION
from camp2iac.record import Record, field
from camp2iac.synth.module import Commented, Ref, Value
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.workloads import RELEASE, Workload
from camp2iac.targets.docker.layout.endpoints import PublishedPort
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Component, Compute, Service, Volume

Section = dict[str, DraftValue]

_WORDS = re.compile(r"(?!\w+=)[\w./:@%+,=-]+(?: [\w./:@%+,=-]+)*", re.ASCII)  # a command line without a shell
_HOST = re.compile(r"[a-z0-9_.-]{1,253}")


def label(text: str) -> str:
    """A name of the plan as a name in Score, which has at least two characters."""
    found = slug(text)
    return found if len(found) > 1 else f"{found}-0"


class ScoreExport(Record):
    """What was decided, and what is written.

    ``documents``: component to workload. ``used``: a service of the plan to the components with a resource for it.
    ``calls``: a component to those that it connects to.
    """

    layout: DockerLayout
    variables: OperatorVariables
    documents: dict[str, Section] = field(default_factory=dict)
    files: dict[str, ExportedFile] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)
    calls: dict[str, set[str]] = field(default_factory=dict)

    def name(self, component: str) -> str:
        """The name of the workload of a component."""
        return label(component)

    def file(self, component: str) -> str:
        """The path of its file."""
        return f"{label(component)}.score.yaml"


class ScoreResources(OperatorVariables, kw_only=True):
    """The resources of a workload, which are added when a value needs them. ``entries``: by name."""

    export: ScoreExport
    component: str
    entries: dict[str, Section] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def text(self, value: Value) -> str:
        """A value with placeholders. A ``$`` is written twice."""
        if isinstance(value, Commented):
            return self.text(value.value)
        if isinstance(value, Ref):
            kind, _, id_ = value.address.partition(".")
            if kind == SERVICE:
                return f"${{resources.{self.service(id_)}{value.path}}}"
            if kind == COMPONENT:
                return f"${{resources.{self.port(id_)}{value.path}}}"
        return super().text(value)

    def written(self, variable: OperatorVariable) -> str:
        """An output of the resource with the variables of the environment."""
        return f"${{resources.{self.add('environment', 'env', {'type': 'environment'})}.{variable.name}}}"

    def add(self, key: str, wanted: str, entry: Section) -> str:
        """The name of a resource, which is added if there is none for a key."""
        if key not in self.named:
            name = next(
                each for each in (wanted, *(f"{wanted}-{n}" for n in range(2, 100_000))) if each not in self.entries
            )
            self.named[key], self.entries[name] = name, entry
        return self.named[key]

    def service(self, id_: str) -> str:
        """The resource for a service of the plan. Workloads share it by its id."""
        service = self.topology.services[id_]
        self.export.used.setdefault(id_, set()).add(self.component)
        return self.add(f"{SERVICE}.{id_}", label(id_), _service(service))

    def port(self, id_: str) -> str:
        """The resource for a port of another workload."""
        layout = self.export.layout
        self.export.calls.setdefault(self.component, set()).add(id_)
        found = ports(layout, id_)
        usual = layout.known.ports.get(id_)
        port = next((each for each in found if each.number == usual), found[0])
        params: Section = {"workload": self.export.name(id_), "port": port.name}
        return self.add(f"{COMPONENT}.{id_}", label(id_), {"type": "service-port", "params": params})


def _service(service: Service) -> Section:
    kind = type_of(service)
    entry: Section = {"type": kind.type}
    if kind.class_:
        entry["class"] = kind.class_
    entry["id"] = label(service.id)
    if service.version is not None:
        entry["metadata"] = {"annotations": {VERSION: str(service.version.value)}}
    return entry


def add_all(made: ScoreExport) -> None:
    """Add all workloads, with the files that their images are built from."""
    for image in made.layout.images.values():
        for document in image.documents:
            made.files[document.path] = ExportedFile(document.data, document.executable)
    for id_ in made.layout.images:
        _workload(made, made.layout.topology.components[id_])


def containers(layout: DockerLayout, component: str) -> dict[str, Workload]:
    """The processes of a component by the names of their containers, the one that answers first."""
    own = [each for each in layout.workloads if each.node == component and each.component and not each.schedule]
    found: dict[str, Workload] = {}
    for each in sorted(own, key=lambda one: not one.serves):
        name = label(names.word(each.process)) if each.process else "main"
        while name in found:
            name += "-2"
        found[name] = each
    return found


def _workload(made: ScoreExport, component: Component) -> None:
    layout, own = made.layout, containers(made.layout, component.id)
    variables = made.variables
    resources = ScoreResources(variables.topology, variables.all(), variables.used, export=made, component=component.id)
    metadata: Section = {"name": made.name(component.id)}
    if not layout.images[component.id].name:
        metadata["annotations"] = {BUILD: f"build/{component.id}"}
    document: Section = {"apiVersion": "score.dev/v1b1", "metadata": metadata}
    if listening := ports(layout, component.id):
        document["service"] = {"ports": {each.name: _port(each) for each in listening}}
    document["containers"] = {name: _container(made, resources, own, name) for name in own}
    for published in layout.published:
        if published.component.id == component.id and published.protocol == "http":
            _route(resources, published)
    if resources.entries:
        document["resources"] = dict(resources.entries)
    made.documents[component.id] = document


def _port(port: ScorePort) -> Section:
    return {"port": port.number, "protocol": "UDP"} if port.protocol == "udp" else {"port": port.number}


def _container(made: ScoreExport, resources: ScoreResources, own: dict[str, Workload], name: str) -> Section:
    layout, workload = made.layout, own[name]
    image, told = layout.images[workload.node], layout.configurations[workload.node]
    entry: Section = {"image": image.name or "."}
    if workload.line:
        plain = _WORDS.fullmatch(workload.line)
        entry["args"] = workload.line.split(" ") if plain else ["sh", "-c", workload.line]
    values = {**told.plain, **told.secret}
    if values:
        entry["variables"] = {each: resources.text(values[each]) for each in sorted(values)}
    mounts = _mounts(made, resources, workload)
    if mounts:
        entry["volumes"] = mounts
    if workload.process == RELEASE:
        entry["before"] = {other: {"ready": "complete"} for other in own if other != name}
    compute = workload.statement.compute if workload.statement and workload.statement.compute else workload.tier.compute
    if compute is not None and not workload.once and (wanted := requested(compute.value)):
        entry["resources"] = {"requests": wanted}
    if workload.serves and (path := health(workload)) and (found := http(layout, workload.node)):
        entry["readinessProbe"] = {"httpGet": {"path": path, "port": found.number}}
    return entry


def http(layout: DockerLayout, component: str) -> ScorePort | None:
    """The first port of a component that speaks HTTP."""
    return next((each for each in ports(layout, component) if each.protocol == "http"), None)


def health(workload: Workload) -> str:
    """The path of the HTTP check; empty if the plan has none."""
    balance = workload.tier.balance
    return (balance.value.health or "") if balance is not None else ""


def requested(compute: Compute) -> Section:
    """The cores and the memory of a container."""
    found: Section = {}
    if compute.cores is not None:
        found["cpu"] = str(compute.cores)
    if compute.memory is not None:
        gibibytes, rest = divmod(compute.memory, 1024)
        found["memory"] = f"{compute.memory}Mi" if rest else f"{gibibytes}Gi"
    return found


def _mounts(made: ScoreExport, resources: ScoreResources, workload: Workload) -> Section:
    """Volumes: those of the service, and those of others that a web server serves."""
    layout = made.layout
    own: list[tuple[Workload, Volume, bool]] = [(workload, each.value, False) for each in layout.volumes_of(workload)]
    own += [(owner, each.value, True) for owner, each in layout.served_by(workload)]
    found: Section = {}
    for owner, volume, read_only in own:
        id_ = f"{label(owner.node)}.{label(volume.name)}"
        name = resources.add(f"volume.{id_}", label(volume.name), {"type": "volume", "id": id_})
        mount: Section = {"source": f"${{resources.{name}}}"}
        found[layout.mount_of(owner, volume)] = {**mount, "readOnly": True} if read_only else mount
    return found


def _route(resources: ScoreResources, published: PublishedPort) -> None:
    """A route for each host name of a public port; without one, the Score implementation chooses the name."""
    exposure = published.exposure
    hosts = [each for each in exposure.hosts.value if _HOST.fullmatch(each)] if exposure and exposure.hosts else []
    if not hosts:
        hosts = [f"${{resources.{resources.add('dns', 'dns', {'type': 'dns'})}.host}}"]
    for host in hosts:
        port = ScorePort(published.listen, published.protocol).name
        params: Section = {"host": host, "path": published.path.rstrip("/") or "/", "port": port}
        resources.add(f"route.{port}.{host}", "route", {"type": "route", "params": params})


def order(made: ScoreExport) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The components, those that others connect to first, and those that connect to each other in a circle."""
    first: list[str] = []
    rest = list(made.documents)
    while ready := [id_ for id_ in rest if made.calls.get(id_, set()) <= set(first)]:
        first += ready
        rest = [id_ for id_ in rest if id_ not in ready]
    return tuple(first), tuple(rest)
