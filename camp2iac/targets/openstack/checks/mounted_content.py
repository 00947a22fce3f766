"""Volumes that are mounted in the folders with the content of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.checks.mounts import elsewhere, hidden, mount, taken
from camp2iac.topology.model import Statement, Volume

STAGE = Stage.BESIDE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP325, for the application's name on instances, and for releases, which replace the folder of the content."""
    known = f"/opt/{names.application(layout.plan)}"
    ours = f"/opt/{layout.app_on_instances}"
    for tier in layout.plan.tiers.values():
        changing = tier.id in layout.groups and layout.groups[tier.id].settings.change == "rerun"
        for statement in tier.volumes:
            path = mount(statement.value)
            if taken(path, known):
                continue
            if whose := taken(path, ours):
                yield hidden(statement, whose)
            elif changing and f"{path}/".startswith(f"{ours}/"):
                yield _in_a_release(statement)


def _in_a_release(statement: Statement[Volume]) -> Diagnostic:
    path = mount(statement.value)
    return Diagnostic(
        "CAMP325",
        f"the volume {statement.value.name} of {statement.subject.name} is mounted in content that releases replace",
        statement.span,
        label=f"this is mounted on {path}",
        notes=("each release has a folder of its own, and camp2iac deletes those of old releases",),
        help=f"mount it elsewhere, for example  mount: {elsewhere(statement)}",
    )
