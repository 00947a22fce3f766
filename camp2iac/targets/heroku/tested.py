"""What only this target knows about its modules, for their tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.synth.module import Block, Expr, Module, Ref, Value
from camp2iac.targets.module_tests import ModuleTests, rules

_UUID = "00000000-0000-4000-8000-000000000000"
# The provider checks the form of ids when it plans.
_IDS: Mapping[str, Mapping[str, Value]] = {
    "heroku_pipeline": {"id": _UUID},
    "heroku_space": {"id": _UUID, "uuid": _UUID},
    "heroku_team": {"id": _UUID},
}
_MADE: Mapping[str, Mapping[str, Value]] = {
    "heroku_app": {"id": _UUID},
    "heroku_pipeline": {"id": _UUID},
    "heroku_space": {"id": _UUID},
}


def of(module: Module) -> ModuleTests:
    """Ids, and sizes with several dynos: Heroku runs only one eco or basic dyno per process type."""
    variables = {block.address: block for block in module.blocks() if block.type == "variable"}
    found: dict[str, Value] = {}
    for size, single in _single(module):
        allowed = [each for rule in rules.of(variables[size]) for each in rule.fitting() if each not in single]
        if variables[size].get("default") in single and allowed:
            found[variables[size].labels[0]] = allowed[0]
    return ModuleTests({"heroku": _IDS}, at_maximum=found, resources={"heroku": _MADE})


def _single(module: Module) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """The variables of dyno sizes with the precondition that some sizes have only one dyno, and these sizes."""
    for block in module.blocks():
        inner = [item for item in block.body if isinstance(item, Block) and item.type == "lifecycle"]
        for condition in (item.get("condition") for each in inner for item in each.body if isinstance(item, Block)):
            match condition:
                case Expr((Ref(), " < 2 || !contains(", tuple() as single, ", lower(", Ref() as size, "))")):
                    yield size.address, single
