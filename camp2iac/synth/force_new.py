"""Which arguments of a resource Terraform cannot change in place: another value makes another resource.

The schemas that providers give do not tell, so a target hands over a table of the types that it makes
(``Lowered.replacing``). A type without such arguments is there, too, with none.
"""

from __future__ import annotations

from collections.abc import Mapping

ALL = "*"  # every argument

Replacing = Mapping[str, frozenset[str]]
"""Resource type to its arguments and nested blocks."""


def table(rows: Mapping[str, tuple[str, ...]], *common: str) -> Replacing:
    """The table of these rows; ``common``: arguments that every one of the types has."""
    return {type_: frozenset((*arguments, *common)) for type_, arguments in rows.items()}


def replaces(known: Replacing, type_: str, argument: str) -> bool:
    """Whether another value of an argument, or of a nested block, makes another resource."""
    own = known.get(type_, frozenset())
    return argument in own or ALL in own
