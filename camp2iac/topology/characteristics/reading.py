"""What the readers of a service's characteristics share."""

from __future__ import annotations

from typing import TypeVar

from camp2iac.camp import placed
from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.diagnostics.located import located
from camp2iac.record import Record, field
from camp2iac.topology.statements import StatementKind, Statements, Subject

V = TypeVar("V")


class ServiceReading(Record):
    """A service, and what receives its statements and errors. ``networks``: those that it names, with their places."""

    service: Subject
    statements: Statements
    diagnostics: Diagnostics
    networks: dict[str, Span] = field(default_factory=dict)

    def say(self, kind: StatementKind[V], value: V, words: str, span: Span, *, name: str = "") -> None:
        """Record a statement about the service."""
        self.statements.say(self.service, kind, value, words, span, name=name)


def number(mapping: Mapping, key: str) -> int | None:
    """A whole number, if the characteristic has it."""
    value = mapping.get(key)
    return located(value.value, value.span) if isinstance(value, Scalar) and isinstance(value.value, int) else None


def text(mapping: Mapping, key: str) -> str | None:
    """A string, if the characteristic has it."""
    value = mapping.get(key)
    return placed.text(value) if isinstance(value, Scalar) else None
