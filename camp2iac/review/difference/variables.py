"""Variables of the output that have no default and are new, that have another name, or that are gone.

Terraform asks for the first ones. A value that someone gives under a name that is gone has no effect: Terraform warns
about it in ``terraform.tfvars``, and ignores it in ``TF_VAR_``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from camp2iac.diagnostics.suggest import listed
from camp2iac.review.difference.model import VariableChange
from camp2iac.synth.graph import Graph
from camp2iac.synth.sourcemap import Standing
from camp2iac.topology.ids import slug
from camp2iac.topology.renames.model import Rename

_VARIABLE = "var."
_WHERE = "(-var, terraform.tfvars, TF_VAR_)"
_MOST = 8  # names in a sentence


def variables(before: Standing, after: Standing, renames: Iterable[Rename]) -> tuple[VariableChange, ...]:
    """The variables, sorted by name, the ones that are gone last. ``renames``: those of the new plan.

    Another platform has other variables: then only those that Terraform asks for are said.
    """
    if before.graph is None or after.graph is None:
        return ()
    gone = _names(before.graph) - _names(after.graph)
    earlier = _earlier(gone, _names(after.graph) - _names(before.graph), renames)
    asked = sorted(_asked(before.graph, after.graph, after.asked))
    found = [VariableChange(name, earlier.get(name, ""), asked=True) for name in asked]
    if before.target == after.target:
        named = {each.name for each in found}
        found += [VariableChange(name, was) for name, was in sorted(earlier.items()) if name not in named]
        found += [VariableChange(name, gone=True) for name in sorted(gone.difference(earlier.values()))]
    return tuple(found)


def sentences(changes: Sequence[VariableChange]) -> Iterator[tuple[Literal["set", "gone"], str]]:
    """What to do, for people: a sentence for each that someone sets, and one for all that are gone."""
    yield from (("set", _set(each)) for each in changes if not each.gone)
    gone = [each.name for each in changes if each.gone]
    if len(gone) == 1:
        yield "gone", f"the variable {gone[0]} is gone: a value that you set {_WHERE} has no effect"
    elif gone:
        more = [f"{len(gone) - _MOST + 1:,} more"] if len(gone) > _MOST else []
        names = listed([*(gone[: _MOST - 1] if more else gone), *more])
        yield "gone", f"the variables {names} are gone: values that you set {_WHERE} have no effect"


def _set(change: VariableChange) -> str:
    name, was = change.name, change.previously
    if was and change.asked:
        return f"the variable {was} is {name} now and has no default: rename it where you give its value {_WHERE}"
    if was:
        return f"the variable {was} is now {name}: change it where you set it {_WHERE}"
    return f"the variable {name} is new and has no default: give its value {_WHERE}"


def _names(graph: Graph) -> set[str]:
    return {name.removeprefix(_VARIABLE) for name in graph.nodes if name.startswith(_VARIABLE)}


def _asked(before: Graph, after: Graph, asked: Iterable[str]) -> Iterator[str]:
    """The variables without a default that had one, or that are new."""
    for name in asked:
        none = after.nodes.get(_VARIABLE + name)
        if none is not None and before.nodes.get(_VARIABLE + name) != none:
            yield name


def _earlier(gone: Iterable[str], new: set[str], renames: Iterable[Rename]) -> Mapping[str, str]:
    """The new variables that have the name of a renamed part, and how they were called."""
    known: dict[str, set[str]] = {}
    for each in renames:
        for old in each.previously:
            known.setdefault(_label(old.value), set()).add(_label(each.name))
    found: dict[str, str] = {}
    for was in sorted(gone):
        once = list(_renamed(was, known))
        twice = (again for name in once for again in _renamed(name, known))  # it names two parts
        now = next((name for name in (*once, *twice) if name in new and name not in found), None)
        if now is not None:
            found[now] = was
    return found


def _renamed(variable: str, known: Mapping[str, set[str]]) -> Iterator[str]:
    """The variable with one part under its new name: ``web_count`` is ``shop_count``."""
    words = variable.split("_")
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            for name in sorted(known.get("_".join(words[first:last]), ())):
                yield "_".join([*words[:first], name, *words[last:]])


def _label(name: str) -> str:
    return slug(name).replace("-", "_")
