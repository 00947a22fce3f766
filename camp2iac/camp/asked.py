"""``{ parameter: NAME }`` and ``{ secret: NAME }``, which stand for a value that the plan does not contain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence


def asked(node: Node | None) -> Literal["parameter", "secret"] | None:
    """Whether a value is a reference to a parameter or a secret; None for any other value."""
    if not isinstance(node, Mapping) or len(node) != 1:
        return None
    kinds: tuple[Literal["parameter", "secret"], ...] = ("parameter", "secret")
    for kind in kinds:
        name = node.get(kind)
        if isinstance(name, Scalar) and isinstance(name.value, str) and name.text:
            return kind
    return None


def parameters(node: Node | None) -> Iterator[str]:
    """The names of the parameters in a value."""
    if isinstance(node, Sequence):
        for item in node:
            yield from parameters(item)
    elif isinstance(node, Mapping):
        name = node.get("parameter") if asked(node) == "parameter" else None
        if isinstance(name, Scalar):
            yield name.text
        for entry in node.entries.values():
            yield from parameters(entry.value)
