"""Which block of a module with the oldest names is which block of the module with the current ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Module
from camp2iac.synth.renames.labels import LabelReading, Vocabulary, readings


class Pair(Record, frozen=True):
    """An address and its name before. ``reading``: None if the names differ in another way."""

    old: str
    new: str
    reading: LabelReading | None


def pairs(old: Module, new: Module, known: Vocabulary) -> dict[str, Pair]:
    """The pairs, by the old address: blocks with an address, and local values."""
    before, after = _named(old), _named(new)
    found: dict[str, Pair] = {}
    for head, names in before.items():
        for pair in _paired(names, after.get(head, {}), known):
            full = Pair(f"{head}.{pair.old}", f"{head}.{pair.new}", pair.reading)
            found[full.old] = full
    return found


def _named(module: Module) -> dict[str, dict[str, Span | None]]:
    """What comes before a name in its address, to names and the places that they come from."""
    found: dict[str, dict[str, Span | None]] = {}
    for address, origin in _addresses(module):
        head, _, name = address.rpartition(".")
        found.setdefault(head, {})[name] = origin
    return found


def _addresses(module: Module) -> Iterator[tuple[str, Span | None]]:
    for block in module.blocks():
        if block.type == "locals":
            yield from ((f"local.{each.name}", each.origin) for each in block.body if isinstance(each, Attribute))
        elif block.address and block.type != "provider":
            yield block.address, block.origin


def _paired(old: Mapping[str, Span | None], new: Mapping[str, Span | None], known: Vocabulary) -> Iterator[Pair]:
    left, free = dict.fromkeys(old), dict(new)
    possible = {name: _possible(name, new, known, origin) for name, origin in old.items()}
    # Those with only one possibility come first. Then a name that several want goes to the same part of the plan.
    for name in sorted(old, key=lambda each: (len(possible[each]), each)):
        for pair in possible[name]:
            if pair.new in free:
                del free[pair.new], left[name]
                yield pair
                break
    for name in list(left):
        same = [other for other, origin in free.items() if origin is not None and origin == old[name]]
        if len(same) == 1:
            del free[same[0]], left[name]
            yield Pair(name, same[0], None)
    if len(left) == len(free) == 1:
        yield Pair(next(iter(left)), next(iter(free)), None)


def _possible(name: str, new: Mapping[str, Span | None], known: Vocabulary, origin: Span | None) -> list[Pair]:
    found: dict[str, Pair] = {}
    if name in new:  # it has no name of a renamed part, or means something else by it
        return [Pair(name, name, LabelReading((name,)))]
    for each in readings(name, known):
        now = each.written(known, dict.fromkeys(each.parts, -1))
        if now in new:
            found.setdefault(now, Pair(name, now, each))
    return sorted(found.values(), key=lambda pair: new[pair.new] != origin)
