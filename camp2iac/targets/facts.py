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
