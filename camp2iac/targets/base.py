"""The contract of a target, and the ledger with the outcome of each statement of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Protocol, TypeVar

from camp2iac.camp import placed
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry
from camp2iac.camp.package import Package
from camp2iac.catalogue.companion import AskedCompanion
from camp2iac.diagnostics import Diagnostics, Fix, Span
from camp2iac.diagnostics.secrets import discreet
from camp2iac.record import Record, field, replace
from camp2iac.synth.force_new import Replacing
from camp2iac.synth.module import Document, Module
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.facts import PlatformFacts
from camp2iac.topology.model import Statement, Topology
from camp2iac.topology.statements import StatementKey

T = TypeVar("T")

UNACCOUNTED = "This platform has no equivalent, or camp2iac does not support it."
"""The reason for statements that the target does not mention."""


class Outcome(Enum):
    """What happens to a statement on a target."""

    KEPT = "kept"
    DEGRADED = "degraded"
    LOST = "lost"


class LedgerEntry(Record, frozen=True):
    """One statement's outcome. ``how``: in a few words, for the table. Unless it is kept: ``why``, ``help`` (what to
    do, in sentences) and ``fixes`` (what to write; several are alternatives).
    """

    statement: Statement[Any]
    outcome: Outcome
    how: str
    why: str = ""
    help: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


def unkept(statement: Statement[T], outcome: Outcome, how: str, why: str, advice: Iterable[str | Fix]) -> LedgerEntry:
    """The entry of a statement that is degraded or lost. ``advice``: sentences, and fixes that say what to write."""
    parts = tuple(advice)
    sentences = tuple(part for part in parts if isinstance(part, str))
    return LedgerEntry(statement, outcome, how, why, sentences, tuple(part for part in parts if isinstance(part, Fix)))


class Ledger(Record):
    """The outcomes of statements, by key. A target gets a value by recording its outcome. The last outcome counts."""

    entries: dict[StatementKey, LedgerEntry] = field(default_factory=dict)

    def keep(self, statement: Statement[T], how: str) -> T:
        """Record that the platform does what the plan says. Return the value."""
        self.entries[statement.key] = LedgerEntry(statement, Outcome.KEPT, how)
        return statement.value

    def degrade(self, statement: Statement[T], how: str, why: str, *advice: str | Fix) -> T:
        """Record that the platform does it with a difference, which ``why`` explains. Return the value.

        ``advice``: what the user can do: sentences, and fixes that say what to write.
        """
        self.entries[statement.key] = unkept(statement, Outcome.DEGRADED, how, why, advice)
        return statement.value

    def lose(self, statement: Statement[T], why: str, *advice: str | Fix, how: str = "lost") -> None:
        """Record that the platform cannot do it. ``advice`` as in :meth:`degrade`."""
        self.entries[statement.key] = unkept(statement, Outcome.LOST, how, why, advice)

    def enter(self, entry: LedgerEntry) -> None:
        """Record an outcome that is a value already."""
        self.entries[entry.statement.key] = entry

    def report(self, topology: Topology) -> tuple[LedgerEntry, ...]:
        """One entry for each statement of the plan, in its order. Statements without an outcome are lost."""
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
    """The environment file, checked against the target's schema.

    ``name``: the file's stem, or the target's name without a file. ``file``: the name to show, None without a file.
    ``values``: the mapping as written (empty without a file). ``overrides``: ``--set NAME=VALUE`` for parameters.
    ``set_keys``: the keys of the environment file that ``--set`` sets, with dots; they are in ``values``.
    ``companions``: those that it asks for, by name. ``encrypted``: the entries of ``parameters`` that sops encrypted,
    which are not in ``values``; camp2iac does not keep their values.
    """

    name: str
    file: str | None
    values: YamlMapping
    overrides: Mapping[str, str]
    set_keys: tuple[str, ...] = ()
    companions: tuple[AskedCompanion, ...] = ()
    encrypted: Mapping[str, MappingEntry] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """Its name in messages."""
        return self.file or "--set"

    def span(self, *path: str) -> Span | None:
        """The place of a value. None if it is not set in the file."""
        node: Any = self.values
        for key in path:
            node = node.get(key) if isinstance(node, YamlMapping) else None
        return node.span if node is not None and self.file else None

    def key_span(self, *path: str) -> Span | None:
        """The place of a key. None if it is not set in the file."""
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
    """What a target generates from a topology. It adds errors to the diagnostics of its context."""

    module: Module
    documents: tuple[Document, ...]
    readme: str = ""  # the platform's sections of the README, in Markdown
    reruns: Mapping[str, str] = field(default_factory=dict)  # resource that instances watch, to the instances' resource
    tracked: Mapping[str, Tracked] = field(default_factory=dict)  # address to the name that people use
    replacing: Replacing = field(default_factory=dict)  # resource type to the arguments that force a replacement
    facts: PlatformFacts = PlatformFacts()  # what the output means for people, for ``camp2iac diff``
    namespace: str = ""  # of all objects, if the platform has namespaces: the default of ``name`` of a child module


class Context(Record, frozen=True):
    """All that a target can read in addition to the topology.

    ``content_root``: the path from the module's folder to the package's files, if they are read in place (``../..``).
    None: they are copied to ``content/`` beside the module. ``broken``: the components whose content has nothing to
    start, by their ids. An error about each is reported already, so a target does not report it again.
    """

    environment: Environment
    package: Package
    ledger: Ledger
    diagnostics: Diagnostics
    content_root: str | None
    broken: frozenset[str] = frozenset()


class Target(Protocol):
    """A platform, registered as an entry point of the group ``camp2iac.targets``. The class takes no arguments.

    Optional: ``product_schema``, the JSON Schema of a product's file for the platform (``heroku.yaml``).
    ``compiles_attributes``: whether ``{ parameter: NAME }`` as an attribute of a product is replaced by its value,
    because the platform installs the product with it. Secret attributes stay references. ``companions``: whether its
    environment files can ask for companions, which its instances then have. ``inventory``: what reports
    show of deployed resources (:class:`camp2iac.targets.deployed.Inventory`). Without it, they show addresses and ids.
    ``secrets``: how secrets are made, kept and rotated (:class:`camp2iac.targets.secret_table.SecretTable`).
    ``tests(module)`` returns what the tests of an output need (:class:`~camp2iac.targets.module_tests.ModuleTests`).
    """

    name: str
    title: str

    @property
    def environment_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of the environment file."""

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Generate Terraform for the topology. Pure: same arguments, same result."""
