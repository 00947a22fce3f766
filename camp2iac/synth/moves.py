"""``moved`` blocks: Terraform keeps a resource that gets or loses ``for_each``.

``TYPE.NAME`` and ``TYPE.NAME["web-1"]`` are two addresses. Without a ``moved`` block, Terraform destroys the resource
at one and creates it at the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.synth.module import Attribute, Block, Ref
from camp2iac.synth.remarks import Remark


def blocks(resources: Iterable[Block], comment: Remark) -> list[Block]:
    """A ``moved`` block for each resource that can have the other form. ``comment`` is above the first block.

    The block moves the other form's address to the current one. If the state has nothing at that address, the block has
    no effect, so it can always be there.
    """
    found = list(_moved(resources))
    return [Block(each.type, body=each.body, comment="" if n else comment) for n, each in enumerate(found)]


def _moved(resources: Iterable[Block]) -> Iterator[Block]:
    for block in resources:
        if block.type == "resource" and block.first and block.address:
            alone, first = Ref(block.address), Ref(block.address, f'["{block.first}"]')
            before, now = (alone, first) if block.get("for_each") is not None else (first, alone)
            yield Block("moved", body=(Attribute("from", before), Attribute("to", now)))
