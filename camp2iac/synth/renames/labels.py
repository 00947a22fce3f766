"""Names in addresses, and the names of parts of the plan in them: ``web`` in ``api_to_web``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product

from camp2iac.record import Record

_MOST = 64  # readings of one name


class Words(Record, frozen=True):
    """The names that one part had, each as words; the oldest is the first, the current one is the last."""

    forms: tuple[tuple[str, ...], ...]

    @staticmethod
    def of(ids: Iterable[str]) -> Words:
        """From ids or names: ``stock-web`` has two words."""
        return Words(tuple(tuple(each.replace("-", "_").split("_")) for each in ids))


class Vocabulary(tuple[Words, ...]):
    """The names of all parts that had another one. A part is named by its number."""

    @cached_property
    def first(self) -> Mapping[str, tuple[int, ...]]:
        """The parts whose oldest name begins with a word."""
        found: dict[str, list[int]] = {}
        for number, each in enumerate(self):
            found.setdefault(each.forms[0][0], []).append(number)
        return {word: tuple(numbers) for word, numbers in found.items()}


class LabelReading(Record, frozen=True):
    """A name as words and parts of the plan, by their number."""

    pieces: tuple[str | int, ...]

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts in it, each once."""
        return tuple(dict.fromkeys(each for each in self.pieces if isinstance(each, int)))

    def written(self, known: Vocabulary, forms: dict[int, int], between: str = "_") -> str:
        """The name with one form of each part."""
        words = ((each,) if isinstance(each, str) else known[each].forms[forms[each]] for each in self.pieces)
        return between.join(word for piece in words for word in piece)

    def chain(self, known: Vocabulary, between: str = "_") -> tuple[str, ...]:
        """Every form of the name, the oldest first and the current one last."""
        parts = self.parts
        numbers = product(*(range(len(known[part].forms)) for part in parts))
        found = (self.written(known, dict(zip(parts, each, strict=True)), between) for each in numbers)
        return tuple(dict.fromkeys(found))


def readings(name: str, known: Vocabulary, between: str = "_") -> list[LabelReading]:
    """How a name in its oldest form can be read. Those with the most parts are first."""
    words = tuple(name.split(between))
    found: list[LabelReading] = []
    for pieces in _read(words, 0, known):
        found.append(LabelReading(pieces))
        if len(found) == _MOST:
            break
    return sorted(found, key=lambda each: -len(each.parts))


def _read(words: tuple[str, ...], start: int, known: Vocabulary) -> Iterator[tuple[str | int, ...]]:
    if start == len(words):
        yield ()
        return
    for number in known.first.get(words[start], ()):
        oldest = known[number].forms[0]
        if words[start : start + len(oldest)] == oldest:
            for rest in _read(words, start + len(oldest), known):
                yield (number, *rest)
    for rest in _read(words, start + 1, known):
        yield (words[start], *rest)
