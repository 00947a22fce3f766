"""The volumes that stay, but with whose data the new server does not start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.review import abandoned
from camp2iac.review.difference.effects import data
from camp2iac.review.difference.model import AbandonedData
from camp2iac.synth.sourcemap import Standing
from camp2iac.topology.model import Topology


def abandoned_data(
    before: Standing, after: Standing, stays: Mapping[str, str], topology: Topology | None
) -> Iterator[AbandonedData]:
    """The volumes with these data, by address.

    ``stays``: address to the address in the new output. ``topology``: of the new plan, if it is known.
    """
    for address, old in sorted(before.resources.items()):
        now = after.resources.get(stays.get(address, ""))
        if now is None or not old.outlives:
            continue
        if why := abandoned.of_product(old, now) or abandoned.of_release(old, now, topology):
            yield AbandonedData(now.node, now.words, data(old), why)
