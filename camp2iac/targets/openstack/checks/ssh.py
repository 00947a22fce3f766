"""SSH that is open to the Internet, or closed."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Fix
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

_WORLD = ("anywhere", "0.0.0.0/0", "::/0")
_SSH = 22
STAGE = Stage.USE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP452: each place that opens SSH to any address. CAMP614: SSH is closed."""
    settings = layout.settings
    for tier in layout.topology.tiers.values():
        for statement in tier.ports:
            for opened in statement.value:
                inside = opened.protocol == "tcp" and opened.first <= _SSH <= opened.last
                if inside and opened.source in _WORLD and not opened.asked:
                    yield Diagnostic(
                        "CAMP452",
                        f"SSH to {tier.id} is open to the Internet",
                        opened.source_span or statement.span,
                        label="from any address",
                        help="remove port 22, and add to the environment file  ssh_from: 192.0.2.0/24",
                    )
    bastion = settings.bastion
    if any(source in _WORLD for source in (bastion.sources if bastion else settings.ssh_from)):
        what = f"the bastion {bastion.tier}" if bastion else "all instances"
        yield Diagnostic(
            "CAMP452",
            f"{settings.file} opens SSH on {what} to the Internet",
            layout.environment.span("ssh_from", "from") if bastion else layout.environment.span("ssh_from"),
            label="from any address",
            help="write the network that you connect from, such as  ssh_from: 192.0.2.0/24",
        )
    if not settings.ssh_from and bastion is None:
        yield Diagnostic(
            "CAMP614",
            f"SSH is closed on all instances: {settings.file or 'the environment file'} has no ssh_from",
            help="add to the environment file  ssh_from: 192.0.2.0/24",
            fixes=(Fix("ssh_from: 192.0.2.0/24", file=layout.environment.file or ""),),
        )
