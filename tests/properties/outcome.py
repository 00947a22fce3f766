"""All that a user can see of a compilation, and other values for the leaves of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from support import phases

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.review.readme import readme
from camp2iac.synth import hcl


def outcome(folder: Path, target: str) -> object:
    """The diagnostics, the report and each written file, but for the source map (which has places in the plan)."""
    loaded = phases.load(folder)
    compiled = phases.compile(
        loaded, environment=folder / "environments" / f"{target}.yaml", output=folder / "infra" / target
    )
    diagnostics = [(d.code, d.message) for d in compiled.diagnostics]
    if compiled.result is None:
        return diagnostics
    entries, lowered = compiled.result.statements, compiled.result.lowered
    statements = [(entry.statement.subject.heading, entry.statement.words) for entry in entries]
    outcomes = [(entry.outcome, entry.how, entry.why) for entry in entries]
    documents = {document.path: document.data for document in lowered.documents}
    page = readme(compiled.result, "camp.yaml", "environment.yaml")
    return diagnostics, statements, outcomes, hcl.write(lowered.module), documents, page


def leaves(node: Node, way: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    """The scalars of a plan with their ways: keys and positions."""
    if isinstance(node, Scalar):
        yield way, node
    elif isinstance(node, Sequence):
        for number, item in enumerate(node):
            yield from leaves(item, (*way, number))
    elif isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield from leaves(entry.value, (*way, key))


def quoted(text: str) -> str:
    """YAML for a text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def changed(leaf: Scalar) -> str:
    """YAML for another value of the same kind."""
    value = leaf.value
    if isinstance(value, bool):
        return "false" if value else "true"
    if isinstance(value, int):
        return str(value + 1)
    return quoted(f"{leaf.text}x")


def put(text: str, leaf: Scalar, written: str) -> str:
    """The plan with something else in the place of a leaf, which is on one line."""
    lines, span = text.splitlines(keepends=True), leaf.span
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + written + line[span.end_column - 1 :]
    return "".join(lines)
