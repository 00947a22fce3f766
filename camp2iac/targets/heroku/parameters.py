"""The plan's parameters and secrets, and the variables of services that come from elsewhere."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Label, Span
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
        low.ledger.keep(parameter.statement, f"variable {name}")
    for secret in low.topology.secrets.values():
        _secret(low, secret)


def _secret(low: Lowering, secret: Secret) -> None:
    name = names.variable(secret.id)
    if secret.length is None:
        if name not in low.given:
            low.module.add("variables.tf", variables.of_secret(secret, name, low.topology.file))
        low.ledger.keep(secret.statement, f"variable {name}, sensitive")
        return
    low.resource(
        "secrets.tf",
        "random_password",
        name,
        comment=f"{low.plan(f'secret {secret.id}')}. {secret.description}",
        origin=secret.span,
        length=secret.length,
        special=False,
    )
    low.ledger.keep(secret.statement, "generated, in the state")


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
    """CAMP447: two of the plan, the environment and what is made here want a variable of one name.

    What the environment asks for and the plan asks for as a secret is the same variable.
    """
    made = {block.labels[0] for block in low.module.files.get("variables.tf", ())} - low.given.keys()
    taken: dict[str, Label] = {}
    items: list[Parameter | Secret] = [*low.topology.parameters.values(), *low.topology.secrets.values()]
    for item in items:
        name = names.variable(item.id)
        if isinstance(item, Secret) and item.length is not None:
            if name in taken:
                _taken(low, item.id, item.span, taken[name])
            continue
        if name in made or name in taken:
            _taken(low, item.id, item.span, taken.get(name))
        taken.setdefault(name, Label(item.span, "the other one"))
    shared = {names.variable(secret.id) for secret in low.topology.secrets.values() if secret.length is None}
    for name, (_, span) in low.given.items():
        if name in made or (name in taken and name not in shared):
            _taken(low, name, span, taken.get(name))


def _taken(low: Lowering, name: str, span: Span | None, other: Label | None) -> None:
    low.diagnostics.add(
        Diagnostic(
            "CAMP447",
            f"{name} is also the name of another variable",
            span,
            label="this name is taken",
            related=(other,) if other else (),
            help=f"choose another name, such as  {name}_value",
        )
    )
