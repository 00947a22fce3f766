"""Which arguments of a resource Terraform cannot change in place: a new value replaces the resource.

Providers' schemas do not contain this, so each target has a table of the resource types that it generates
(``Lowered.replacing``). Types without such arguments are in it with an empty set.
"""

from __future__ import annotations

from collections.abc import Mapping

ALL = "*"  # every argument

Replacing = Mapping[str, frozenset[str]]
"""Resource type to its arguments and nested blocks. With a dot, an argument in a nested block."""


def table(rows: Mapping[str, tuple[str, ...]], *common: str) -> Replacing:
    """Create the table from rows. ``common``: arguments that all types have."""
    return {type_: frozenset((*arguments, *common)) for type_, arguments in rows.items()}


def nested(known: Replacing, type_: str, argument: str) -> frozenset[str]:
    """The arguments in a block that replace the resource, if others in it do not: ``metadata.name``."""
    start = f"{argument}."
    return frozenset(name.removeprefix(start) for name in known.get(type_, ()) if name.startswith(start))


def replaces(known: Replacing, type_: str, argument: str) -> bool:
    """Whether a new value of an argument or a nested block replaces the resource."""
    own = known.get(type_, frozenset())
    return argument in own or ALL in own
