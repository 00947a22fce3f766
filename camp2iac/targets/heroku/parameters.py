"""The plan's parameters and secrets, and the variables of services that come from elsewhere."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets import variables
from camp2iac.targets.heroku import names
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.topology.model import Parameter, Secret, Service


def lower(low: Lowering) -> None:
    """Variables for parameters and for secrets that are asked for; ``random_password`` for the others."""
    environment = low.context.environment
    for parameter in low.topology.parameters.values():
        name = names.variable(parameter.id)
        low.module.add("variables.tf", variables.of_parameter(parameter, name, low.topology.file, environment))
        low.ledger.keep(parameter.said, f"variable {name}")
    for secret in low.topology.secrets.values():
        _secret(low, secret)


def _secret(low: Lowering, secret: Secret) -> None:
    name = names.variable(secret.id)
    if secret.length is None:
        low.module.add("variables.tf", variables.of_secret(secret, name, low.topology.file))
        low.ledger.keep(secret.said, f"variable {name}, sensitive")
        return
    low.resource(
        "secrets.tf", "random_password", name,
        comment=f"{low.plan(f'secret {secret.id}')}. {secret.description}", origin=secret.span,
        length=secret.length, special=False,
    )  # fmt: skip
    low.ledger.keep(secret.said, "generated, in the state")


def external(low: Lowering, service: Service) -> None:
    """The variable that holds the URL of a service that is not made here."""
    name = external_name(service)
    low.variable(
        name,
        f"URL of {service.id} ({service.product.title}), with user and password where it has them. "
        + ("It exists already." if service.href is not None else "Heroku has no such add-on."),
        "string",
        None,
        comment=low.plan(service.id),
        origin=service.href.span if service.href else service.span,
        sensitive=True,
    )


def external_name(service: Service) -> str:
    """The name of that variable."""
    return names.identifier(service.id, "url")


def check_names(low: Lowering) -> None:
    """CAMP447: a parameter or secret has the name of a variable that is made for something else."""
    made: dict[str, str] = {}
    for component in low.topology.components.values():
        for suffix, what in (
            ("app_name", "the name of the app"), ("count", "the number of dynos"), ("dyno_size", "the size of dynos"),
        ):  # fmt: skip
            made[names.identifier(component.id, suffix)] = f"{what} of {component.id}"
    for service in low.wiring.external:
        made[external_name(service)] = f"the URL of {service.id}"
    said: dict[str, Label] = {}
    items: list[Parameter | Secret] = [*low.topology.parameters.values(), *low.topology.secrets.values()]
    for item in items:
        name = names.variable(item.id)
        if name in made or name in said:
            low.diagnostics.add(
                Diagnostic(
                    "CAMP447",
                    f"{item.id} is also the name of the variable for {made.get(name, 'another one of the plan')}",
                    item.span,
                    label="this name is taken",
                    related=(said[name],) if name in said else (),
                    help=f"choose another name, such as  {item.id}_value",
                )
            )
        said.setdefault(name, Label(item.span, "the other one"))
