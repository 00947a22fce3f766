"""What happens to each statement of a source: it is kept, changed or left out, and none is forgotten.

A *leaf* is a single value of the source, or an empty list or mapping. An importer records the fate of leaves, or of a
part with all leaves in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from camp2iac.camp.nodes import Mapping, Node, Sequence
from camp2iac.diagnostics import Span
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record, field

Step: TypeAlias = "str | int"
Place: TypeAlias = "tuple[Step, ...]"  # the keys and numbers that lead to a value in a document

UNKNOWN = "camp2iac does not know this statement"


class Fate(Enum):
    """What an import makes of a statement."""

    KEPT = "kept"
    CHANGED = "changed"
    LEFT_OUT = "left out"


_WORSE = {Fate.KEPT: 0, Fate.CHANGED: 1, Fate.LEFT_OUT: 2}


class ImportedStatement(Record, frozen=True):
    """A row of the report.

    ``path``: in the document, such as ``services.web.ports[0]``. ``leaves``: the number of leaves that it is about.
    ``to``: the part of the plan that it becomes. ``why``: the reason, if it is not kept. ``remedy``: what to write.
    No field has the value of the statement, because it can be a secret.
    """

    path: str
    span: Span
    fate: Fate
    leaves: int
    to: str = ""
    why: str = ""
    remedy: str = ""


class _Row(Record):
    place: Place
    span: Span
    fate: Fate
    to: str
    why: str
    remedy: str
    leaves: int = 0


class _Leaf(Record):
    span: Span
    row: _Row | None = None


class ImportLedger(Record):
    """The fate of each leaf of the documents that were read."""

    _leaves: dict[tuple[str, Place], _Leaf] = field(default_factory=dict)

    def add(self, file: str, node: Node) -> None:
        """List the leaves of a document. An empty document has none."""
        for place, leaf in leaves(node):
            if place:
                self._leaves.setdefault((file, place), _Leaf(leaf.span))

    def record(
        self, file: str, place: Place, node: Node, fate: Fate, *, to: str = "", why: str = "", remedy: str = ""
    ) -> None:
        """Record the fate of a part of a document: of its leaves without a fate.

        If the part is a leaf that has a fate, the worse of both counts.
        """
        row = _Row(place, node.span, fate, to, why, remedy)
        for below, _ in leaves(node):
            leaf = self._leaves.get((file, place + below))
            if leaf is None:
                continue
            if leaf.row is None:
                leaf.row = row
                row.leaves += 1
            elif not below and _WORSE[fate] > _WORSE[leaf.row.fate]:
                leaf.row.leaves -= 1
                leaf.row = row
                row.leaves += 1

    def is_known(self, file: str, place: Place, node: Node) -> bool:
        """Whether each leaf of a part has a fate."""
        found = (self._leaves.get((file, place + below)) for below, _ in leaves(node))
        return all(leaf is None or leaf.row is not None for leaf in found)

    def forgotten(self) -> list[tuple[str, Place]]:
        """The leaves of which no importer said anything. The report has them as left out."""
        return [key for key, leaf in self._leaves.items() if leaf.row is None]

    def statements(self) -> list[ImportedStatement]:
        """The rows, in the order of the documents."""
        found: list[ImportedStatement] = []
        seen: set[int] = set()
        for (_, place), leaf in self._leaves.items():
            row = leaf.row
            if row is None:
                found.append(ImportedStatement(path(place), leaf.span, Fate.LEFT_OUT, 1, why=UNKNOWN))
            elif id(row) not in seen:
                seen.add(id(row))
                found.append(
                    ImportedStatement(path(row.place), row.span, row.fate, row.leaves, row.to, row.why, row.remedy)
                )
        return found

    def counts(self) -> dict[Fate, int]:
        """The number of leaves by their fate."""
        found = Counter(leaf.row.fate if leaf.row is not None else Fate.LEFT_OUT for leaf in self._leaves.values())
        return {fate: found[fate] for fate in Fate}


def leaves(node: Node) -> Iterator[tuple[Place, Node]]:
    """The leaves of a value, each with its place in it."""
    stack: list[tuple[Place, Node]] = [((), node)]
    while stack:
        place, each = stack.pop()
        below: list[tuple[Step, Node]] = []
        if isinstance(each, Mapping):
            below = [(key, entry.value) for key, entry in each.entries.items()]
        elif isinstance(each, Sequence):
            below = list(enumerate(each.items))
        if below:
            stack.extend(((*place, step), child) for step, child in reversed(below))
        else:
            yield place, each


def path(place: Place) -> str:
    """A place for people: ``services.web.ports[0]``."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f"{'.' if text else ''}{short(step)}"
    return text
