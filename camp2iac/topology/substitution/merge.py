"""Merge the overrides of one type into the characteristics or requirements that have this type."""

from __future__ import annotations

from typing import Protocol

from camp2iac.camp.nodes import Mapping, MappingEntry, Node, Scalar
from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.topology.requirements import PROFILE


class Note(Protocol):
    """Keeps the places of a value and of what it replaces or extends. ``key``, ``type_``: those that contain it."""

    def __call__(self, value: Span, plan: Span, replaced: Node | None, key: Span | None, type_: Span | None) -> None:
        """Keep them."""


_BY_KEY = ("Attributes", "Env", "Placement", "Process")
"""Types whose keys are unique among all that a node has of the type."""


class Part(Record):
    """A characteristic or requirement that can change: its type, its keys, and the place of its type."""

    type: str
    extensions: Mapping
    span: Span


def merged(old: Mapping, given: Mapping, place: Span, note: Note) -> Mapping:
    """The keys of ``old`` with the values of ``given``. ``place``: the line of the plan that new keys belong to."""
    entries = dict(old.entries)
    for key, entry in given.entries.items():
        before = entries.get(key)
        if before is None:
            note(entry.key.span, place, None, None, None)
            note(entry.value.span, place, None, None, place)
        else:
            note(entry.value.span, before.value.span, before.value, before.key.span, place)
        entries[key] = MappingEntry(before.key if before else entry.key, entry.value)
    return replace(old, entries=entries)


def targets(given: Mapping, type_: str, parts: list[Part]) -> list[tuple[Part | None, Mapping]] | None:
    """Which parts the keys belong to; None instead of a part: to a new one. None if that is not clear."""
    of_type = [part for part in parts if part.type == type_]
    name = type_.removeprefix(PROFILE)
    if not of_type:
        return [(None, given)]
    if name == "Volume":
        return _volume(given, of_type)
    if len(of_type) == 1:
        return [(of_type[0], given)]
    if name in _BY_KEY:
        return [
            (next((part for part in of_type if key in part.extensions), of_type[0]), _only(given, key))
            for key in given.entries
        ]
    if name == "Expose" and "port" in given:
        same = [part for part in of_type if _text(part.extensions, "port") == _text(given, "port")]
        return [(same[0] if same else None, given)]
    return None


def _volume(given: Mapping, of_type: list[Part]) -> list[tuple[Part | None, Mapping]] | None:
    """A Volume has a name. Another name is another volume, because renaming one would destroy its data."""
    if "name" not in given and len(of_type) == 1:
        return [(of_type[0], given)]
    same = [part for part in of_type if _text(part.extensions, "name", "data") == _text(given, "name", "data")]
    if not same and "name" not in given:
        return None
    return [(same[0] if same else None, given.without("name") if same else given)]


def _only(given: Mapping, key: str) -> Mapping:
    return Mapping({key: given.entries[key]}, given.span)


def _text(of: Mapping, key: str, default: str = "") -> str:
    found = of.get(key)
    return found.text if isinstance(found, Scalar) else default
