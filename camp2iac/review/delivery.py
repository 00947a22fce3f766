"""An output on its way to its folder: compared with the one before, refused where data would be lost, written."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from camp2iac.record import field
from camp2iac.review.baseline import UnreadableError, baseline
from camp2iac.review.change import Change, Effect, change
from camp2iac.synth.folder import Output, WriteReport, unreadable_source_map, write
from camp2iac.topology.model import Topology


class Written(WriteReport, frozen=True):
    """What was done to an output folder, or would be by a check; and what applying it does after the one before.

    ``written``, ``unchanged``, ``removed``: paths in the folder, sorted. ``refused``: why nothing was written.
    ``change``: what Terraform destroys and replaces. ``lost``: what of that loses data and was not permitted.
    ``comparable``: False where there is an output before, and its source map cannot be understood.
    """

    change: Change = field(default_factory=Change)
    lost: tuple[Effect, ...] = ()
    comparable: bool = True

    @property
    def ok(self) -> bool:
        """Whether nothing stood against it."""
        return not self.refused


def deliver(
    output: Output,
    folder: Path,
    topology: Topology,
    *,
    check: bool = False,
    force: bool = False,
    lose: Collection[str] = (),
) -> Written:
    """Write an output, compiled from ``topology``, unless that is refused; all of it, or nothing.

    ``check``: only tell what would be done. ``force``: overwrite generated files that were changed by hand. ``lose``:
    parts of the plan, by their ids, whose data may be lost.
    """
    comparable, found = True, Change()
    try:
        found = change(baseline(folder), output.source_map, topology)
    except UnreadableError as problem:
        if not check and not force:
            return Written(refused=(unreadable_source_map(folder, problem.name),), comparable=False)
        comparable = False
    if not check and (refused := found.refusals(lose, topology)):
        return Written(refused=refused, change=found, lost=found.refused(lose))
    report = write(output, folder, check=check, force=force)
    paths = (report.written, report.unchanged, report.removed)
    return Written(*paths, report.refused, report.diff, found, comparable=comparable)
