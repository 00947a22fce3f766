"""CAMP446: services whose add-on no app can own."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology.model import Service, Topology

_OWNED = ("an add-on belongs to an app, and each app is a component of the plan",)


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check services that no deployed component connects to."""
    for service in layout.attachments.idle:
        if not offers.unsupported(service.product):
            yield _idle(service, layout.topology)


def _idle(service: Service, topology: Topology) -> Diagnostic:
    if gone := sorted({link.component for link in topology.users(service.id)}):
        return Diagnostic(
            "CAMP446",
            f"no app can own {service.id}: only {listed(gone)} uses it, which is not deployed",
            service.span,
            label="no deployed component connects to this",
            notes=_OWNED,
            help=f"name a buildpack for {gone[0]} in the environment file, or remove {service.id}",
        )
    component = next(iter(topology.components.values()), None)
    types = [type_ for type_ in service.product.requirements if type_.endswith("ConnectTo")]
    return Diagnostic(
        "CAMP446",
        f"no app can own {service.id}: no component connects to it",
        service.span,
        label="not deployed on Heroku",
        notes=_OWNED,
        help=f"connect {component.name if component else 'a component'} to it:\n"
        f"  - requirement_type: {types[0] if types else 'ConnectTo'}\n    fulfillment: id:{service.id}",
    )
