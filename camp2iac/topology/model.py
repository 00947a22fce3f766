"""The intermediate model: what the application consists of, on no platform in particular.

Ids come from names and ids of the plan (or from file names where there are none), never from positions; collections are
sorted by id, except where the plan's order means something: ``Tier.services``, ``Service.jobs``, ``Tier.networks``,
``Network.dns``.

Everything that a plan *says* and that a target must either serve or lose is a :class:`Statement`. Targets take values
out through the :class:`~camp2iac.targets.base.Ledger`; what nobody took is reported as lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from camp2iac.camp.model import Content
from camp2iac.catalogue.model import Product
from camp2iac.catalogue.versions import VersionRange
from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.topology.statements import Statement as Statement


class Reference(Record, frozen=True):
    """A part of a value that is known later.

    ``parameter``, ``secret``: of that name. ``IP``, ``IPALL``: the first or all addresses (comma-joined) of the tier of
    that id, on ``network`` or on its first. ``PORT``, ``PASSWORD``: of the service (or component) of that id.
    """

    kind: Literal["parameter", "secret", "IP", "IPALL", "PORT", "PASSWORD"]
    name: str
    span: Span
    network: str | None = None


class TextValue(Record, frozen=True):
    """A value: text and references. All text is data."""

    parts: tuple[str | Reference, ...]
    span: Span

    @property
    def literal(self) -> str | None:
        """The whole text where nothing in it is a reference, else None."""
        return "".join(str(p) for p in self.parts) if not any(isinstance(p, Reference) for p in self.parts) else None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its references."""
        return tuple(part for part in self.parts if isinstance(part, Reference))


class Scale(Record, frozen=True):
    """How many machines or processes: ``minimum <= initial <= maximum``."""

    minimum: int
    initial: int
    maximum: int


class Compute(Record, frozen=True):
    """What each machine needs. ``cores``; ``memory`` and ``disk`` in MiB; or a ``size`` by name; None: not said."""

    cores: int | None = None
    memory: int | None = None
    disk: int | None = None
    size: str | None = None
    os: str | None = None


class Volume(Record, frozen=True):
    """Data that outlives the machine. ``size`` in GiB. ``mount``: where; None: where its product keeps its data."""

    name: str
    size: int
    mount: str | None
    type: str | None


class PortRange(Record, frozen=True):
    """Open ports of a tier, for others than its links: ``first..last``.

    ``source``: a CIDR, the id of a tier, ``anywhere``; or (``asked``) the parameter that holds a CIDR.
    """

    protocol: Literal["tcp", "udp"]
    first: int
    last: int
    source: str
    source_span: Span | None = None
    asked: bool = False


class Balance(Record, frozen=True):
    """A load balancer before a tier; ``health`` is a path asked by HTTP (None: a TCP connection)."""

    algorithm: Literal["round-robin", "least-connections", "source"]
    sticky: bool
    health: str | None


class Network(Record, frozen=True):
    """A named network. ``cidr`` None: the target chooses one by the name. ``existing``: its name in the cloud."""

    id: str
    cidr: str | None
    dns: tuple[str, ...]
    existing: str | None
    statement: Statement[str]
    span: Span


class Parameter(Record, frozen=True):
    """A value given when deploying. ``type`` is string, number or boolean; ``allowed`` empty: any.

    ``confidential``: it stands where a secret belongs, so that nothing may show its value.
    """

    id: str
    type: Literal["string", "number", "boolean"]
    description: str
    default: str | int | float | bool | None
    allowed: tuple[str | int | float, ...]
    pattern: str | None
    statement: Statement[str]
    span: Span
    confidential: bool = False


class Secret(Record, frozen=True):
    """A secret: generated with that many letters and digits, or (``length`` None) asked for."""

    id: str
    description: str
    length: int | None
    statement: Statement[str]
    span: Span


class Process(Record, frozen=True):
    """A process type of a component (``web``, ``worker``, ``release``, ``clock``) and its command line."""

    type: str
    command: str
    statement: Statement[str]


class Variable(Record, frozen=True):
    """An environment variable that the plan gives (Env). ``statement`` is shared by those of one requirement."""

    name: str
    value: TextValue
    statement: Statement[tuple[str, ...]]


class Exposure(Record, frozen=True):
    """An endpoint for users.

    ``port``: where the process listens (None: its product's). ``outside``: where users ask (None: the same port).
    ``silent``: that it is not public, where the plan leaves that to the default.
    """

    port: Statement[int] | None
    outside: Statement[int] | None
    public: Statement[bool] | None
    hosts: Statement[tuple[str, ...]] | None
    tls: Statement[bool] | None
    protocol: Literal["http", "tcp", "udp"]
    span: Span
    silent: Statement[bool] | None = None


class Link(Record, frozen=True):
    """A component talks to a service: it gets its address and credentials as variables.

    ``variables``: names under which the URL is given: ``<SERVICE ID>_URL`` always, and the customary one
    (``DATABASE_URL``) where exactly one service of its kind is linked. ``options``: parameters of the requirement.
    """

    component: str
    service: str
    variables: tuple[str, ...]
    options: Mapping[str, Statement[TextValue]]
    statement: Statement[str]
    span: Span


class Job(Record, frozen=True):
    """An artifact that is loaded into a service once, before its users start. ``kind``: sql, dump, ...

    ``several``: it is loaded into other services too, each a job of the same id.
    """

    id: str
    kind: str
    content: Content
    service: str
    options: Mapping[str, Statement[TextValue]]
    statement: Statement[str]
    span: Span
    several: bool = False


class Component(Record, frozen=True):
    """A deployed artifact: application code that runs on a service (``host``) of its tier.

    ``statement`` states type and content; ``options`` are the parameters of its HostOn requirement by the names that
    the host's product gives them (``application``, ``context``). ``silent``: that nobody outside reaches it, though it
    answers requests: the plan exposes others and not this.
    """

    id: str
    name: str
    kind: str
    content: Content
    host: str
    tier: str
    options: Mapping[str, Statement[TextValue]]
    processes: tuple[Process, ...]
    variables: tuple[Variable, ...]
    exposures: tuple[Exposure, ...]
    links: tuple[Link, ...]
    statement: Statement[str]
    span: Span
    silent: Statement[bool] | None = None


class Service(Record, frozen=True):
    """A service of the plan: a product on a tier, or (``href``) one that exists elsewhere.

    ``chosen_by``: the characteristics that chose the product. ``version``: the range that releases must lie in, None:
    any. ``attributes``: the product's attributes that the plan sets. ``components``: those that run on it, sorted.
    ``placed``: the plan's word on the tier, None where it is the service's own.
    """

    id: str
    name: str
    product: Product
    tier: str
    href: Statement[str] | None
    chosen_by: tuple[Statement[str], ...]
    version: Statement[VersionRange] | None
    attributes: Mapping[str, Statement[TextValue]]
    components: tuple[str, ...]
    jobs: tuple[Job, ...]
    span: Span
    placed: Statement[str] | None = None


class Tier(Record, frozen=True):
    """What is placed and scaled together: machines, all alike, each with all of its services (in plan order).

    The first of ``networks`` is the way out; None: the target's default network.
    """

    id: str
    services: tuple[str, ...]
    scale: Statement[Scale] | None
    compute: Statement[Compute] | None
    region: Statement[str] | None
    zone: Statement[str] | None
    spread: Statement[Literal["soft", "hard"]] | None
    together: Statement[Literal["soft", "hard", "no"]] | None
    networks: Statement[tuple[str, ...]] | None
    floating: Statement[bool] | None
    key_pair: Statement[str] | None
    volumes: tuple[Statement[Volume], ...]
    ports: tuple[Statement[tuple[PortRange, ...]], ...]
    balance: Statement[Balance] | None
    span: Span
    security_groups: Statement[tuple[str, ...]] | None


class Topology(Record, frozen=True, dict=True):
    """The whole application.

    ``name``: the environment's ``name:``, else the plan's, else the package's; ``title`` as the plan writes it.
    ``file``: the plan's name as comments give it (``camp.yaml``). ``statements``: all that was said, in the order of
    the plan: what the port report must account for.
    """

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    origin: str
    file: str
    components: Mapping[str, Component]
    services: Mapping[str, Service]
    tiers: Mapping[str, Tier]
    networks: Mapping[str, Network]
    parameters: Mapping[str, Parameter]
    secrets: Mapping[str, Secret]
    span: Span
    statements: tuple[Statement[Any], ...] = ()

    def tier_components(self, tier: str) -> tuple[Component, ...]:
        """The components on a tier, by the order of its services."""
        return tuple(self.components[c] for s in self.tiers[tier].services for c in self.services[s].components)

    def users(self, service: str) -> tuple[Link, ...]:
        """The links to a service, sorted by component."""
        return self._users.get(service, ())

    @cached_property
    def _users(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for component in self.components.values():
            for link in component.links:
                found.setdefault(link.service, []).append(link)
        return {service: tuple(links) for service, links in found.items()}
