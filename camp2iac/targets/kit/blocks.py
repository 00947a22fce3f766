"""Blocks that all targets need, as values. :class:`~camp2iac.targets.kit.ModuleBuilder` adds them to a module."""

from __future__ import annotations

from typing import TypeAlias

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Value, body, expr, template
from camp2iac.synth.remarks import Remark
from camp2iac.topology.model import Secret

Item: TypeAlias = Attribute | Block | None


def resource(
    type_: str,
    name: str,
    /,
    *items: Item,
    comment: Remark = "",
    origin: Span | None = None,
    **arguments: Value | Attribute,
) -> Block:
    """A resource. ``items`` follow the arguments. Arguments with the value None are left out."""
    return Block("resource", (type_, name), body(*items, **arguments), comment, origin)


def data(
    type_: str,
    name: str,
    /,
    *items: Item,
    comment: Remark = "",
    origin: Span | None = None,
    **arguments: Value | Attribute,
) -> Block:
    """A data source, with the arguments of :func:`resource`."""
    return Block("data", (type_, name), body(*items, **arguments), comment, origin)


def numbered(name: str, count: Value) -> Value:
    """The map for ``for_each`` of numbered instances: ``{ "web-1" = 1, "web-2" = 2 }``.

    It has this form because :mod:`camp2iac.synth.instances` knows it, and so which instances a change affects.
    """
    last: list[str | Value] = [count, " + 1"] if not isinstance(count, int) else [count + 1]
    return expr("{ for n in range(1, ", *last, ") : ", template(f"{name}-", expr("n")), " => n }")


def output(
    name: str,
    description: str,
    value: Value,
    comment: Remark = "",
    origin: Span | None = None,
    *,
    sensitive: bool = False,
) -> Block:
    """An output."""
    arguments = body(description=description, value=value, sensitive=True if sensitive else None)
    return Block("output", (name,), arguments, comment, origin)


def check(name: str, condition: Value, message: Value, comment: Remark = "") -> Block:
    """A check. Terraform prints the message as a warning if the condition is false."""
    return Block("check", (name,), (Block("assert", body=body(condition=condition, error_message=message)),), comment)


def password(secret: Secret, name: str, file: str) -> Block:
    """The ``random_password`` of a generated secret. ``file``: the plan's name in comments."""
    return resource(
        "random_password",
        name,
        comment=f"{file}: secret {secret.id}. {secret.description}",
        origin=secret.span,
        length=Attribute("length", secret.length, origin=secret.span),
        special=False,
    )
