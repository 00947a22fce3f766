"""Variables that Terraform asks for since the change: those without a default that the output before does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.review.difference.model import VariableChange
from camp2iac.synth.graph import Graph
from camp2iac.synth.sourcemap import Standing
from camp2iac.topology.renames.model import Rename

_VARIABLE = "var."


def variables(before: Standing, after: Standing, renames: Iterable[Rename]) -> tuple[VariableChange, ...]:
    """The variables, sorted by name. ``renames``: those of the new plan, for the name that a variable had."""
    if before.graph is None or after.graph is None:
        return ()
    known = [(_label(old.value), _label(each.name)) for each in renames for old in each.previously]
    return tuple(_changes(before.graph, after.graph, sorted(after.asked), known))


def _changes(
    before: Graph, after: Graph, asked: Iterable[str], renames: list[tuple[str, str]]
) -> Iterator[VariableChange]:
    for name in asked:
        none = after.nodes.get(_VARIABLE + name)
        if none is None or before.nodes.get(_VARIABLE + name) == none:
            continue  # it had no default before
        gone = {each.removeprefix(_VARIABLE) for each, node in before.nodes.items() if node == none} - {
            each.removeprefix(_VARIABLE) for each in after.nodes
        }
        earlier = (name.replace(new, old) for old, new in renames)
        yield VariableChange(name, next((each for each in earlier if each in gone), ""))


def _label(name: str) -> str:
    return name.replace("-", "_")
