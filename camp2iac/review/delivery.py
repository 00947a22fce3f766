"""Write an output to its folder, after comparing it with the previous one and refusing to destroy data."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from camp2iac.record import field
from camp2iac.review.baseline import UnreadableError, baseline, earlier
from camp2iac.review.change import Change, Effect, change
from camp2iac.synth.folder import Output, WriteReport, unreadable_source_map, write
from camp2iac.topology.model import Topology


class Written(WriteReport, frozen=True):
    """The result of writing an output, or of a check, and the effects of applying it.

    ``written``, ``unchanged``, ``removed``: sorted paths in the folder. ``refused``: why nothing was written.
    ``change``: what Terraform destroys and replaces. ``lost``: the effects that destroy data without permission.
    ``comparable``: False if there is a previous output whose source map cannot be parsed.
    """

    change: Change = field(default_factory=Change)
    lost: tuple[Effect, ...] = ()
    comparable: bool = True

    @property
    def ok(self) -> bool:
        """Whether it was not refused."""
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
    """Write an output, compiled from ``topology``, unless that is refused. Writes all files or none.

    ``check``: only report what would change. ``force``: overwrite generated files that were changed by hand. ``lose``:
    ids of parts of the plan whose data may be destroyed.
    """
    comparable, found = True, Change()
    try:
        found = change(baseline(folder), output.source_map, topology)
    except UnreadableError as problem:
        if not check and not force:
            return Written(refused=(unreadable_source_map(folder, problem.name),), comparable=False)
        comparable = False
    if not check and (refused := found.refusals(lose, topology, earlier(folder, output.source_map.plan))):
        return Written(refused=refused, change=found, lost=found.refused(lose))
    report = write(output, folder, check=check, force=force)
    paths = (report.written, report.unchanged, report.removed)
    return Written(*paths, report.refused, report.diff, found, comparable=comparable)
