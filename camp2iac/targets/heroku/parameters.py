"""The plan's parameters and secrets, and the variables of services that come from elsewhere."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.synth.module import Attribute, Block, Expr, Value, body, call, expr, ref
from camp2iac.targets.heroku import names
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.topology.model import Parameter, Secret, Service

_TYPES = {"string": "string", "number": "number", "boolean": "bool"}


def variable(
    low: Lowering, name: str, description: str, type_: str, default: Value | None, *, comment: str, origin: Span | None,
    sensitive: bool = False, validations: tuple[Block, ...] = (),
) -> None:  # fmt: skip
    """Adds a variable; one with a default is never null."""
    low.module.add(
        "variables.tf",
        Block(
            "variable",
            (name,),
            body(
                description=description,
                type=expr(type_),
                default=default,
                sensitive=True if sensitive else None,
                nullable=False,
            )
            + validations,
            comment,
            origin,
        ),
    )


def lower(low: Lowering) -> None:
    """Variables for parameters and for secrets that are asked for; ``random_password`` for the others."""
    for parameter in low.topology.parameters.values():
        _parameter(low, parameter)
    for secret in low.topology.secrets.values():
        _secret(low, secret)


def _parameter(low: Lowering, parameter: Parameter) -> None:
    name = names.variable(parameter.id)
    who = low.settings.decides(parameter.id)
    variable(
        low,
        name,
        parameter.description or f"The plan's parameter {parameter.id}.",
        _TYPES[parameter.type],
        parameter.default,
        comment=low.plan(f"parameter {parameter.id}") + (f"; {who}" if who else ""),
        origin=parameter.span,
        validations=tuple(_validations(parameter, name)),
    )
    low.ledger.keep(parameter.said, f"variable {name}")


def _validations(parameter: Parameter, name: str) -> list[Block]:
    found = []
    if parameter.allowed:
        allowed = tuple(str(value) if parameter.type == "string" else value for value in parameter.allowed)
        message = f"{parameter.id} is one of: {', '.join(str(value) for value in allowed)}."
        found.append(validation(expr(call("contains", allowed, ref(f"var.{name}"))), message))
    if parameter.pattern is not None:
        condition = expr("can(", call("regex", parameter.pattern, ref(f"var.{name}")), ")")
        found.append(validation(condition, f"{parameter.id} has another form: {parameter.pattern}."))
    return found


def validation(condition: Expr, message: str, comment: str = "") -> Block:
    """A validation block."""
    return Block("validation", (), (Attribute("condition", condition), Attribute("error_message", message)), comment)


def _secret(low: Lowering, secret: Secret) -> None:
    name = names.variable(secret.id)
    comment = low.plan(f"secret {secret.id}")
    if secret.length is None:
        variable(
            low, name, secret.description or f"The plan's secret {secret.id}.", "string", None,
            comment=comment, origin=secret.span, sensitive=True,
        )  # fmt: skip
        low.ledger.keep(secret.said, f"variable {name}, sensitive")
        return
    low.resource(
        "secrets.tf", "random_password", name, comment=comment, origin=secret.span, length=secret.length, special=False
    )
    low.ledger.keep(secret.said, "generated, in the state")


def external(low: Lowering, service: Service) -> None:
    """The variable that holds the URL of a service that is not made here."""
    name = external_name(service)
    variable(
        low,
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
