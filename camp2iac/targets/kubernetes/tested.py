"""What only this target knows about its modules, for their tests."""

from __future__ import annotations

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Block, Module, body, expr, ref
from camp2iac.targets.kubernetes.resource_types import SERVICE
from camp2iac.targets.module_tests import ModuleTests


def of(module: Module) -> ModuleTests:
    """Which Services must stay in the cluster."""
    services = sorted(
        (block for block in module.blocks() if block.type == "resource" and block.labels[0] == SERVICE),
        key=lambda block: block.labels,
    )
    public = [block.labels[1] for block in services if _public(block)]
    inside = [ref(block.address or "", ".spec[0].type") for block in services if not _public(block)]
    if not inside:
        return ModuleTests()
    types = tuple(part for each in inside for part in (", ", each))[1:]
    message = f"Only {listed(public)} may have load balancers." if public else "No Service may have a load balancer."
    condition = expr("alltrue([for type in [", *types, '] : type == "ClusterIP"])')
    comment = "Override files must not make these public."
    return ModuleTests(asserts=(Block("assert", (), body(condition=condition, error_message=message), comment),))


def _public(service: Block) -> bool:
    spec = next(item for item in service.body if isinstance(item, Block) and item.type == "spec")
    return spec.get("type") == "LoadBalancer"
