"""Names of the plan that a tier's load balancer needs."""

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
            f"the {what} {name} has the name of the load balancer of {tier.id}",
            span,
            label="this name is reserved",
            related=(Label(tier.balance.span, f"reserves {name}"),),
            help=f"rename the {what}, for example to  {tier.id}-front",
        )


def _taken(layout: OpenStackLayout) -> dict[str, tuple[str, Span]]:
    """The names of the plan that would be ambiguous, each with its kind and place."""
    plan = layout.plan
    taken = {id_: ("network", network.span) for id_, network in plan.networks.items()}
    if layout.settings.balancer == "haproxy":
        taken |= {id_: ("artifact", component.span) for id_, component in plan.components.items()}
        taken |= {id_: ("service", service.span) for id_, service in plan.services.items()}
        taken |= {id_: ("tier", other.span) for id_, other in plan.tiers.items()}
    return taken
