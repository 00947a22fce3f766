"""What the documents of PaaS Manager say, in all of their forms, before it becomes a plan."""

from __future__ import annotations

from camp2iac.importers import SourcePart
from camp2iac.record import Record, field


class SourceAttribute(Record):
    """An attribute of a product. ``type``: Plain, IP or IPALL."""

    key: str
    value: str
    type: str
    part: SourcePart


class SourceProduct(Record):
    """A product on a tier. ``ports``: the ports that it opens, by protocol. ``parent``: the product that an application
    runs on."""

    name: str
    version: str
    part: SourcePart
    version_part: SourcePart | None = None
    attributes: list[SourceAttribute] = field(default_factory=list)
    ports: dict[str, SourcePart] = field(default_factory=dict)
    parent: str = ""


class SourceNetwork(Record):
    """A network of a tier. ``public``: each of its instances has a public address."""

    name: str
    part: SourcePart
    cidr: SourcePart | None = None
    public: bool = False


class SourceTier(Record):
    """A tier. ``values``: its image, flavor, key_pair, region and affinity, those that it has."""

    name: str
    part: SourcePart
    counts: dict[str, tuple[int, SourcePart]] = field(default_factory=dict)
    values: dict[str, tuple[str, SourcePart]] = field(default_factory=dict)
    floating: SourcePart | None = None
    networks: list[SourceNetwork] = field(default_factory=list)
    products: list[SourceProduct] = field(default_factory=list)
    compute: dict[str, int | str] = field(default_factory=dict)
    balancer: str = ""  # the tier of its load balancer
    listens: int | None = None  # the port of a load balancer


class SourceEnvironment(Record):
    """An environment. ``artifacts``: of applications that were installed in it."""

    name: str = ""
    description: str = ""
    tiers: list[SourceTier] = field(default_factory=list)
    artifacts: list[SourcePart] = field(default_factory=list)
