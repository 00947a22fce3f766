"""What only this target knows about its modules, for their tests."""

from __future__ import annotations

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Block, Module, Value, body, expr, ref
from camp2iac.targets.docker.resource_types import CONTAINER
from camp2iac.targets.module_tests import ModuleTests


def of(module: Module) -> ModuleTests:
    """Which containers must not publish ports."""
    containers = sorted(
        (block for block in module.blocks() if block.type == "resource" and block.labels[0] == CONTAINER),
        key=lambda block: block.labels,
    )
    public = [block.labels[1] for block in containers if _publishes(block)]
    ports = tuple(_ports(block) for block in containers if not _publishes(block))
    if not ports:
        return ModuleTests()
    message = f"Only {listed(public)} may publish ports." if public else "No container may publish ports."
    condition = expr("length(flatten(", ports, ")) == 0")
    comment = "Override files must not make these public."
    return ModuleTests(asserts=(Block("assert", (), body(condition=condition, error_message=message), comment),))


def _publishes(container: Block) -> bool:
    return any(isinstance(item, Block) and item.type == "ports" for item in container.body)


def _ports(container: Block) -> Value:
    address = container.address or ""
    many = container.get("for_each") is not None
    return expr("values(", ref(address), ")[*].ports") if many else ref(address, ".ports")
