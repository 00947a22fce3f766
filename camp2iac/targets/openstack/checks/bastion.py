"""A bastion that operators cannot reach, or that cannot reach every tier."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout import bastions
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP638: it has no floating IP. CAMP639: tiers in other regions."""
    given = layout.settings.bastion
    bastion = bastions.find(layout, given)
    if given is None or bastion is None:
        return
    group = bastion.group
    if not bastions.reachable(given, group, public=layout.public(group)):
        yield Diagnostic(
            "CAMP638",
            f"operators cannot reach the tier {group.id}, which is the bastion: its instances have no floating IP",
            layout.environment.span("ssh_from", "tier"),
            label="only reachable inside its network",
            context=tuple(filter(None, (layout.environment.span("ssh_from"),))),
            help=f"give it one in the plan, in the characteristics of a service on {group.id}:\n"
            "- characteristic_type: org.camp2iac:Placement\n  floating: true\n"
            "or connect through a VPN, and write its private network in  from",
        )
    if bastion.closed:
        names = [each.id for each in bastion.closed]
        yield Diagnostic(
            "CAMP639",
            f"the tier {group.id}, which is the bastion, cannot reach {listed(names)} over SSH: another region",
            layout.environment.span("ssh_from", "tier"),
            label="reaches only the tiers of its own region",
            help="to open SSH there, use Ports in the plan:\n"
            "- characteristic_type: org.camp2iac:Ports\n  tcp: 22\n  from: 192.0.2.0/24",
        )
