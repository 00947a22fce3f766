"""The backend of the state that changes: Terraform moves the state only with `-migrate-state`."""

from __future__ import annotations

from camp2iac.compiler import Result
from camp2iac.review.difference.edits import EditFinder
from camp2iac.review.difference.model import StateChange
from camp2iac.review.difference.sides import PlanSide
from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Attribute, Block
from camp2iac.targets.backend import KEY, block_of

_FOLDER = "the folder of the output"


def states(before: PlanSide, after: PlanSide) -> tuple[StateChange, ...]:
    """The change of the backend, if both sides have a plan and the backends differ."""
    if before.result is None or after.result is None:
        return ()
    old, new = _backend(before.result), _backend(after.result)
    if old == new:
        return ()
    (was, had), (now, has) = old, new
    arguments = sorted(name for name in had.keys() | has.keys() if had.get(name) != has.get(name))
    edits = tuple(dict.fromkeys(each.cause for each in EditFinder(before, after).edits() if KEY in each.words))
    if was != now:  # one line of the new backend, or of the old one, is enough
        return (StateChange(was, now, (), edits[:1]),)
    return (StateChange(was, now, tuple(arguments), edits),)


def _backend(result: Result) -> tuple[str, dict[str, str]]:
    """The name of the backend for people, and its arguments as code."""
    block = block_of(result.lowered.module)
    if block is None:
        return _FOLDER, {}
    name = f"the backend {block.labels[0]}" if block.labels else "HCP Terraform"
    return name, dict(_arguments(block))


def _arguments(block: Block, prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in block.body:
        if isinstance(item, Attribute):
            found.append((prefix + item.name, code(item.value)))
        else:
            found += _arguments(item, f"{prefix}{item.type}.")
    return found
