"""The volumes that stay, but with whose data the new server does not start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.review import abandoned
from camp2iac.review.difference.effects import data
from camp2iac.review.difference.model import AbandonedData, Action, ResourceChange
from camp2iac.synth.sourcemap import Standing
from camp2iac.topology.model import Topology


def abandoned_data(
    before: Standing,
    after: Standing,
    stays: Mapping[str, str],
    changes: Iterable[ResourceChange],
    topology: Topology | None,
) -> Iterator[AbandonedData]:
    """The volumes with these data, by address.

    ``stays``: address to the address in the new output. ``topology``: of the new plan, if it is known.
    """
    replaced = {each.address.partition("[")[0] for each in changes if each.action is Action.REPLACE}
    for address, old in sorted(before.resources.items()):
        now = after.resources.get(stays.get(address, ""))
        if now is None or not old.outlives:
            continue
        why = abandoned.of_product(old, now) or abandoned.of_release(old, now, topology)
        if not why and address not in replaced:
            why = abandoned.of_database(old, now)
        if why:
            yield AbandonedData(now.node, now.words, data(old), why)
