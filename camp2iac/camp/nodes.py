"""Located YAML: plain values with their places in the file.

All later phases point at these nodes. Scalars keep their text as written, because YAML 1.1 reads ``1.10`` as the number
1.1 and ``on`` as true.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TypeAlias

from camp2iac.diagnostics import Span
from camp2iac.record import Record

Plain: TypeAlias = "str | int | float | bool | datetime.date | list[Plain] | dict[str, Plain] | None"


class Scalar(Record, frozen=True):
    """A string, number, boolean, date or null. ``text`` is the value as written, without quotes.

    ``span`` is the place of the value without its tag and anchor. ``tag``: the place of an explicit tag (``!!int``).
    ``anchored``: other places repeat it. ``alias``: it is such a place.
    """

    value: str | int | float | bool | datetime.date | None
    text: str
    span: Span
    quoted: bool = False
    tag: Span | None = None
    anchored: bool = False
    alias: bool = False

    @property
    def plain(self) -> Plain:
        """The value without its place."""
        return self.value


class Sequence(Record, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    span: Span

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def plain(self) -> Plain:
        """The values without their places."""
        return [item.plain for item in self.items]


class MappingEntry(Record, frozen=True):
    """A key of a mapping and its value."""

    key: Scalar
    value: Node


class Mapping(Record, frozen=True):
    """A mapping, in the order of the file. The reader ensures that keys are strings and unique."""

    entries: dict[str, MappingEntry]
    span: Span

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __getitem__(self, key: str) -> Node:
        return self.entries[key].value

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, key: str) -> Node | None:
        """The value of a key; None if it has no such key."""
        entry = self.entries.get(key)
        return entry.value if entry else None

    def key(self, key: str) -> Scalar:
        """The key itself, for its place."""
        return self.entries[key].key

    def without(self, *keys: str) -> Mapping:
        """The same mapping without some keys."""
        return Mapping({k: e for k, e in self.entries.items() if k not in keys}, self.span)

    @property
    def plain(self) -> Plain:
        """The values without their places."""
        return {key: entry.value.plain for key, entry in self.entries.items()}


Node: TypeAlias = "Scalar | Sequence | Mapping"
