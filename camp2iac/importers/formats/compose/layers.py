"""A statement in several files: an override file, or a service that another one extends. The last file counts."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.importers.part import SourcePart
from camp2iac.record import Record


class Layers(Record, frozen=True):
    """The same part in several places, the base first."""

    parts: tuple[SourcePart, ...]

    @property
    def last(self) -> SourcePart:
        """The part that overrides the others."""
        return self.parts[-1]

    def get(self, key: str) -> Layers | None:
        """The value of a key in all places that have it."""
        found = tuple(value for part in self.parts if (value := part.get(key)) is not None)
        return Layers(found) if found else None

    def names(self) -> tuple[str, ...]:
        """The keys of all places, each once."""
        return tuple(dict.fromkeys(key for part in self.parts if part.is_mapping for key, _ in part.entries()))

    def one(self) -> SourcePart:
        """The last part. The others are recorded as overridden."""
        for part in self.parts[:-1]:
            part.left_out(f"{self.last.where} overrides it")
        return self.last

    def named(self) -> Iterator[tuple[str, SourcePart]]:
        """The entries of a mapping, or of a list of ``NAME=value`` strings, with the later places last."""
        for part in self.parts:
            yield from pairs(part)

    def left_out(self, why: str, remedy: str = "") -> None:
        """Record all places as left out."""
        for part in self.parts:
            part.left_out(why, remedy)

    def changed(self, to: str, why: str, remedy: str = "") -> None:
        """Record all places as changed."""
        for part in self.parts:
            part.changed(to, why, remedy)

    def kept(self, to: str) -> None:
        """Record all places as kept."""
        for part in self.parts:
            part.kept(to)


def pairs(part: SourcePart) -> Iterator[tuple[str, SourcePart]]:
    """The entries of a mapping, or the items of a list of strings: ``NAME=value`` has the name ``NAME``."""
    if part.is_list:
        for item in part.items():
            yield item.text("a string NAME=value").partition("=")[0], item
    else:
        yield from part.entries("a mapping, or a list of strings NAME=value")


def value(part: SourcePart) -> str | None:
    """The value of an entry of :func:`pairs`; None if it has none."""
    if part.empty:
        return None
    text = part.text("a single value")
    if isinstance(part.place[-1], int):
        _, equals, text = text.partition("=")
        return text if equals else None
    return text
