"""The variables that decide how many instances there are, and what has as many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Commented, Expr, Module, Ref, Value, call, ref
from camp2iac.targets.module_tests import rules
from camp2iac.targets.module_tests.rules import ChoiceRule, WholeRule

_AMOUNTS = ("quantity", "replicas", "desired_count")
_Locals: TypeAlias = Mapping[str, Value]


class Count(Record, frozen=True):
    """A variable with bounds. ``amounts``: the code for each number that must be the same: ``length(TYPE.NAME)``."""

    variable: str
    default: Value
    least: int
    most: int
    amounts: tuple[Value, ...]


def of(module: Module) -> tuple[Count, ...]:
    """The counts of a module, in its order."""
    locals_ = {
        f"local.{item.name}": item.value
        for block in module.blocks()
        if block.type == "locals"
        for item in block.body
        if isinstance(item, Attribute)
    }
    amounts: dict[str, list[Value]] = {}
    for block in sorted(module.blocks(), key=lambda block: block.address or ""):
        if block.type == "resource":
            for variable, amount in _amounts(block, locals_):
                amounts.setdefault(variable, []).append(amount)
    return tuple(
        Count(block.labels[0], block.get("default"), *bounds, tuple(amounts[block.address]))
        for block in module.blocks()
        if block.type == "variable" and block.address in amounts and (bounds := _bounds(block)) is not None
    )


def _bounds(variable: Block) -> tuple[int, int] | None:
    for rule in rules.of(variable):
        if isinstance(rule, WholeRule):
            return min(rule.least, rule.least if rule.also is None else rule.also), rule.most
        if isinstance(rule, ChoiceRule) and rule.numbers and all(isinstance(each, int) for each in rule.numbers):
            return int(min(rule.numbers)), int(max(rule.numbers))
    return None


def _amounts(block: Block, locals_: _Locals) -> Iterator[tuple[str, Value]]:
    """The variable that decides the number of a resource's instances, or the number in its arguments."""
    address = block.address or ""
    variable = _numbered(block.get("for_each"), locals_) or _plain(block.get("count"))
    if variable:
        yield variable, call("length", ref(address))
        return
    for name in _AMOUNTS:
        if found := _plain(block.get(name)):
            yield found, ref(address, f".{name}")


def _plain(value: Value) -> str:
    value = value.value if isinstance(value, Commented) else value
    return value.address if isinstance(value, Ref) and value.address.startswith("var.") and not value.path else ""


def _numbered(value: Value, locals_: _Locals) -> str:
    """The variable of ``{ for n in range(1, VARIABLE + 1) : "web-${n}" => n }``; empty if it is something else."""
    value = locals_.get(value.address) if isinstance(value, Ref) and not value.path else value
    match value:
        case Expr((str() as head, Ref() as count, " + 1", ") : ", _, _)) if head.endswith(" in range(1, "):
            return _plain(count)
    return ""
