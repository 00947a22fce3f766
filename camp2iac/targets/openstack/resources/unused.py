"""Removes blocks without references from a module."""

from __future__ import annotations

import operator

from camp2iac.synth.module import Attribute, Block, Module, walk
from camp2iac.targets.openstack.layout import key_pairs, networks
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.targets.openstack.resource_types import DNS_ZONE, KEY_PAIR, NETWORK, ROUTER


def _optional(regions: Regions) -> frozenset[str]:
    """The addresses of blocks that need a reference: routers, external networks, key pairs, open questions."""
    found = {f"data.{DNS_ZONE}.main"}
    for region in regions.all:
        router, leads = f"{ROUTER}.{region.label('main')}", region.label("external")
        found |= {router, f"data.{router}", f"data.{NETWORK}.{leads}"}
        found |= {f"{KEY_PAIR}.{key_pairs.label(region)}"}
        found |= {f"var.{networks.question(region)}", f"var.{key_pairs.question(region)}"}
    return frozenset(found)


def leave_out(module: Module, regions: Regions) -> None:
    """Remove what has no reference: locals, unused variables, the router if all networks exist already."""
    left_out = _optional(regions)
    walked: dict[int, tuple[Block, frozenset[str]]] = {}  # by identity, because most blocks do not change
    while True:
        for block in module.blocks():
            if id(block) not in walked:
                walked[id(block)] = block, frozenset(found.address for found in walk(block))
        used = frozenset[str]().union(*(walked[id(block)][1] for block in module.blocks()))
        pruned = False
        for file, blocks in module.files.items():
            kept = [left for block in blocks if (left := _kept(block, used, left_out)) is not None]
            pruned = pruned or len(kept) < len(blocks) or any(map(operator.is_not, kept, blocks))
            module.files[file] = kept
        if not pruned:
            return


def _kept(block: Block, used: frozenset[str], optional: frozenset[str]) -> Block | None:
    if block.type == "locals":
        items = tuple(item for item in block.body if isinstance(item, Attribute) and f"local.{item.name}" in used)
        return (block if items == block.body else Block("locals", body=items)) if items else None
    return None if block.address in optional - used else block
