"""CAMP403: two parts of the plan that would have the same name in the output.

A name there can consist of several names of the plan: the process ``worker`` of ``api`` is ``api-worker``, and so is a
component with this name.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.synth.module import Attribute, Block, Module


def check(module: Module) -> Iterator[Diagnostic]:
    """Report each pair of parts with the same address in Terraform once.

    Blocks without a place in the plan are not reported, because such a clash is not the user's.
    """
    declared: dict[str, Span | None] = {}
    pairs: set[tuple[Span | None, Span]] = set()
    for address, origin in (each for block in module.blocks() for each in _named(block)):
        first = declared.get(address)
        if address in declared and origin is not None and (first, origin) not in pairs:
            pairs.add((first, origin))
            yield clash(f"address in Terraform: {address}", first, origin)
        declared[address] = origin


def clash(name: str, first: Span | None, second: Span) -> Diagnostic:
    """The error for two parts, which can be in one component. ``name``: what both have."""
    return Diagnostic(
        "CAMP403",
        f"two parts of the plan have the same {name}",
        second,
        label="two parts of this" if first == second else "this part",
        related=(Label(first, "and this one"),) if first is not None and first != second else (),
        help="rename one of them: a component, process, tier, service, volume, network, parameter or secret",
    )


def _named(block: Block) -> Iterator[tuple[str, Span | None]]:
    """The addresses that a block declares, with their origin in the plan."""
    if block.type == "locals":
        yield from ((f"local.{item.name}", item.origin) for item in block.body if isinstance(item, Attribute))
    elif block.type == "provider":
        yield f"{block.address}.{block.get('alias')}", block.origin
    elif block.address:
        yield block.address, block.origin
