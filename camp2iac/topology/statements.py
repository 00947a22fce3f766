"""Statements: what a plan says, recorded where it is read.

A reader calls ``say`` on the recorder of its build and gets the statement. From then on, the statement is in the port
report, so no reader can forget to list one. Code finds statements by subject and kind. The words are for people only.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Generic, Literal, TypeVar

from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace

T = TypeVar("T", covariant=True)
V = TypeVar("V")

PLAN_HEADING = "the plan"


class SubjectKind(Enum):
    """The kind of node that a statement is about."""

    PLAN = "plan"
    ARTIFACT = "artifact"
    SERVICE = "service"
    NETWORK = "network"
    PARAMETER = "parameter"
    SECRET = "secret"  # noqa: S105 - the word


class Subject(Record, frozen=True, cache_hash=True):
    """The node that a statement is about. ``id`` is unique within the kind. ``name``: as the plan writes it."""

    kind: SubjectKind
    id: str
    name: str

    @property
    def heading(self) -> str:
        """Its heading in reports: its name, or ``the plan`` for what the plan declares itself."""
        return self.name if self.kind in (SubjectKind.ARTIFACT, SubjectKind.SERVICE) else PLAN_HEADING


PLAN = Subject(SubjectKind.PLAN, "", PLAN_HEADING)


class StatementKind(Record, Generic[V], frozen=True, cache_hash=True):
    """What a statement is about (a scale, a volume), with the type of its value. ``statement_kinds`` lists them.

    ``title``: as a plan writes it. ``taken_by``: who decides the outcome. ``target``: each target declares a place.
    ``readme``: the output's README contains it on every platform. ``nobody``: it is lost on every platform.
    """

    name: str
    title: str
    taken_by: Literal["target", "readme", "nobody"] = "target"


class StatementKey(Record, frozen=True, cache_hash=True):
    """The identity of a statement within its plan.

    ``name``: the name of the attribute, volume or process, if there can be several. ``number``: counts statements that
    are otherwise equal, from 1, in the order of the plan.
    """

    subject: Subject
    kind: StatementKind[Any]
    name: str
    number: int


class Statement(Record, Generic[T], frozen=True, eq=False):
    """One statement of the plan: a row of the port report. Its key is its identity.

    ``words``: the statement in a few words, with its values (``Scale: 2, from 2 to 4``), so that the report changes
    with them. ``same``: another statement that says the same about the same instances or link. Both have one outcome.
    """

    key: StatementKey
    value: T
    words: str
    span: Span
    same: StatementKey | None = None

    @property
    def subject(self) -> Subject:
        """The node it is about."""
        return self.key.subject

    @property
    def kind(self) -> StatementKind[Any]:
        """What the statement is about."""
        return self.key.kind


class Statements:
    """The recorder of one build."""

    def __init__(self) -> None:
        self._made: dict[StatementKey, Statement[Any]] = {}
        self._about: dict[tuple[Subject, StatementKind[Any]], list[StatementKey]] = {}
        self._more: dict[StatementKey, int] = {}  # how many statements have the key, if more than one

    def say(
        self, subject: Subject, kind: StatementKind[V], value: V, words: str, span: Span, *, name: str = ""
    ) -> Statement[V]:
        """Record a statement.

        Args:
            subject: the node that it is about.
            kind: what it says.
            value: what targets take through their ledger.
            words: the row of the report, with the values, but never a secret.
            span: its place in the plan.
            name: the name of the attribute, volume or process, if there can be several.
        """
        key = StatementKey(subject, kind, name, 1)
        if key in self._made:
            self._more[key] = self._more.get(key, 1) + 1
            key = StatementKey(subject, kind, name, self._more[key])
        statement = Statement(key, value, words, span)
        self._made[key] = statement
        self._about.setdefault((subject, kind), []).append(key)
        return statement

    def repeats(self, statement: Statement[V], first: Statement[V]) -> None:
        """Note that a statement repeats ``first`` and has the same outcome."""
        self._made[statement.key] = replace(self._made[statement.key], same=first.key)

    def about(self, subject: Subject, kind: StatementKind[V]) -> tuple[Statement[V], ...]:
        """The statements of a kind about a subject, in the order in which they were recorded."""
        return tuple(self._made[key] for key in self._about.get((subject, kind), ()))

    def first(self, subject: Subject, kind: StatementKind[V]) -> Statement[V] | None:
        """The first statement of a kind about a subject; None if there is none."""
        return next(iter(self.about(subject, kind)), None)

    def all(self) -> tuple[Statement[Any], ...]:
        """All statements, in the order of the plan."""
        return tuple(sorted(self._made.values(), key=lambda statement: statement.span))
