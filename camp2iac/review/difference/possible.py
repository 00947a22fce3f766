"""Parts of the plan that are perhaps only renamed: one is gone, and one of the same kind is new.

Without ``org.camp2iac:previously``, Terraform destroys the one and creates the other. If several could be meant, none
is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.record import Record
from camp2iac.synth.sourcemap import Standing
from camp2iac.topology.ids import slug
from camp2iac.topology.renames.model import Rename

_COMPONENT = "component "  # of an anchor


class PossibleRename(Record, frozen=True):
    """``previously``: the part that is gone. ``name``: the new one that it perhaps is."""

    name: str
    previously: str

    @property
    def advice(self) -> str:
        """What to write, a sentence without a full stop."""
        was, name = self.previously, self.name
        return f"if {name} is the renamed {was}, write  org.camp2iac:previously: [{was}]  in {name}"


def possible(before: Standing, after: Standing, renames: Iterable[Rename]) -> tuple[PossibleRename, ...]:
    """The pairs, sorted. ``renames``: those that the plan says itself. Another platform has other resources."""
    if before.target != after.target:
        return ()
    said = {slug(name) for each in renames for name in (each.name, *(old.value for old in each.previously))}
    names = _pairs(_nodes(before, said), _nodes(after, said))
    known = {slug(each) for pair in names for each in pair} | said
    parts = _pairs(_components(before, known), _components(after, known))
    return tuple(PossibleRename(name, was) for was, name in sorted({*names, *parts}))


def _pairs(before: Mapping[str, object], after: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """The only one of a kind that is gone, and the only one of the kind that is new."""
    gone, new = _by_kind(before, after), _by_kind(after, before)
    return [
        (old[0], new[kind][0]) for kind, old in gone.items() if len(old) == 1 and kind in new and len(new[kind]) == 1
    ]


def _by_kind(names: Mapping[str, object], without: Mapping[str, object]) -> Mapping[object, list[str]]:
    found: dict[object, list[str]] = {}
    for name, kind in names.items():
        if name not in without:
            found.setdefault(kind, []).append(name)
    return found


def _nodes(standing: Standing, without: set[str]) -> Mapping[str, object]:
    """The parts with resources that people know, and what these are."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for address, each in standing.resources.items():
        if each.part != "environment" and slug(each.node) not in without:
            what = (each.part, address.partition(".")[0], each.words, each.product, each.instances, each.size)
            found.setdefault(each.node, []).append(what)
    return {node: tuple(sorted(whats, key=repr)) for node, whats in found.items()}


def _components(standing: Standing, without: set[str]) -> Mapping[str, object]:
    """The artifacts of the plan. An output does not say what they are."""
    return {name: "" for name in _named(standing) if slug(name) not in without}


def _named(standing: Standing) -> Iterator[str]:
    for anchor in standing.anchors:
        name = anchor.partition("#")[2]
        if name.startswith(_COMPONENT):
            yield name.removeprefix(_COMPONENT)
