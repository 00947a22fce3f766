"""What a platform keeps, degrades and loses, declared as data: one :class:`Place` per kind of statement.

A target declares ``PLACES`` in the module of its class, or in the module ``places`` beside it.
``camp2iac targets --losses`` shows it without a plan.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from camp2iac.record import Record
from camp2iac.targets.base import Outcome, Target
from camp2iac.topology.statement_kinds import ALL

KINDS: Mapping[str, str] = {
    kind.name: kind.title
    for number, kind in enumerate(ALL)
    if kind.taken_by != "readme" and kind.title not in [other.title for other in ALL[:number]]
}
"""The kinds of statements that a target declares, with their titles, in the order of the output.

Labels are not included, because the README keeps them. Kinds with the same title share the row of the first one.
"""


class Place(Record, frozen=True):
    """What a platform does with one kind of statement.

    ``kind``: a key of :data:`KINDS`. ``outcomes``: all possible outcomes, the usual one first. ``reason``: one sentence
    on what is not kept; empty if everything is kept.
    """

    kind: str
    outcomes: tuple[Outcome, ...]
    reason: str = ""


def places(target: Target) -> tuple[Place, ...] | None:
    """What a target declares, in the order of :data:`KINDS`. None if it declares nothing."""
    module = sys.modules[type(target).__module__]
    declared = getattr(module, "PLACES", None)
    beside = f"{module.__package__}.places"
    if declared is None and module.__package__ and find_spec(beside) is not None:
        declared = import_module(beside).PLACES
    if declared is None:
        return None
    order = list(KINDS)
    return tuple(sorted(declared, key=lambda place: order.index(place.kind)))
