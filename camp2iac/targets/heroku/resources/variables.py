"""Variables of the plan's parameters and secrets, and of services that come from elsewhere."""

from __future__ import annotations

from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.configuration import external_url
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.topology.model import Service


def add(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """Variables for parameters and for secrets that are asked for; ``random_password`` for the others."""
    for parameter in layout.topology.parameters.values():
        made.parameter(parameter, names.variable(parameter.id))
    for secret in layout.topology.secrets.values():
        made.secret(secret, names.variable(secret.id))


def add_external(made: ModuleBuilder, service: Service) -> None:
    """The variable that holds the URL of a service that is not made here."""
    made.variable(
        external_url(service),
        f"URL of {service.id} ({service.product.title}), with user and password where it has them. "
        + ("It exists already." if service.href is not None else "Heroku has no such add-on."),
        "string",
        None,
        comment=made.plan(service.id),
        origin=service.href.span if service.href else service.span,
        sensitive=True,
    )
