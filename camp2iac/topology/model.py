"""The intermediate model: what the application consists of, independent of any platform.

Ids are derived from names and ids of the plan (or from file names), never from positions. Collections are sorted by id,
except where the order of the plan has a meaning: ``Tier.services``, ``Service.jobs``, ``Tier.networks``,
``Network.dns``.

Everything that a plan says and that a target must keep, degrade or lose is a :class:`Statement`. Targets take values
through the :class:`~camp2iac.targets.base.Ledger`. What they do not take is reported as lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from camp2iac.camp.model import Content
from camp2iac.catalogue.model import Product
from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Span
from camp2iac.record import Record, field
from camp2iac.topology.cron import Cron
from camp2iac.topology.demand import Demand as Demand
from camp2iac.topology.named_products import NamedProduct
from camp2iac.topology.renames.model import Rename
from camp2iac.topology.statements import Statement as Statement
from camp2iac.topology.text_value import Reference as Reference
from camp2iac.topology.text_value import TextValue as TextValue


class Scale(Record, frozen=True):
    """The number of instances or processes: ``minimum <= initial <= maximum``."""

    minimum: int
    initial: int
    maximum: int


class Compute(Record, frozen=True):
    """What each instance needs: ``cores``, ``memory`` and ``disk`` in MiB, or a ``size`` by name. None: not given."""

    cores: int | None = None
    memory: int | None = None
    disk: int | None = None
    size: str | None = None
    os: str | None = None


class Volume(Record, frozen=True):
    """Data that survives the instance. ``size`` in GiB. ``mount``: None means where the product keeps its data."""

    name: str
    size: int
    mount: str | None
    type: str | None


class PortRange(Record, frozen=True):
    """Ports that a tier opens in addition to those of its links: ``first..last``.

    ``source``: a CIDR, the id of a tier, or ``anywhere``. If ``asked`` is set, the name of a parameter that is a CIDR.
    """

    protocol: Literal["tcp", "udp"]
    first: int
    last: int
    source: str
    source_span: Span | None = None
    asked: bool = False


class Balance(Record, frozen=True):
    """A load balancer for a tier. ``health``: the path of an HTTP check (None: the check opens a TCP connection).

    ``derived``: the plan does not have it. A target adds it because components call the tier.
    """

    algorithm: Literal["round-robin", "least-connections", "source"]
    sticky: bool
    health: str | None
    derived: bool = False


class Network(Record, frozen=True):
    """A named network. ``cidr`` None: the target derives one from the name. ``existing``: its name in the cloud."""

    id: str
    cidr: str | None
    dns: tuple[str, ...]
    existing: str | None
    statement: Statement[str]
    span: Span


class Parameter(Record, frozen=True):
    """A value that the operator gives. ``allowed`` empty: any value.

    ``confidential``: it is used where a secret belongs, so nothing may show its value. ``fixed``: the compiler used its
    value, so Terraform must not get another one.
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
    fixed: bool = False


class Secret(Record, frozen=True):
    """A secret, generated with ``length`` letters and digits. ``length`` None: the operator gives it."""

    id: str
    description: str
    length: int | None
    statement: Statement[str]
    span: Span


BUILD = "build"  # the process type that builds each release


class Process(Record, frozen=True):
    """A process type of a component (``web``, ``worker``, ``release``, ``clock``) and its command line.

    ``tier``, ``scale``, ``compute``: what the plan says about its instances. ``on``: the id of its own tier; empty: it
    runs on the tier of its component. ``procfile``: it comes from the content's Procfile.
    """

    type: str
    command: str
    statement: Statement[str]
    tier: Statement[str] | None = None
    scale: Statement[Scale] | None = None
    compute: Statement[Compute] | None = None
    on: str = ""
    procfile: bool = False


class Schedule(Record, frozen=True):
    """A command of a component that runs by the clock, each time on one instance.

    ``zone``: the time zone of ``at``. ``alone``: a run is left out if the one before has not ended. ``deadline``: the
    seconds that a run may take, or None.
    """

    name: str
    command: str
    at: Cron
    zone: str
    alone: bool
    deadline: int | None
    statement: Statement[str]


class Variable(Record, frozen=True):
    """An environment variable from Env. The variables of one requirement have the same ``statement``."""

    name: str
    value: TextValue
    statement: Statement[tuple[str, ...]]


class SystemPackages(Record, frozen=True):
    """Packages of the distribution that a component needs, by the family of distributions: ``debian``, ``rhel``."""

    families: Mapping[str, tuple[str, ...]]
    statement: Statement[tuple[str, ...]]


class Exposure(Record, frozen=True):
    """An endpoint for users.

    ``port``: where the process listens (None: the product's port). ``outside``: where users connect (None: the same
    port). ``silent``: the statement that it is not public, if the plan leaves ``public`` out.
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
    """A component connects to a service, and gets its address and credentials as variables.

    ``variables``: the names of the URL: ``<SERVICE ID>_URL``, and the usual one (``DATABASE_URL``) if exactly one
    service of its kind is linked. ``options``: the parameters of the requirement. ``callee``: in a call, the component
    that it connects to, which runs on ``service``. ``named``: in a call, the id in the requirement.
    """

    component: str
    service: str
    variables: tuple[str, ...]
    options: Mapping[str, Statement[TextValue]]
    statement: Statement[str]
    span: Span
    callee: str = ""
    named: str = ""

    @property
    def to(self) -> str:
        """The id of what it connects to, as the requirement names it."""
        return self.named or self.service

    @property
    def parts(self) -> tuple[str, str]:
        """The names of the variables with only the host and only the port: ``API_HOST`` and ``API_PORT``."""
        base = self.variables[0].removesuffix("_URL")
        return f"{base}_HOST", f"{base}_PORT"


class Job(Record, frozen=True):
    """An artifact that is loaded into a service once, before components connect to it. ``kind``: sql, dump, ...

    ``several``: it is also loaded into other services. Each is a job with the same id.
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

    ``statement``: its type and content. ``options``: the parameters of its HostOn requirement, by the product's names
    for them (``application``, ``context``). ``silent``: the statement that users cannot reach it, if it answers
    requests and the plan exposes other components but not this one. ``part_of``: the id of the component of the plan,
    if this is the part of it that a target places on the tier of some of its processes. ``build``: the command
    that builds each release before its processes start. It is not one of ``processes``.
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
    part_of: str = ""
    schedules: tuple[Schedule, ...] = ()
    build: Process | None = None
    packages: tuple[SystemPackages, ...] = ()


class Service(Record, frozen=True):
    """A service of the plan: a product on a tier, or (``href``) a service that exists elsewhere.

    ``chosen_by``: the characteristics that selected the product. ``version``: the range of releases (None: any).
    ``attributes``: the attributes that the plan sets. ``components``: those that run on it, sorted. ``placed``: the
    statement that names the tier, None if the service has its own tier. ``named``: other products that it names.
    ``demands``: what the content on it declares. ``query``: the values of keys in the query of its ``href`` that are
    secret, to use instead of those in the plan.
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
    named: tuple[NamedProduct, ...] = ()
    demands: tuple[Demand, ...] = ()
    query: Mapping[str, TextValue] = field(default_factory=dict)

    def accepts(self, release: Version) -> bool:
        """Whether a release of the product is one that the plan asks for."""
        return self.version is None or release in self.version.value


class Tier(Record, frozen=True):
    """Services that share instances and scale together. All instances have all services, in the order of the plan.

    The first of ``networks`` has the default route. None: the target's default network. ``parts``: the components, by
    id and sorted, some of whose processes run here, though their service is on another tier. ``follows``: the tier
    whose placement this one has, because no service of the plan is on it.
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
    parts: tuple[str, ...] = ()
    follows: str = ""


class Topology(Record, frozen=True, dict=True):
    """The whole application.

    ``name``: ``name:`` of the environment, else of the plan, else the package's name. ``title``: the name as the plan
    writes it. ``file``: the plan's file name for comments (``camp.yaml``). ``statements``: all statements, in the order
    of the plan. The port report accounts for them. ``compiled``: parameters that only the compiler uses, so that they
    have no variable. ``renames``: the parts that had another name.
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
    compiled: Mapping[str, Parameter] = field(default_factory=dict)
    renames: tuple[Rename, ...] = ()

    def tier_components(self, tier: str) -> tuple[Component, ...]:
        """The components on a tier, in the order of its services."""
        return tuple(self.components[c] for s in self.tiers[tier].services for c in self.services[s].components)

    def planned(self, component: Component) -> Component:
        """The component of the plan that a component is, or is a part of."""
        return self.components.get(component.part_of, component)

    def planned_id(self, component: str) -> str:
        """The id in the plan of a component or a part of one. Other ids stay the same."""
        found = self.components.get(component)
        return found.part_of or component if found is not None else component

    def users(self, service: str) -> tuple[Link, ...]:
        """The links to a service, sorted by component."""
        return self._users.get(service, ())

    @cached_property
    def texts(self) -> tuple[tuple[str, TextValue], ...]:
        """Every value of the plan, with the tier that uses it."""
        found: list[tuple[str, TextValue]] = []
        for component in self.components.values():
            found += [(component.tier, variable.value) for variable in component.variables]
            options = (component.options, *(link.options for link in component.links))
            found += [(component.tier, statement.value) for each in options for statement in each.values()]
        for service in self.services.values():
            options = (service.attributes, *(job.options for job in service.jobs))
            found += [(service.tier, statement.value) for each in options for statement in each.values()]
        return tuple(found)

    @cached_property
    def references_to(self) -> Mapping[str, tuple[Reference, ...]]:
        """Every reference in the plan's values, by the name of what it refers to."""
        found: dict[str, list[Reference]] = {}
        for _, text in self.texts:
            for reference in text.references:
                found.setdefault(reference.name, []).append(reference)
        return {name: tuple(of) for name, of in found.items()}

    @cached_property
    def _users(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for component in self.components.values():
            for link in component.links:
                found.setdefault(link.service, []).append(link)
        return {service: tuple(links) for service, links in found.items()}
