"""CAMP366: companions of two environments that keep their data in the same place, such as backups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.catalogue.companion import AskedCompanion
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.record import Record
from camp2iac.targets.base import Environment
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology


class KeptElsewhere(Record, frozen=True):
    """Where a companion of an environment keeps data. ``place``: the values of its settings, and the folder last."""

    environment: Environment
    asked: AskedCompanion
    place: tuple[str, ...]


def of(environment: Environment, topology: Topology) -> tuple[KeptElsewhere, ...]:
    """Where the companions of an environment keep data that outlive its instances."""
    app = slug(str(environment.get("application") or topology.name))
    found = []
    for asked in environment.companions:
        store = asked.companion.store
        if store is not None:
            values = [str(asked.settings[name] or "").rstrip("/") for name in store.at]
            place = (asked.companion.name, *values, str(asked.settings[store.folder] or app))
            found.append(KeptElsewhere(environment, asked, place))
    return tuple(found)


def shared(stores: Sequence[KeptElsewhere], earlier: Sequence[KeptElsewhere]) -> Iterator[Diagnostic]:
    """CAMP366 for each of ``stores`` that has the same place as one of an earlier environment."""
    for each in stores:
        other = next((one for one in earlier if one.place == each.place), None)
        if other is not None:
            yield _same(each, other)


def _same(each: KeptElsewhere, other: KeptElsewhere) -> Diagnostic:
    name, store = each.asked.companion.name, each.asked.companion.store
    folder = store.folder if store is not None else ""
    here, there = each.environment, other.environment
    span = here.span(name, folder) or here.key_span(name)
    theirs = there.span(name, folder) or there.key_span(name)
    return Diagnostic(
        "CAMP366",
        f"{name} of {there.name} and of {here.name} has the same place: the folder {each.place[-1]}",
        span,
        label=f"the same place as in {there.name}",
        related=(Label(theirs, f"the place of {there.name}"),) if theirs is not None else (),
        notes=("they have the same repositories: each removes old data of the other, and can restore them instead",),
        help=f"give {here.name} a folder of its own: write in {name} of {here.shown}  {folder}: {_free(each, other)}",
    )


def _free(each: KeptElsewhere, other: KeptElsewhere) -> str:
    """A folder that the other environment does not have."""
    name = f"{each.place[-1]}-{slug(each.environment.name)}"
    return name if name != other.place[-1] else f"{name}-2"
