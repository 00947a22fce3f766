"""The resources that people know by name, such as a tier's instances or its volume. Reports use the names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Literal

from camp2iac.record import Record, field

Part = Literal["service", "component", "tier", "secret", "environment"]


class Keeps(Enum):
    """What is lost when a resource of a type is destroyed. Each target has a table of its types."""

    DATA = "data, at least in some of them"
    KEY = "a password or key, which the next apply replaces wherever the application uses it"
    ADDRESS = "an address or a name that people or DNS records outside point at"
    NOTHING = "nothing that the next apply does not create again"


class Advice(Record, frozen=True):
    """How to keep an argument: ``write`` says what to write and where. It applies if the address ``needs`` exists."""

    needs: str
    write: str


class Tracked(Record, frozen=True):
    """A resource, as its target describes it.

    ``node``: the part of the plan that it belongs to, as ``--lose`` accepts it. ``part``: the kind of that part. If
    only the environment file asks for it (``environment``), ``node`` is its own name. ``words``: what the resource is
    (``volume data``). ``holds_data``: whether destroying it loses data. ``protected``: whether Terraform refuses to
    destroy it, because the output says so. ``product``: whose data that is (``PostgreSQL``), and ``release`` the
    release of it that writes the data. ``databases``: the names of the databases in it, if they
    have names. ``instances``: the initial
    and the maximum number, None without ``for_each``. ``region``: empty if none is given. ``size``: of a volume, in
    GiB. ``advice``: arguments, to how they can be kept.
    """

    node: str
    words: str
    part: Part = "service"
    holds_data: bool = False
    product: str = ""
    instances: tuple[int, int] | None = None
    region: str = ""
    size: int | None = None
    advice: Mapping[str, Advice] = field(default_factory=dict)
    protected: bool = False
    release: str = ""
    databases: tuple[str, ...] = ()

    @property
    def described(self) -> str:
        """The words, as a plural if there can be several: ``instances``."""
        several = self.most[1] > 1 and self.words in ("instance", "container")
        return f"{self.words}s" if several else self.words

    @property
    def whose(self) -> str:
        """The end of its name: `` of database``; empty if the words are the whole name."""
        return "" if self.part in ("environment", "secret") else f" of {self.node}"

    @property
    def outlives(self) -> bool:
        """Whether the data outlive their server, because they are on a volume."""
        return self.holds_data and (self.size is not None or bool(self.release))

    @property
    def kept(self) -> str:
        """What an instance has on its own disk, as the end of a sentence; empty for all others."""
        own = self.holds_data and self.part == "tier"
        return f", which keeps the data of {self.product} on its own disk" if own else ""

    @property
    def most(self) -> tuple[int, int]:
        """The initial and the maximum number of instances."""
        return self.instances or (1, 1)
