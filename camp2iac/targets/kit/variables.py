"""Terraform variables. Those of the plan's parameters and secrets are the same on all platforms."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Expr, Value, body, call, expr, ref
from camp2iac.synth.remarks import Remark
from camp2iac.targets.base import Environment
from camp2iac.topology.model import Parameter, Secret

_FIXED = "The output contains the value of {}. To change it, change the environment file and run camp2iac synth."

_TYPES = {"string": "string", "number": "number", "boolean": "bool"}


def variable(
    name: str,
    description: str,
    type_: str,
    default: Value | None,
    *validations: Block,
    comment: Remark = "",
    origin: Span | None = None,
    sensitive: bool = False,
) -> Block:
    """A variable that is never null. Without a default (None), the operator sets it."""
    arguments = body(
        *validations,
        description=description,
        type=expr(type_),
        default=default,
        sensitive=True if sensitive else None,
        nullable=False,
    )
    return Block("variable", (name,), arguments, comment, origin)


def validation(condition: Value | Expr, message: str, comment: Remark = "") -> Block:
    """A validation of a variable's value."""
    return Block("validation", (), (Attribute("condition", condition), Attribute("error_message", message)), comment)


def whole(name: str, least: int, most: int) -> Expr:
    """The condition that a variable is a whole number from ``least`` to ``most``."""
    this = ref(f"var.{name}")
    return expr(this, f" >= {least} && ", this, f" <= {most} && floor(", this, ") == ", this)


def of_parameter(parameter: Parameter, name: str, file: str, environment: Environment, *validations: Block) -> Block:
    """The variable of a parameter. ``file``: the plan's name in comments. ``validations``: the target's own."""
    this, checks = ref(f"var.{name}"), []
    if parameter.allowed:
        allowed = tuple(str(value) if parameter.type == "string" else value for value in parameter.allowed)
        words = ", ".join(map(str, allowed))
        checks.append(validation(call("contains", allowed, this), f"Allowed values of {parameter.id}: {words}."))
    if parameter.pattern:
        condition = call("can", call("regex", parameter.pattern, this))
        checks.append(validation(condition, f"{parameter.id} must match {parameter.pattern}"))
    if parameter.fixed:
        checks.append(validation(call("contains", (parameter.default,), this), _FIXED.format(parameter.id)))
    return variable(
        name,
        _sentence(parameter.description) or f"The plan's parameter {parameter.id}.",
        _TYPES[parameter.type],
        parameter.default,
        *checks,
        *validations,
        comment=f"{file}: parameter {parameter.id}{_by(environment, parameter)}",
        origin=parameter.span,
        sensitive=parameter.confidential,
    )


def of_secret(secret: Secret, name: str, file: str) -> Block:
    """The variable of a secret that the operator sets."""
    return variable(
        name,
        _sentence(secret.description) or f"The plan's secret {secret.id}.",
        "string",
        None,
        comment=f"{file}: secret {secret.id}",
        origin=secret.span,
        sensitive=True,
    )


def _by(environment: Environment, parameter: Parameter) -> str:
    """The source of a parameter's default, for a comment. Empty: the plan."""
    if parameter.id in environment.overrides:
        return "; default from --set"
    if parameter.id in environment.encrypted:
        return f"; its value is encrypted in {environment.file}"
    given = environment.get("parameters", parameter.id)
    return f"; default from {environment.file}" if given is not None and environment.file else ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."
