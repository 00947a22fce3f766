"""What an output means for people, beside its resources: a part of the contract that a target may fill.

``camp2iac diff`` compares the facts of two outputs. A target that fills none is still compared by what the plan says.
All strings are for people. They contain no value of a secret. ``node``: the id of a tier, service or component of the
plan; empty if a fact is about all of it.
"""

from __future__ import annotations

from typing import Literal

from camp2iac.diagnostics import Span
from camp2iac.record import Record

INTERNET = "the Internet"
"""The source or destination if it is any address."""


class Contact(Record, frozen=True):
    """A connection that is allowed. ``source``, ``destination``: a node, ``the Internet``, a CIDR, or words.

    ``what``: the protocol and the port (``PostgreSQL, TCP 5432``). ``public``: any address may be the source. ``kind``:
    the source is a network or a parameter of the plan, or an existing security group, with this name. ``value``: the
    CIDR that the parameter has; empty: the operator gives it.
    """

    source: str
    destination: str
    what: str
    public: bool = False
    kind: Literal["", "network", "parameter", "security group"] = ""
    value: str = ""


class Told(Record, frozen=True):
    """A secret that exists, or that ``node`` gets. ``of``: the node that the secret belongs to: ``password of db``."""

    name: str
    of: str = ""
    node: str = ""


class Required(Record, frozen=True):
    """What the platform must provide (``cores``): the amount at first, and the most that scaling can reach."""

    what: str
    first: float
    most: float


class Price(Record, frozen=True):
    """A price in USD a month. None: not published. ``node``, ``part``: what is billed. ``words``: its size or plan."""

    node: str
    part: str
    words: str
    usd: float | None


class Installed(Record, frozen=True):
    """The release of something: ``PostgreSQL`` of ``db``, ``system`` of the tier ``web``."""

    what: str
    release: str
    node: str = ""


class Family(Record, frozen=True):
    """What the platform changes in place only within one family: the add-on plan of ``node``.

    ``value``: what people write (``heroku-postgresql:essential-0``). ``name``: its family; empty is one, too.
    ``instead``: what to do to get to another family, a sentence.
    """

    node: str
    value: str
    name: str
    instead: str


class CompressedContent(Record, frozen=True):
    """Content that instances get compressed, because it would be too large otherwise.

    ``owner``: the id of its component or job. ``title``: its name. ``file``: the gzip file in the output. ``size``,
    ``compressed``: bytes of its files, and of the gzip file. ``span``: its place in the plan.
    """

    owner: str
    title: str
    file: str
    size: int
    compressed: int
    span: Span


class PlatformPart(Record, frozen=True):
    """What the platform calls a part of the plan, for its picture: ``2 to 4 instances``, ``add-on NAME``.

    ``kind``, ``id``: the tier, component or service. ``words``: empty if only ``port`` matters. ``process``: it is
    about this process type of the component. ``scale``: the words are a number of something; if a target has such
    parts, the picture shows no other numbers. ``port``: where others connect (``TCP 443``). None: as the plan says.
    Empty: the plan cannot know it.
    """

    kind: Literal["tier", "component", "service"]
    id: str
    words: str
    process: str = ""
    scale: bool = False
    port: str | None = None


class PlatformEntry(Record, frozen=True):
    """How a component or service is reached, for the picture. If a target has any, the plan's exposures are not drawn.

    ``what``: the protocol and the port. ``sources``: who may connect (``INTERNET``, or words); empty: only callers.
    ``through``: what is in front of it (``load balancer, floating IP``: the words after a comma are in a second line);
    empty: nothing. ``of``: its id. Entries with the same one
    share it. ``callers``: the ids of the components that connect through it.
    """

    kind: Literal["component", "service"]
    id: str
    what: str
    sources: tuple[str, ...] = ()
    through: str = ""
    of: str = ""
    callers: tuple[str, ...] = ()


class PlatformFacts(Record, frozen=True):
    """The facts of an output. Tuples need no order. ``priced``: the date of the price list."""

    contacts: tuple[Contact, ...] = ()
    told: tuple[Told, ...] = ()
    required: tuple[Required, ...] = ()
    prices: tuple[Price, ...] = ()
    priced: str = ""
    installed: tuple[Installed, ...] = ()
    compressed: tuple[CompressedContent, ...] = ()
    families: tuple[Family, ...] = ()
    parts: tuple[PlatformPart, ...] = ()
    entries: tuple[PlatformEntry, ...] = ()
