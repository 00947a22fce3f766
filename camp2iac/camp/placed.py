"""Plain values of located YAML that keep their places (:mod:`camp2iac.diagnostics.located`)."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping, Node, Plain, Scalar
from camp2iac.diagnostics.located import located


def values(node: Node, file: str | None) -> Plain:
    """The values of a node with their places in a file. Values from elsewhere, such as ``--set``, have no place."""
    if isinstance(node, Mapping):
        return {key: values(entry.value, file) for key, entry in node.entries.items()}
    if isinstance(node, Scalar):
        return located(node.value, node.span if node.span.file == file else None)
    return [values(item, file) for item in node.items]


def text(node: Scalar) -> str:
    """The string of a scalar as written, with its place."""
    return located(node.text, node.span)
