"""Values that know where they were written.

A string or number that a reader makes with :func:`located` keeps its place as long as it is passed on unchanged: from
the document through the topology and the layout to an argument of the module, whose origin it becomes. A value that is
computed from it has no place, so a place is never wrong, only missing.
"""

from __future__ import annotations

from typing import TypeVar, cast

from camp2iac.diagnostics.span import Span

V = TypeVar("V")


class LocatedStr(str):
    """A string and its place."""

    __slots__ = ("span",)
    span: Span

    def __str__(self) -> str:
        """The same string, so that ``str()`` keeps the place."""
        return self


class LocatedInt(int):
    """A whole number and its place."""

    span: Span


class LocatedFloat(float):
    """A number and its place."""

    __slots__ = ("span",)
    span: Span


_LOCATED = (LocatedStr, LocatedInt, LocatedFloat)
_TYPES: dict[type, type] = {str: LocatedStr, int: LocatedInt, float: LocatedFloat}


def located(value: V, span: Span | None) -> V:
    """The same value with its place. Values of other types, such as booleans, have no place."""
    type_ = _TYPES.get(type(value))
    if type_ is None or span is None:
        return value
    made = type_(value)
    made.span = span
    return cast(V, made)


def place(value: object) -> Span | None:
    """The place of a value, or of the first item of a tuple; None if it has none."""
    if isinstance(value, _LOCATED):
        return value.span
    return place(value[0]) if isinstance(value, tuple) and value else None
