"""Planning and applying by the schema: defaults, computed values, what forces a replacement."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .check import Path
from .schema import Block, Nested
from .values import UNKNOWN, Type, Value, canonical, same

#: how arguments that are "transformed" look in a plan and in the state; of others nothing is recorded
_STORED: Final[dict[str, Callable[[str], str]]] = {
    "user_data": lambda text: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(),
    "remote_ip_prefix": str.lower,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned state and the paths of the arguments whose change needs a new object."""

    state: Value
    replace: tuple[Path, ...] = ()


def plan(block: Block, prior: Value, proposed: Value) -> Plan:
    """Plan a change; `proposed` is Terraform's own merge of the configuration into the prior state."""
    if proposed is None:
        return Plan(None)
    planned = _complete(block, prior, proposed)
    if prior is None:
        return Plan(planned)
    if same(prior, planned, block.type):
        return Plan(prior)  # apart from null against zero nothing changed: hand back the very same, a no-op
    return Plan(planned, tuple(dict.fromkeys(_replaced(block, prior, planned, ()))))


def with_defaults(block: Block, config: Value) -> Value:
    """A data source's configuration with defaults, and unknown for all that reading it will give."""
    return _complete(block, None, config)


def _complete(block: Block, prior: Value, proposed: Value) -> Value:
    if not isinstance(proposed, dict):
        return proposed
    planned = {}
    for name, attribute in block.attributes.items():
        value = proposed.get(name)
        if value is None:
            value = attribute.note.default
        if value is None and attribute.computed:
            value = UNKNOWN if prior is None else prior.get(name)
        if attribute.note.transformed and isinstance(value, str):
            value = _STORED.get(name, str)(value)
        planned[name] = _collapsed(value)
    for name, nested in block.blocks.items():
        before = None if prior is None else prior.get(name)
        planned[name] = _complete_nested(nested, before, proposed.get(name), prior is None)
    return planned


def _collapsed(value: Value) -> Value:
    """A collection with an unknown element is unknown as a whole: the SDK's plans know no half."""
    elements = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return UNKNOWN if any(each is UNKNOWN for each in elements) else value


def _complete_nested(nested: Nested, prior: Value, proposed: Value, creating: bool) -> Value:
    if not isinstance(proposed, list):
        return _complete(nested.block, prior, proposed)
    if not proposed and nested.note.computed:
        return UNKNOWN if creating else prior
    known = prior if isinstance(prior, list) else []
    if nested.nesting == "set":
        return [_complete(nested.block, _counterpart(nested.block, each, known), each) for each in proposed]
    return [
        _complete(nested.block, known[index] if index < len(known) else None, each)
        for index, each in enumerate(proposed)
    ]


def _counterpart(block: Block, proposed: Value, candidates: list[Value]) -> Value:
    """The prior element of a set with the same configured values (defaults count), if there is one."""
    wanted = _complete(block, None, proposed)
    for each in candidates:
        if all(value is UNKNOWN or same(value, each.get(name), block.type.of(name)) for name, value in wanted.items()):
            return each
    return None


def _replaced(block: Block, prior: Value, planned: Value, path: Path) -> Iterator[Path]:
    """Paths of changed arguments that force a replacement, in a body that exists before and after."""
    for name, attribute in block.attributes.items():
        if attribute.note.force_new and not same(prior.get(name), planned.get(name), attribute.type):
            yield (*path, name)
    for name, nested in block.blocks.items():
        yield from _replaced_nested(nested, prior.get(name), planned.get(name), (*path, name))


def _replaced_nested(nested: Nested, prior: Value, planned: Value, path: Path) -> Iterator[Path]:
    if same(prior, planned, nested.type):
        return
    if nested.nesting == "single":
        if isinstance(prior, dict) and isinstance(planned, dict):
            yield from _replaced(nested.block, prior, planned, path)
        return
    if not (isinstance(prior, list) and isinstance(planned, list)):
        if nested.note.force_new or _forces(nested.block):
            yield path
        return
    if nested.note.force_new and len(prior) != len(planned):
        yield path
    elif nested.nesting == "list" and len(prior) == len(planned):
        for index, (before, after) in enumerate(zip(prior, planned, strict=True)):
            yield from _replaced(nested.block, before, after, (*path, index))
    elif _pinned(nested, prior) != _pinned(nested, planned):
        yield path  # blocks came or went, or it is a set: its elements have no address of their own


def _pinned(nested: Nested, blocks: list[Value]) -> Value:
    """What of these blocks cannot change in place."""
    fixed = {name: each.type for name, each in nested.block.attributes.items() if each.note.force_new}
    body = Type("object", attrs=fixed)
    bodies = [{name: each.get(name) for name in body.attrs} for each in blocks]
    return canonical([each for each in bodies if canonical(each, body)], Type(nested.nesting, body))


def _forces(block: Block) -> bool:
    return any(each.note.force_new for each in block.attributes.values())
