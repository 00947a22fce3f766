"""Variables for the plan's parameters and secrets, and for external services."""

from __future__ import annotations

from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.configuration import external_url
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.topology.model import Service


def add(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """Add variables for parameters and given secrets, and ``random_password`` for generated secrets."""
    for parameter in layout.topology.parameters.values():
        made.parameter(parameter, names.variable(parameter.id))
    for secret in layout.topology.secrets.values():
        made.secret(secret, names.variable(secret.id))


def add_external(made: ModuleBuilder, service: Service) -> None:
    """Add the variable for the URL of an external service."""
    made.variable(
        external_url(service),
        f"URL of {service.id} ({service.product.title}), with user and password if it needs them. "
        + ("The service already exists." if service.href is not None else "Heroku has no add-on for it."),
        "string",
        None,
        comment=made.plan(service.id),
        origin=service.href.span if service.href else service.span,
        sensitive=True,
    )
