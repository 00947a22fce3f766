"""What is drawn: a topology, what a platform loses of it, and what the platform calls its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from camp2iac.catalogue.versions import VersionRange
from camp2iac.record import Record, field
from camp2iac.review.graph.model import PictureLine
from camp2iac.targets.base import Outcome
from camp2iac.targets.facts import PlatformFacts, PlatformPart
from camp2iac.topology.model import Component, Service, Statement, Topology
from camp2iac.topology.statements import StatementKey


class View(Record, frozen=True, dict=True):
    """``facts``, ``outcomes``: empty without a platform."""

    topology: Topology
    facts: PlatformFacts = PlatformFacts()
    outcomes: Mapping[StatementKey, Outcome] = field(default_factory=dict)

    def has(self, statement: Statement[object] | None) -> bool:
        """Whether the plan has a statement and the platform does not lose it."""
        return statement is not None and self.outcomes.get(statement.key) is not Outcome.LOST

    def keeps(self, statement: Statement[object]) -> bool:
        """Whether the platform has exactly what the plan says."""
        return self.outcomes.get(statement.key, Outcome.KEPT) is Outcome.KEPT

    @property
    def counted(self) -> bool:
        """Whether the platform says how many there are of each part, in its own words."""
        return any(part.scale for part in self.facts.parts)

    @property
    def without_tiers(self) -> bool:
        """Whether the platform describes its parts, and no tiers among them."""
        return bool(self.facts.parts) and not any(part.kind == "tier" for part in self.facts.parts)

    def platform(self, kind: str, id_: str, process: str = "") -> Iterator[PictureLine]:
        """The platform's words for a part."""
        for part in self._parts.get((kind, id_, process), ()):
            yield PictureLine("scale" if part.scale else "platform", part.words)

    @cached_property
    def _parts(self) -> Mapping[tuple[str, str, str], list[PlatformPart]]:
        """The parts with words, by kind, id and process type."""
        found: dict[tuple[str, str, str], list[PlatformPart]] = {}
        for part in self.facts.parts:
            if part.words:
                found.setdefault((part.kind, part.id, part.process), []).append(part)
        return found

    def release(self, service: Service) -> str:
        """The release on the platform, or else the range in the plan; empty if any, or if it is of something else: the
        releases of Django's catalogue entry are those of Python.
        """
        offered = service.product.characteristics
        if not any(offered.values()) or offered.get(service.product.title, "version") is None:
            return ""
        for each in self.facts.installed:
            if each.node == service.id and each.what == service.product.title:
                return each.release.partition(",")[0]
        return _words(service.version.value) if service.version is not None and self.has(service.version) else ""

    def deployed(self, component: Component) -> bool:
        """Whether the platform has a component."""
        return self.has(component.statement)

    def provided(self, service: Service) -> bool:
        """Whether the platform has a service."""
        return not service.chosen_by or any(map(self.has, service.chosen_by))


def _words(versions: VersionRange) -> str:
    """A range in a few words: ``from 13, before 18``. One release is written as in the plan."""
    low, high = versions.low, versions.high
    if low is not None and low == high:
        return str(low)
    if (low is None and high is None) or versions.text == str(low):
        return versions.text
    found = [] if low is None else [f"{'from' if versions.low_included else 'after'} {low}"]
    return ", ".join([*found, *([] if high is None else [f"{'up to' if versions.high_included else 'before'} {high}"])])
