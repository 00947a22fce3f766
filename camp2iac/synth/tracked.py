"""The resources that a person knows by name, such as a tier's instances or its volume: what a change is told by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camp2iac.record import Record, field

Part = Literal["service", "component", "tier", "environment"]


class Advice(Record, frozen=True):
    """How to keep an argument as it is: ``write`` says what and where. True while ``needs``, an address, is there."""

    needs: str
    write: str


class Tracked(Record, frozen=True):
    """A resource, as its target describes it.

    ``node``: the part of the plan that it belongs to, as ``--lose`` takes it; ``part``: what that is. Where the
    environment file alone asks for it (``environment``), ``node`` is its own name. ``words``: what
    the resource is (``volume data``). ``holds_data``: whether data is lost when it is destroyed. ``product``: whose
    data that is (``PostgreSQL``). ``instances``: how many there are at first and at most, None where it has no
    ``for_each``. ``region``: where it is, empty where nobody says so. ``size``: of a volume, in GiB. ``advice``:
    argument to how it can be kept.
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

    @property
    def whose(self) -> str:
        """What follows the words: `` of database``; nothing where they have its own name."""
        return "" if self.part == "environment" else f" of {self.node}"

    @property
    def most(self) -> tuple[int, int]:
        """How many there are at first and at most."""
        return self.instances or (1, 1)
