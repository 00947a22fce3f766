"""Two parts of the plan with the same Terraform address."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.synth.module import Attribute, Block, Module


def check(module: Module, diagnostics: Diagnostics) -> None:
    """CAMP403: two parts of the plan with the same Terraform address."""
    seen: dict[str, Span | None] = {}
    for address, origin in (each for block in module.blocks() for each in _named(block)):
        if address in seen:
            first = seen[address]
            diagnostics.add(
                Diagnostic(
                    "CAMP403",
                    f"two parts of the plan have the same address in Terraform: {address}",
                    origin,
                    label="this part",
                    related=(Label(first, "and this one"),) if first else (),
                    help="rename one of them: a tier, service, volume, network, parameter or secret",
                )
            )
        seen[address] = origin


def _named(block: Block) -> Iterator[tuple[str, Span | None]]:
    """The addresses that a block declares, with their origin in the plan."""
    if block.type == "locals":
        yield from ((f"local.{item.name}", item.origin) for item in block.body if isinstance(item, Attribute))
    elif block.type == "provider":
        yield f"{block.address}.{block.get('alias')}", block.origin
    elif block.address:
        yield block.address, block.origin
