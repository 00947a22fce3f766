"""Blocks that all targets need, as values. :class:`~camp2iac.targets.kit.ModuleBuilder` adds them to a module."""

from __future__ import annotations

from typing import TypeAlias

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Value, body
from camp2iac.topology.model import Secret

Item: TypeAlias = Attribute | Block | None


def resource(
    type_: str,
    name: str,
    /,
    *items: Item,
    comment: str = "",
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
    comment: str = "",
    origin: Span | None = None,
    **arguments: Value | Attribute,
) -> Block:
    """A data source, with the arguments of :func:`resource`."""
    return Block("data", (type_, name), body(*items, **arguments), comment, origin)


def output(name: str, description: str, value: Value, comment: str, origin: Span | None) -> Block:
    """An output."""
    return Block("output", (name,), body(description=description, value=value), comment, origin)


def password(secret: Secret, name: str, file: str) -> Block:
    """The ``random_password`` of a generated secret. ``file``: the plan's name in comments."""
    return resource(
        "random_password",
        name,
        comment=f"{file}: secret {secret.id}. {secret.description}",
        origin=secret.span,
        length=secret.length,
        special=False,
    )
