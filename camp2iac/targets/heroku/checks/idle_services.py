"""CAMP446: services that no app can own."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.heroku.layout import offers
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology.model import Service, Topology

_OWNED = ("an add-on belongs to an app, and an app is a component of the plan",)


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Services that nothing connects to, or nothing that is deployed."""
    for service in layout.attachments.idle:
        if not offers.no_place(service.product.name):
            yield _idle(service, layout.topology)


def _idle(service: Service, topology: Topology) -> Diagnostic:
    if gone := sorted({link.component for link in topology.users(service.id)}):
        return Diagnostic(
            "CAMP446",
            f"only {listed(gone)} would use {service.id}, and Heroku leaves that out: no app could own it",
            service.span,
            label="nothing that is deployed connects to it",
            notes=_OWNED,
            help=f"name a buildpack for {gone[0]} in the environment file, or leave {service.id} out",
        )
    component = next(iter(topology.components.values()), None)
    types = [type_ for type_ in service.product.requirements if type_.endswith("ConnectTo")]
    return Diagnostic(
        "CAMP446",
        f"nothing connects to {service.id}, so there is no app that could own it",
        service.span,
        label="left out on Heroku",
        notes=_OWNED,
        help=f"connect {component.name if component else 'a component'} to it:\n"
        f"  - requirement_type: {types[0] if types else 'ConnectTo'}\n    fulfillment: id:{service.id}",
    )
