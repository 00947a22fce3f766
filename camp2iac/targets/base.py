"""The contract of a target, the ledger of what became of the plan's statements, and the registry."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Protocol, TypeVar

from camp2iac.camp import placed
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.diagnostics.secrets import discreet
from camp2iac.record import Record, field, replace
from camp2iac.synth.force_new import Replacing
from camp2iac.synth.module import Document, Module
from camp2iac.synth.tracked import Tracked
from camp2iac.topology.model import Statement, Topology
from camp2iac.topology.statements import StatementKey

T = TypeVar("T")

UNACCOUNTED = "This platform has no place for it, or camp2iac does not know it."
"""The reason of what no target accounted for: of kinds that nobody takes, and of no other."""


class Outcome(Enum):
    """What became of a statement on a target."""

    KEPT = "kept"
    DEGRADED = "degraded"
    LOST = "lost"


class Remedy(Record, frozen=True):
    """What to do: a sentence, or something to write at a place (``environments/heroku.yaml:4``).

    ``write``: YAML. ``where``: what it replaces; None: it is new in ``file`` (empty: nobody gave a file to write into).
    """

    text: str
    write: str = ""
    where: Span | None = None
    file: str = ""

    @property
    def place(self) -> str:
        """``environments/heroku.yaml:4``, or the file alone, or nothing."""
        return f"{self.where.file}:{self.where.line}" if self.where else self.file


class LedgerEntry(Record, frozen=True):
    """One statement's outcome: ``how`` in a few words for the table; ``why`` and ``remedy`` unless kept."""

    statement: Statement[Any]
    outcome: Outcome
    how: str
    why: str = ""
    remedies: tuple[Remedy, ...] = ()


class Ledger(Record):
    """Accounts for every statement, by its key. Taking a value out says what becomes of it; the last word counts."""

    entries: dict[StatementKey, LedgerEntry] = field(default_factory=dict)

    def keep(self, statement: Statement[T], how: str) -> T:
        """The value; it is served as the plan says."""
        self.entries[statement.key] = LedgerEntry(statement, Outcome.KEPT, how)
        return statement.value

    def degrade(self, statement: Statement[T], how: str, why: str, *remedies: Remedy) -> T:
        """The value; it is served, but not quite as the plan says: ``why`` tells the difference."""
        self.entries[statement.key] = LedgerEntry(statement, Outcome.DEGRADED, how, why, remedies)
        return statement.value

    def lose(self, statement: Statement[T], why: str, *remedies: Remedy, how: str = "lost") -> None:
        """The platform has no place for it."""
        self.entries[statement.key] = LedgerEntry(statement, Outcome.LOST, how, why, remedies)

    def report(self, topology: Topology) -> tuple[LedgerEntry, ...]:
        """One entry for every statement of the plan, in its order; what nobody took is lost."""
        entries = []
        for statement in topology.statements:
            entry = self.entries.get(statement.key) or (self.entries.get(statement.same) if statement.same else None)
            if entry is None:
                entry = LedgerEntry(statement, Outcome.LOST, "lost", UNACCOUNTED)
            words = discreet(statement.words)
            entries.append(
                replace(entry, statement=statement if words == statement.words else replace(statement, words=words))
            )
        return tuple(entries)


class Environment(Record, frozen=True):
    """The operator's side, read and checked against the target's schema.

    ``name``: its file's stem, or the target's name without one. ``file``: the name to show, None without a file.
    ``values``: the mapping as written (empty without a file). ``overrides``: ``--set NAME=VALUE``, for
    parameters; ``set_keys``: the keys of the environment that ``--set`` gives, with dots (they are in ``values``).
    """

    name: str
    file: str | None
    values: YamlMapping
    overrides: Mapping[str, str]
    set_keys: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What to call it in messages."""
        return self.file or "--set"

    def span(self, *path: str) -> Span | None:
        """Where a value stands, None if it is not given."""
        node: Any = self.values
        for key in path:
            node = node.get(key) if isinstance(node, YamlMapping) else None
        return node.span if node is not None and self.file else None

    def key_span(self, *path: str) -> Span | None:
        """Where a key itself stands, None if it is not given."""
        node: Any = self.values
        for key in path[:-1]:
            node = node.get(key) if isinstance(node, YamlMapping) else None
        there = isinstance(node, YamlMapping) and path[-1] in node and self.file
        return node.key(path[-1]).span if there else None

    def get(self, *path: str, default: Any = None) -> Any:
        """A value with its place, or the default."""
        node: Any = self.values
        for key in path:
            node = node.get(key) if isinstance(node, YamlMapping) else None
        return default if node is None else placed.values(node, self.file)


class Lowered(Record, frozen=True):
    """What a target makes of a topology. Errors go to the diagnostics that it was handed."""

    module: Module
    documents: tuple[Document, ...]
    readme: str = ""  # what to know about this output, Markdown, in sections; the output folder adds the rest
    reruns: Mapping[str, str] = field(default_factory=dict)  # resource that machines look at, to the machines' resource
    tracked: Mapping[str, Tracked] = field(default_factory=dict)  # address to what a person calls the resource
    replacing: Replacing = field(default_factory=dict)  # resource type to the arguments that make another one


class Context(Record, frozen=True):
    """All that a lowering may read besides the topology. ``content_root``: from the module's folder to the package's
    files, when they are read in place (``../..``); None: they are copied to ``content/`` beside the module.
    """

    environment: Environment
    package: Package
    ledger: Ledger
    diagnostics: Diagnostics
    content_root: str | None


class Target(Protocol):
    """A platform. Registered under the entry point group ``camp2iac.targets``; made without arguments."""

    name: str
    title: str

    @property
    def environment_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of its environment file."""

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Terraform for the topology. Pure: same arguments, same result."""
