"""A part of a source document: where it is, what it says, and what an importer makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Mapping, Node, Plain, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.importers.statements import Fate, ImportLedger, Place, path
from camp2iac.record import Record

_KINDS = {Mapping: "a mapping", Sequence: "a list"}


class SourcePart(Record, frozen=True):
    """A value of a document, with its place.

    Methods that read a value report one of another type as an error at its place (CAMP762), and return an empty value.
    """

    file: str
    place: Place
    node: Node
    ledger: ImportLedger
    diagnostics: Diagnostics
    key: Scalar | None = None

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.node.span

    @property
    def path(self) -> str:
        """What leads to it in its document: ``services.web.ports[0]``."""
        return path(self.place)

    @property
    def name(self) -> str:
        """The last key that leads to it."""
        return str(self.place[-1]) if self.place else ""

    @property
    def where(self) -> str:
        """Its file and line, for a comment in the plan."""
        return f"{self.file}:{self.span.line}"

    @property
    def plain(self) -> Plain:
        """Its value without places."""
        return self.node.plain

    @property
    def empty(self) -> bool:
        """Whether it is null, or an empty list or mapping."""
        return self.node.value is None if isinstance(self.node, Scalar) else not len(self.node)

    @property
    def has_fate(self) -> bool:
        """Whether the fate of each value in it is recorded."""
        return self.ledger.is_known(self.file, self.place, self.node)

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.node, Mapping)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, Sequence)

    @property
    def is_scalar(self) -> bool:
        """Whether it is a single value."""
        return isinstance(self.node, Scalar)

    def get(self, key: str) -> SourcePart | None:
        """The value of a key; None if it is not a mapping or has no such key."""
        if not isinstance(self.node, Mapping):
            return None
        entry = self.node.entries.get(key)
        return self._below(key, entry.value, entry.key) if entry is not None else None

    def entries(self, expected: str = "a mapping") -> Iterator[tuple[str, SourcePart]]:
        """The keys of a mapping and their values. ``expected``: what it must be, for the error."""
        if isinstance(self.node, Mapping):
            for key, entry in self.node.entries.items():
                yield key, self._below(key, entry.value, entry.key)
        elif self.empty:
            self.kept("nothing: it is empty")
        else:
            self.wrong(expected)

    def items(self, expected: str = "a list") -> Iterator[SourcePart]:
        """The items of a list."""
        if isinstance(self.node, Sequence):
            for number, item in enumerate(self.node.items):
                yield self._below(number, item, None)
        elif self.empty:
            self.kept("nothing: it is empty")
        else:
            self.wrong(expected)

    def text(self, expected: str = "a string") -> str:
        """A single value as it is written."""
        if isinstance(self.node, Scalar):
            return self.node.text
        self.wrong(expected)
        return ""

    def kept(self, to: str) -> None:
        """The plan says the same. ``to``: the part of the plan."""
        self._record(Fate.KEPT, to=to)

    def changed(self, to: str, why: str, remedy: str = "") -> None:
        """The plan says something similar. ``why``: what differs, and why. ``remedy``: what to write or do."""
        self._record(Fate.CHANGED, to=to, why=why, remedy=remedy)

    def left_out(self, why: str, remedy: str = "") -> None:
        """The plan does not say it."""
        self._record(Fate.LEFT_OUT, why=why, remedy=remedy)

    def wrong(self, expected: str, help_: str = "") -> None:
        """CAMP762: the format does not allow this value. ``expected``: what it must be, such as ``a list of ports``."""
        found = _KINDS.get(type(self.node)) or ("empty" if self.empty else "a single value")
        self.refused(f"{self.path or self.file} is {found}, but must be {expected}", f"not {expected}", help_)

    def refused(self, message: str, label: str = "", help_: str = "") -> None:
        """CAMP762: the value cannot be read, for another reason than its type."""
        self._record(Fate.LEFT_OUT, why="it is wrong")
        self.diagnostics.add(
            Diagnostic("CAMP762", message, self.span, label, help=help_ or f"correct {self.file}, and import it again")
        )

    def _record(self, fate: Fate, *, to: str = "", why: str = "", remedy: str = "") -> None:
        self.ledger.record(self.file, self.place, self.node, fate, to=to, why=why, remedy=remedy)

    def _below(self, step: str | int, node: Node, key: Scalar | None) -> SourcePart:
        return SourcePart(self.file, (*self.place, step), node, self.ledger, self.diagnostics, key)
