"""Outcomes of what is not deployed: components without a buildpack, services without an owner, load balancers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.diagnostics import Fix
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.account import exposures
from camp2iac.targets.heroku.account.addons import asked
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Component, Service, Statement


def unbuildable(layout: HerokuLayout, component: Component) -> Iterator[LedgerEntry]:
    """The outcomes of a component whose runtime has no buildpack."""
    service = layout.given.host(component)
    why = f"Heroku has no buildpack for {service.product.title}."
    help_: str | Fix = layout.settings.fix(
        f"buildpacks: {{ {component.id}: [URL] }}",
        "[URL]",
        "if you have one; then write the Procfile yourself",
        "buildpacks",
        component.id,
    )
    if reason := layout.given.unsupported(component):
        why, help_ = reason.why, reason.remedy
    statements: list[Statement[Any]] = [
        component.statement,
        *component.options.values(),
        *(each for one in component.processes for each in (one.statement, one.tier, one.scale, one.compute) if each),
        *(schedule.statement for schedule in component.schedules),
        *([component.build.statement] if component.build else []),
        *(packages.statement for packages in component.packages),
        *(variable.statement for variable in component.variables),
        *(link.statement for link in component.links),
        *(job.statement for job in service.jobs),
    ]
    for exposure in component.exposures:
        statements += exposures.statements(exposure)
    if component.silent is not None:
        yield kept(component.silent, "not deployed")
    for statement in (*statements, *_product(service)):
        yield lost(statement, why, help_)


def idle(layout: HerokuLayout, service: Service) -> Iterator[LedgerEntry]:
    """The outcomes of a service whose add-on no app can own."""
    why = "No component connects to it, and an add-on belongs to an app."
    help_ = "Connect a component to it (ConnectTo)."
    if reason := offers.unsupported(service.product):
        why, help_ = reason.why, reason.remedy
    compute, volumes = asked(layout, service)
    statements: list[Statement[Any]] = [
        *_product(service),
        *(job.statement for job in service.jobs),
        *volumes,
        *([compute] if compute is not None else []),
    ]
    for statement in statements:
        yield lost(statement, why, help_)


def placed(layout: HerokuLayout, service: Service) -> Iterator[LedgerEntry]:
    """The outcomes of services that share instances, and of products that are load balancers."""
    if service.placed is not None:
        yield degraded(
            service.placed,
            "separate apps",
            "Each component has its own app and each service is an add-on: they do not share instances.",
            "None needed, unless they use the same disk.",
        )
    if service.product.role != "balancer":
        return
    why = f"Heroku's router is in front of every app. {service.product.title} cannot replace it."
    for statement in _product(service):
        yield lost(statement, why, "Use Balance for session affinity. The router does the rest.")
    own = layout.topology.tiers[service.tier]
    if own.compute is not None and len(own.services) == 1:
        yield lost(own.compute, why, "None needed.")


def _product(service: Service) -> list[Statement[Any]]:
    """The statements that select the product, its version and its attributes."""
    version = [service.version] if service.version is not None else []
    return [*service.chosen_by, *version, *service.attributes.values()]
