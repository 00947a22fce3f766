"""The decisions for Score: those for Docker, with addresses and passwords that only the Score implementation knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from camp2iac.exporters.exporting import ExportSource
from camp2iac.record import Record, asdict, field, replace
from camp2iac.synth.module import Commented, Ref, Value, ref, template
from camp2iac.targets.containers.layout import configuration
from camp2iac.targets.containers.layout.configuration import ComponentVariables
from camp2iac.targets.containers.layout.forms import filled
from camp2iac.targets.containers.layout.known import KnownValues
from camp2iac.targets.docker.layout.layout import DockerLayout
from camp2iac.targets.kit import jdbc
from camp2iac.topology.model import Component, Link, Reference, Service

SERVICE = "score_service"
COMPONENT = "score_component"
_URL = re.compile(r"(\w+)://([^:/]+)(?::\d+)?(.*)", re.DOTALL)


class ScoreType(Record, frozen=True):
    """What a product is in Score.

    ``name``: the output with the database. ``url``: that with the whole URL. ``usual``: score-compose and score-k8s
    have a provisioner for the type.
    """

    type: str
    class_: str = ""
    name: str = "name"
    url: str = ""
    usual: bool = True


TYPES: Mapping[str, ScoreType] = {
    "postgresql": ScoreType("postgres"),
    "mariadb": ScoreType("mysql", "mariadb"),
    "redis": ScoreType("redis"),
    "valkey": ScoreType("redis", "valkey"),
    "mongodb": ScoreType("mongodb", url="connection"),
    "rabbitmq": ScoreType("amqp", name="vhost"),
    "memcached": ScoreType("memcached", usual=False),
}


def type_of(service: Service) -> ScoreType:
    """The type of the resource for a service: the name of the product if there is no usual one."""
    return TYPES.get(service.product.name) or ScoreType(service.product.name, usual=False)


class ScorePort(Record, frozen=True):
    """A port of a workload."""

    number: int
    protocol: str

    @property
    def name(self) -> str:
        """Its name: ``http-8080``."""
        return f"{self.protocol}-{self.number}"


class ScoreKnown(KnownValues, frozen=True):
    """The values of references: outputs of resources. ``listening``: the ports of components with any."""

    listening: Mapping[str, tuple[ScorePort, ...]] = field(default_factory=dict)

    def _value(self, reference: Reference) -> Value:
        kind, workload = reference.kind, self.hosts.get(reference.name)
        if kind in ("parameter", "secret") or workload is None:
            return super()._value(reference)
        if workload.component is None:
            link, output = workload.service.product.link, "port" if kind == "PORT" else "host"
            if kind == "PASSWORD":
                return place(SERVICE, workload.service.id, "password") if link and link.password else None
            return place(SERVICE, workload.service.id, output)
        if kind == "PASSWORD" or workload.component.id not in self.listening:
            return super()._value(reference) if kind == "PASSWORD" else None
        return place(COMPONENT, workload.component.id, "port" if kind == "PORT" else "hostname")


def place(kind: str, id_: str, output: str) -> Ref:
    """An output of the resource for a service or another workload."""
    return ref(f"{kind}.{id_}", f".{output}")


def decide(source: ExportSource) -> DockerLayout:
    """All decisions."""
    made = DockerLayout.of(source.topology, source.environment, source.package)
    listening = {id_: found for id_ in made.serving if (found := tuple(_ports(made, id_)))}
    known = ScoreKnown(**asdict(made.known), listening=listening)
    configured = {
        id_: _configured(known, source.topology.components[id_], image.variables) for id_, image in made.images.items()
    }
    return replace(made, known=known, configurations=configured)


def ports(layout: DockerLayout, component: str) -> tuple[ScorePort, ...]:
    """The ports of a component."""
    known = layout.known
    return known.listening.get(component, ()) if isinstance(known, ScoreKnown) else ()


def _ports(layout: DockerLayout, id_: str) -> Iterator[ScorePort]:
    """The ports that its plan names, those that are public, and the one that other components connect to."""
    component, usual = layout.topology.components[id_], layout.known.ports.get(id_)
    found: list[tuple[int | None, str]] = [
        (each.port.value if each.port else usual, each.protocol) for each in component.exposures
    ]
    found += [(each.listen, each.protocol) for each in layout.published if each.component.id == id_]
    called = any(link.callee == id_ for link in layout.topology.users(component.host))
    if not found and (usual is not None or called):
        found.append((usual or 80, "http"))
    for number, protocol in dict.fromkeys(found):
        if number is not None:
            yield ScorePort(number, protocol)


def _configured(known: ScoreKnown, component: Component, attributes: Mapping[str, str]) -> ComponentVariables:
    """The variables of a component. Those of the plan count more than those of links."""
    made = configuration.configure(known, component, attributes)
    own = {variable.name for variable in component.variables}
    plain, secret = dict(made.plain), dict(made.secret)
    for link in component.links:
        for name, value in _linked(known, component, link):
            if name not in own:
                hidden = name in secret
                (secret if hidden else plain)[name] = Commented(value, f"ConnectTo {link.to}")
    return replace(made, plain=dict(sorted(plain.items())), secret=dict(sorted(secret.items())))


def _linked(known: ScoreKnown, component: Component, link: Link) -> Iterator[tuple[str, Value]]:
    """The variables of a link to a resource of the workload; none if the service is elsewhere."""
    service = known.topology.services[link.service]
    if link.callee:
        yield from _called(known, link)
    elif service.href is None and service.product.link is not None and service.id in known.hosts:
        yield from _owned(known, component, link, service)


def _called(known: ScoreKnown, link: Link) -> Iterator[tuple[str, Value]]:
    if link.callee not in known.listening:
        return
    told = configuration.called(known, link)
    plain = told[link.variables[0]].value if link.variables and told else None
    match = _URL.fullmatch(plain) if isinstance(plain, str) else None
    host, port = place(COMPONENT, link.callee, "hostname"), place(COMPONENT, link.callee, "port")
    if match is not None:
        url = template(f"{match[1]}://", host, ":", port, match[3])
        yield from zip((*link.variables, *link.parts), (*(url for _ in link.variables), host, port), strict=True)


def _owned(known: ScoreKnown, component: Component, link: Link, service: Service) -> Iterator[tuple[str, Value]]:
    form, kind = service.product.link, type_of(service)
    if form is None:
        return
    user, password = (place(SERVICE, service.id, output) for output in ("username", "password"))
    parts: dict[str, Value] = {
        "user": user,
        "password": password,
        "host": place(SERVICE, service.id, "host"),
        "port": place(SERVICE, service.id, "port"),
        "name": place(SERVICE, service.id, kind.name),
        "login": template("&user=", user, "&password=", password),
    }
    url = place(SERVICE, service.id, kind.url) if kind.url else filled(form.url, parts)
    yield from ((variable, url) for variable in link.variables)
    if jdbc.applies(known.topology.services[component.host].product.recipe, service):
        told = (filled(service.product.recipe.jdbc, parts), user, password)
        for variable in link.variables:
            yield from zip(jdbc.names(variable), told, strict=True)
