"""The name of what stands before a tier is another's."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout import proxy_tiers
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

STAGE = Stage.BASIS


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP455."""
    taken = _taken(layout)
    for tier in layout.plan.tiers.values():
        name = proxy_tiers.name(tier.id)
        if tier.balance is None or name not in taken:
            continue
        what, span = taken[name]
        yield Diagnostic(
            "CAMP455",
            f"the {what} {name} has the name of what balances {tier.id}",
            span,
            label="the name is taken",
            related=(Label(tier.balance.span, f"{name} is what this makes"),),
            help=f"give the {what} another name, such as  {tier.id}-front",
        )


def _taken(layout: OpenStackLayout) -> dict[str, tuple[str, Span]]:
    """The names of the plan that would mean two things, to what has them, and where."""
    plan = layout.plan
    taken = {id_: ("network", network.span) for id_, network in plan.networks.items()}
    if layout.settings.balancer == "haproxy":
        taken |= {id_: ("artifact", component.span) for id_, component in plan.components.items()}
        taken |= {id_: ("service", service.span) for id_, service in plan.services.items()}
        taken |= {id_: ("tier", other.span) for id_, other in plan.tiers.items()}
    return taken
