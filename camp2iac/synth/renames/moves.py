"""``moved`` blocks for resources that have another address because a part of the plan was renamed.

Terraform allows one source and one destination for each address, and follows chains. So a resource goes from each
earlier name to the next one as a whole, and then its instances go from each earlier key to the next one. Whether the
resource has ``for_each`` is the last question (:mod:`camp2iac.synth.moves`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from camp2iac.record import Record, replace
from camp2iac.synth.module import Attribute, Block, Ref
from camp2iac.synth.remarks import Remark
from camp2iac.synth.renames.labels import Vocabulary, readings
from camp2iac.synth.renames.pairs import Pair

FILE = "moved.tf"
HEADER = (
    "Terraform renames what has another name in the plan now, in its state only. If it was renamed already, or never",
    "existed, these blocks have no effect.",
)


class Renamed(Record, frozen=True):
    """A resource with other names before. ``old_first``, ``first``: the key of its first instance, before and now.

    ``most``: the largest number of its instances. ``many``: it has ``for_each``.
    """

    pair: Pair
    old_first: str
    first: str
    most: int
    many: bool


class Moves(Record, frozen=True):
    """``blocks``: of ``moved.tf``. ``moves``: each earlier address of a resource to the current one."""

    blocks: tuple[Block, ...]
    moves: Mapping[str, str]
    header: Remark


def moved(
    renamed: Sequence[Renamed],
    known: Vocabulary,
    names: Sequence[str],
    others: Sequence[Block],
    taken: frozenset[str],
) -> Moves:
    """The ``moved`` blocks.

    ``names``: the parts with other names, in words. ``others``: the blocks without renames. ``taken``: the current
    addresses.
    """
    groups: dict[tuple[int, ...], list[Block]] = {}
    moves: dict[str, str] = {}
    starts: dict[str, str] = {}
    for each in renamed:
        # An address has one destination, and what has it now keeps it.
        chain = [form for form in _chain(each, known)[:-1] if form not in moves and form not in taken]
        moves |= dict.fromkeys(chain, each.pair.new)
        parts, blocks = _blocks(each, (*chain, each.pair.new), known)
        groups.setdefault(parts, []).extend(blocks)
        starts[each.pair.new] = next(iter(_key_chain(each, known)), each.old_first)
    found: list[Block] = []
    for parts, blocks in groups.items():
        comment = "; ".join(names[part] for part in parts)
        found += [replace(block, comment="" if number else comment) for number, block in enumerate(blocks)]
    return Moves((*found, *(_first(block, starts) for block in others)), moves, HEADER if found else "")


def _blocks(of: Renamed, chain: Sequence[str], known: Vocabulary) -> tuple[tuple[int, ...], list[Block]]:
    """The parts whose names changed, and the blocks of one resource."""
    steps = [_move(Ref(before), Ref(after)) for before, after in pairwise(chain)]
    address = of.pair.new
    for before, after in pairwise(_key_chain(of, known)):
        steps += [
            _move(_instance(address, before, number), _instance(address, after, number))
            for number in range(1, of.most + 1)
        ]
    parts = of.pair.reading.parts if of.pair.reading else ()
    if not parts and of.first != of.old_first:
        parts = _readings(of.old_first, of.first, known)
    return parts, steps


def _chain(of: Renamed, known: Vocabulary) -> tuple[str, ...]:
    head = of.pair.old.rpartition(".")[0]
    if of.pair.reading is None:
        return (of.pair.old, of.pair.new)
    return tuple(f"{head}.{each}" for each in of.pair.reading.chain(known))


def _key_chain(of: Renamed, known: Vocabulary) -> tuple[str, ...]:
    """The forms of the first key, if it has another one now."""
    if of.first == of.old_first or not of.first or not of.old_first:
        return ()
    for reading in readings(of.old_first, known, "-"):
        chain = reading.chain(known, "-")
        if chain[-1] == of.first:
            return chain
    return (of.old_first, of.first)


def _readings(old: str, new: str, known: Vocabulary) -> tuple[int, ...]:
    found = (each for each in readings(old, known, "-") if each.chain(known, "-")[-1] == new)
    return next((each.parts for each in found), ())


def _instance(address: str, first: str, number: int) -> Ref:
    return Ref(address, f'["{first.removesuffix("1")}{number}"]')


def _move(before: Ref, after: Ref) -> Block:
    return Block("moved", body=(Attribute("from", before), Attribute("to", after)))


def _first(block: Block, starts: Mapping[str, str]) -> Block:
    """The block of a resource that gets ``for_each``, where its keys have other names: it begins with the first one."""
    to = block.get("to")
    if not isinstance(to, Ref) or not to.path or to.address not in starts:
        return block
    start = Ref(to.address, f'["{starts[to.address]}"]')
    return replace(block, body=(Attribute("from", block.get("from")), Attribute("to", start)))
