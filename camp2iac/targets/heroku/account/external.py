"""Outcomes of services that exist elsewhere or have no add-on: their URL is a Terraform variable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.account import builds
from camp2iac.targets.heroku.account.addons import asked
from camp2iac.targets.heroku.layout.configuration import asks, external_url
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology import elsewhere, object_stores
from camp2iac.topology.model import Service, Statement


def outcomes(layout: HerokuLayout) -> Iterator[LedgerEntry]:
    """The outcomes of all external services, then of the data that is loaded into them."""
    for service in layout.attachments.external:
        yield from _there(layout, service) if service.href is not None else _missing(layout, service)
    for service in layout.attachments.external:
        for job in service.jobs:
            yield from builds.by_hand(layout, job, "Dynos have no tool to load it.")


def _there(layout: HerokuLayout, service: Service) -> Iterator[LedgerEntry]:
    name, told = external_url(service), not asks(service)
    if service.href is not None:
        yield kept(service.href, "in config vars" if told else f"variable {name}")
    for name_, attribute in service.attributes.items():
        if told and (name_ in elsewhere.CREDENTIALS or object_stores.is_store(service)):
            yield kept(attribute, "in config vars")
    for chosen in service.chosen_by:
        yield kept(chosen, "the existing service")
    for link in layout.topology.users(service.id):
        yield kept(link.statement, listed(link.variables))
        for option in link.options.values():
            where = "href" if told else name
            yield degraded(option, "as in the URL", f"The URL in {where} decides.", f"Put it into {where}.")


def _missing(layout: HerokuLayout, service: Service) -> Iterator[LedgerEntry]:
    name, title = external_url(service), service.product.title
    why = f"Heroku has no add-on for {title}."
    elsewhere = layout.settings.fix(
        f"addons: {{ {service.id}: SERVICE:PLAN }}",
        "SERVICE:PLAN",
        f"if an add-on provides it; otherwise run {title} elsewhere and set its URL: -var '{name}=...'",
        "addons",
        service.id,
    )
    compute, volumes = asked(layout, service)
    statements: list[Statement[Any]] = [
        *service.chosen_by,
        *service.attributes.values(),
        *([service.version] if service.version is not None else []),
        *([compute] if compute is not None else []),
        *volumes,
    ]
    for statement in statements:
        yield lost(statement, why, elsewhere)
    users = f"{why} Components that connect to it get the URL in {name}."
    for link in layout.topology.users(service.id):
        yield degraded(link.statement, f"{listed(link.variables)}, from -var", users, elsewhere)
        for option in link.options.values():
            yield degraded(option, "as in the URL", users, elsewhere)
