"""What content declares about the releases that it needs."""

from __future__ import annotations

from camp2iac.catalogue.model import Product
from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Span
from camp2iac.record import Record


class Demand(Record, frozen=True):
    """A release that the content of a component declares to need.

    ``product``: whose releases are meant. ``file``: the file in the package, with the ``line`` (0: not known).
    ``words``: what it says. ``ranges``: any of these releases. ``pin``: only a developer's own tools read it.
    ``exact``: the version whose last number the language compares, too. ``span``: of the content in the plan.
    """

    component: str
    product: Product
    file: str
    line: int
    words: str
    ranges: tuple[VersionRange, ...]
    pin: bool
    exact: str
    span: Span

    def __contains__(self, release: Version) -> bool:
        return any(release in each for each in self.ranges)

    @property
    def place(self) -> str:
        """Its file and line."""
        return f"{self.file}:{self.line}" if self.line else self.file
