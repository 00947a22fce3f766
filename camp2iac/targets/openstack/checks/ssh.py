"""SSH that is open to the whole world: nothing opens it by itself, and a plan or an environment that does is told."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Topology

_WORLD = ("anywhere", "0.0.0.0/0", "::/0")
_SSH = 22


def check(topology: Topology, settings: OpenStackSettings, context: Context) -> None:
    """CAMP452, for each place that says so."""
    for tier in topology.tiers.values():
        for statement in tier.ports:
            for opened in statement.value:
                inside = opened.protocol == "tcp" and opened.first <= _SSH <= opened.last
                if inside and opened.source in _WORLD and not opened.asked:
                    context.diagnostics.add(
                        Diagnostic(
                            "CAMP452",
                            f"SSH to {tier.id} is open to the whole world",
                            opened.source_span or statement.span,
                            label="from everywhere",
                            help="leave port 22 out, and write into the environment file  ssh_from: 192.0.2.0/24",
                        )
                    )
    if any(source in _WORLD for source in settings.ssh_from):
        context.diagnostics.add(
            Diagnostic(
                "CAMP452",
                f"{settings.file} opens SSH to all machines to the whole world",
                context.environment.span("ssh_from"),
                label="from everywhere",
                help="write the network that you come from, such as  ssh_from: 192.0.2.0/24",
            )
        )
