"""The services of a Compose file: one for each service of the plan, each process and each schedule."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from camp2iac.exporters.exporting import ExportedFile
from camp2iac.exporters.formats.compose.decisions import ComposePort
from camp2iac.exporters.variables import OperatorVariables, escaped
from camp2iac.importers import DraftValue
from camp2iac.record import Record, field
from camp2iac.synth.module import Commented, Document, Ref, Template, Value
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.services import ServiceContainer
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.endpoints import Balancer
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.docker.resources import balancers, schedules
from camp2iac.targets.docker.resources.components import ready
from camp2iac.topology.model import Compute, Volume

Entry = dict[str, DraftValue]

_DEFAULT = "default"
_HAPROXY = "/usr/local/etc/haproxy/haproxy.cfg"
_WORDS = re.compile(r"(?!\w+=)[\w./:@%+,=-]+(?: [\w./:@%+,=-]+)*", re.ASCII)  # a command line without a shell


class ComposeFile(Record):
    """What was decided, and what is written. ``balancers``: the service in front of a workload, by its id."""

    layout: DockerLayout
    ports: tuple[ComposePort, ...]
    variables: OperatorVariables
    services: dict[str, Entry] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, DraftValue] = field(default_factory=dict)
    configs: dict[str, DraftValue] = field(default_factory=dict)
    volumes: dict[str, DraftValue] = field(default_factory=dict)
    files: dict[str, ExportedFile] = field(default_factory=dict)
    balancers: dict[str, str] = field(default_factory=dict)

    def put(self, document: Document) -> None:
        """Add a file."""
        self.files[document.path] = ExportedFile(document.data, document.executable)

    def bind(self, path: str, document: Document) -> Entry:
        """Mount a file into a container."""
        self.put(document)
        source = f"./{escaped(document.path)}"
        return {"type": "bind", "source": source, "target": escaped(path), "read_only": True}


def add_all(made: ComposeFile) -> None:
    """Add all services, with the files that they need."""
    taken = {each.id for each in made.layout.workloads}
    for balancer in made.layout.balancers.values():
        name = f"{balancer.workload.id}-balancer"
        while name in taken:
            name += "-2"
        taken.add(name)
        made.balancers[balancer.workload.id] = name
    for image in made.layout.images.values():
        for document in image.documents:
            made.put(document)
    for workload in made.layout.workloads:
        container = made.layout.services.get(workload.service.id) if workload.component is None else None
        entry = _contained(made, workload, container) if container is not None else _process(made, workload)
        made.services[workload.id] = {**entry, **_common(made, workload, entry)}
        made.origins[workload.id] = f"{made.layout.topology.file}:{workload.span.line}: {_what(workload)}"
    for balancer in made.layout.balancers.values():
        _balance(made, balancer)


def _what(workload: Workload) -> str:
    what = workload.component.name if workload.component is not None else workload.service.name
    more = f", schedule {workload.schedule.name}" if workload.schedule else f", {workload.process}"
    return f"{what}{more}" if workload.component is not None and len(more) > 2 else what


def _contained(made: ComposeFile, workload: Workload, container: ServiceContainer) -> Entry:
    """The container of a product."""
    text = made.variables.text
    entry: Entry = {"image": escaped(container.image)}
    if container.command:
        entry["command"] = [text(word) for word in container.command]
    if container.environment:
        entry["environment"] = {name: text(value) for name, value in container.environment.items()}
    for path, value in container.files.items():
        _file(made, workload, entry, path, value)
    if container.ready:
        entry["healthcheck"] = _health(container.ready)
    mounts: list[DraftValue] = [made.bind(path, document) for path, document in container.scripts.items()]
    mounts += [made.bind(path, each) for loaded in container.jobs for path, each in loaded.files.items()]
    if mounts:
        entry["volumes"] = mounts
    return entry


def _file(made: ComposeFile, workload: Workload, entry: Entry, path: str, value: Value) -> None:
    """A file with text: a secret if it is only a password, else a config."""
    name = f"{workload.id}-{posixpath.basename(path)}"
    value = _only(value)
    if isinstance(value, Ref):
        variable = made.variables.of(value)
        made.secrets[name] = {"environment": variable.name}
        kind = "secrets"
    else:
        made.configs[name] = {"content": made.variables.text(value)}
        kind = "configs"
    listed = entry.setdefault(kind, [])
    assert isinstance(listed, list)  # noqa: S101 - it is only set here
    listed.append({"source": name, "target": path})


def _only(value: Value) -> Value:
    """A value without comments, and without a template around a single part."""
    if isinstance(value, Commented):
        return _only(value.value)
    return _only(value.parts[0]) if isinstance(value, Template) and len(value.parts) == 1 else value


def _process(made: ComposeFile, workload: Workload) -> Entry:
    """The container of a process or a schedule of a component."""
    component, layout, text = workload.component, made.layout, made.variables.text
    assert component is not None  # noqa: S101 - the caller selects those of a component
    image, told = layout.images[component.id], layout.configurations[component.id]
    entry: Entry = {}
    if image.name:
        entry["image"] = escaped(image.name)
    else:
        entry["build"] = f"./build/{component.id}"
        if sum(each.component == component for each in layout.workloads) > 1:
            entry["image"] = f"{names.application(layout.topology)}-{names.word(component.id)}"
    values = {**told.plain, **told.secret}
    if workload.schedule is not None:
        entry["command"] = [text(word) for word in schedules.command(workload.schedule)]
        entry["volumes"] = [made.bind(schedules.PATH, schedules.document())]
    elif workload.line:
        plain = _WORDS.fullmatch(workload.line)
        entry["command"] = workload.line if plain else ["sh", "-c", escaped(workload.line)]
    if values:
        entry["environment"] = {name: text(values[name]) for name in sorted(values)}
    entry["init"] = True
    tested = ready(layout, workload, image)
    if tested:
        entry["healthcheck"] = _health(tested)
    return entry


def _health(command: Iterable[str]) -> Entry:
    test: list[DraftValue] = ["CMD", *map(escaped, command)]
    return {"test": test, "interval": "2s", "timeout": "5s", "retries": 3, "start_period": "5m"}


def _common(made: ComposeFile, workload: Workload, entry: Entry) -> Entry:
    """What all services have: order, ports, sizes, volumes, networks."""
    found: Entry = {}
    needed = {other.id: {"condition": _condition(made, other)} for other in made.layout.needs(workload)}
    if needed:
        found["depends_on"] = needed
    fronted = workload.id in made.balancers
    if workload.serves and workload.component is not None and not fronted:
        found |= _published(made, workload)
    mounts = _mounts(made, workload)
    if mounts:
        listed = entry.get("volumes", [])
        assert isinstance(listed, list)  # noqa: S101 - it is only set here
        found["volumes"] = [*mounts, *listed]
    found |= _deployed(workload)
    found |= _networks(made, workload, [made.layout.balancers[workload.id].members] if fronted else [])
    found["restart"] = "no" if workload.once else "unless-stopped"
    if not workload.once:
        found["stop_grace_period"] = "30s"
    return found


def _condition(made: ComposeFile, other: Workload) -> str:
    if other.once:
        return "service_completed_successfully"
    return "service_healthy" if _is_tested(made, other) else "service_started"


def _is_tested(made: ComposeFile, other: Workload) -> bool:
    if other.component is None:
        return bool(made.layout.services[other.service.id].ready)
    return bool(ready(made.layout, other, made.layout.images[other.component.id]))


def _published(made: ComposeFile, workload: Workload) -> Entry:
    """Ports for users, and those that only other services reach."""
    found = [each for each in made.ports if each.published.workload == workload]
    entry: Entry = {}
    if found:
        entry["ports"] = [f"{_address(made, each)}{_numbers(each)}" for each in found]
    component = workload.component
    listening = [each.port.value for each in component.exposures if each.port] if component is not None else []
    inside = dict.fromkeys(port for port in listening if all(port != each.published.listen for each in found))
    if inside:
        entry["expose"] = [str(port) for port in inside]
    return entry


def _address(made: ComposeFile, port: ComposePort) -> str:
    """The address that a port is published on, with a colon; empty for all addresses."""
    given = made.layout.settings.environment.get("address")
    address = str(given) if given is not None else "127.0.0.1" if port.behind_proxy else ""
    return f"[{address}]:" if ":" in address else f"{address}:" if address else ""


def _numbers(port: ComposePort) -> str:
    return f"{port.number}:{port.published.listen}{'/udp' if port.published.protocol == 'udp' else ''}"


def _mounts(made: ComposeFile, workload: Workload) -> list[DraftValue]:
    layout = made.layout
    own: list[tuple[Workload, Volume, bool]] = [
        (workload, each.value, False) for each in ([] if workload.schedule else layout.volumes_of(workload))
    ]
    own += [(owner, each.value, True) for owner, each in layout.served_by(workload)]
    found: list[DraftValue] = []
    for owner, volume, read_only in own:
        name = volume_name(layout, owner, volume)
        made.volumes.setdefault(name, {})
        mount: Entry = {"type": "volume", "source": name, "target": escaped(layout.mount_of(owner, volume))}
        found.append({**mount, "read_only": True} if read_only else mount)
    return found


def volume_name(layout: DockerLayout, owner: Workload, volume: Volume) -> str:
    """The name of a volume: as in the plan, if no other service has one of this name."""
    tiers = layout.topology.tiers.values()
    same = {each.subject.id for tier in tiers for each in tier.volumes if each.value.name == volume.name}
    parts = {each.node for each in layout.workloads if each.service.id == owner.service.id and each.component}
    return volume.name if len(same) == 1 and len(parts) < 2 else f"{owner.node}-{volume.name}"


def _deployed(workload: Workload) -> Entry:
    """``deploy``: the number of containers, and what each of them needs."""
    deploy: Entry = {}
    if workload.scale is not None and workload.scale.value.maximum > 1:
        deploy["replicas"] = workload.scale.value.initial
    compute = workload.statement.compute if workload.statement and workload.statement.compute else workload.tier.compute
    wanted = reserved(compute.value) if compute is not None and not (workload.once or workload.schedule) else {}
    if wanted:
        deploy["resources"] = {"reservations": wanted}
    return {"deploy": deploy} if deploy else {}


def reserved(compute: Compute) -> dict[str, DraftValue]:
    """The cores and the memory of a container."""
    found: dict[str, DraftValue] = {}
    if compute.cores is not None:
        found["cpus"] = str(compute.cores)
    if compute.memory is not None:
        gibibytes, rest = divmod(compute.memory, 1024)
        found["memory"] = f"{compute.memory}m" if rest else f"{gibibytes}g"
    return found


def _networks(made: ComposeFile, workload: Workload, aliases: list[str]) -> Entry:
    joined = made.layout.networks_of(workload)
    if aliases:  # on the first network only, so that the load balancer finds each container once
        values: list[DraftValue] = list(aliases)
        return {"networks": {id_: {"aliases": values} if not n else None for n, id_ in enumerate(joined)}}
    return {} if joined == (_DEFAULT,) else {"networks": list(joined)}


def _balance(made: ComposeFile, balancer: Balancer) -> None:
    """The service in front of several containers."""
    layout, workload = made.layout, balancer.workload
    config = Document(balancer.config, balancers.configuration(layout, balancer).encode())
    entry: Entry = {
        "image": layout.balancer_image,
        "depends_on": {workload.id: {"condition": _condition(made, workload)}},
        **_published(made, workload),
        "volumes": [made.bind(_HAPROXY, config)],
        **_networks(made, workload, []),
        "restart": "unless-stopped",
    }
    name = made.balancers[workload.id]
    made.services[name] = entry
    made.origins[name] = f"in front of the containers of {workload.id}"
