"""Statements: what a plan says, recorded where it is read.

A reader calls ``say`` on the recorder of its build and gets the statement back. From then on it is in the port report:
no list can forget it. Code asks for statements by subject and kind; the words are for people only.
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
    """What kind of node a statement is about."""

    PLAN = "plan"
    ARTIFACT = "artifact"
    SERVICE = "service"
    NETWORK = "network"
    PARAMETER = "parameter"
    SECRET = "secret"  # noqa: S105 - the word


class Subject(Record, frozen=True, cache_hash=True):
    """The node that a statement is about. ``id``: unique among those of its kind. ``name``: as the plan writes it."""

    kind: SubjectKind
    id: str
    name: str

    @property
    def heading(self) -> str:
        """Where reports list it: under its name, or (what the plan declares on itself) under ``the plan``."""
        return self.name if self.kind in (SubjectKind.ARTIFACT, SubjectKind.SERVICE) else PLAN_HEADING


PLAN = Subject(SubjectKind.PLAN, "", PLAN_HEADING)


class StatementKind(Record, Generic[V], frozen=True, cache_hash=True):
    """What is said (a scale, a volume), with the type of its value. ``statement_kinds`` has them all.

    ``title``: as a plan writes it. ``taken_by``: who says what becomes of such statements: the ``target``, which
    declares a place for them; the ``readme`` of the output, which keeps them on every platform; or ``nobody``, so that
    they are lost on every platform.
    """

    name: str
    title: str
    taken_by: Literal["target", "readme", "nobody"] = "target"


class StatementKey(Record, frozen=True, cache_hash=True):
    """The identity of a statement within its plan.

    ``name``: which of several it is, where they have names: an attribute, a volume, a process. ``number``: which of
    those that are still alike, from 1, in the order of the plan.
    """

    subject: Subject
    kind: StatementKind[Any]
    name: str
    number: int


class Statement(Record, Generic[T], frozen=True, eq=False):
    """One statement of the plan: a row of the port report. Its identity is its key.

    ``words``: the statement in a few words, values included (``Scale: 2, from 2 to 4``), so that a changed value
    changes the report. ``same``: another statement says the very same of the same machines or the same link; what
    becomes of that becomes of this.
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
        """What is said."""
        return self.key.kind


class Statements:
    """The recorder of one build."""

    def __init__(self) -> None:
        self._made: dict[StatementKey, Statement[Any]] = {}
        self._about: dict[tuple[Subject, StatementKind[Any]], list[StatementKey]] = {}
        self._more: dict[StatementKey, int] = {}  # how many are alike, where it is more than one

    def say(
        self, subject: Subject, kind: StatementKind[V], value: V, words: str, span: Span, *, name: str = ""
    ) -> Statement[V]:
        """Record a statement.

        Args:
            subject: the node it is about.
            kind: what is said.
            value: what targets take out through their ledger.
            words: the row of the report, values included; never a secret.
            span: its place in the plan.
            name: which of several it is, where they have names.
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
        """Note that a statement says again what ``first`` says: it shares the outcome."""
        self._made[statement.key] = replace(self._made[statement.key], same=first.key)

    def about(self, subject: Subject, kind: StatementKind[V]) -> tuple[Statement[V], ...]:
        """What was said of one kind about a subject, in the order in which it was recorded."""
        return tuple(self._made[key] for key in self._about.get((subject, kind), ()))

    def first(self, subject: Subject, kind: StatementKind[V]) -> Statement[V] | None:
        """The first of a kind about a subject, None if there is none."""
        return next(iter(self.about(subject, kind)), None)

    def all(self) -> tuple[Statement[Any], ...]:
        """All statements, in the order of the plan."""
        return tuple(sorted(self._made.values(), key=lambda statement: statement.span))
