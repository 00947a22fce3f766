"""``moved`` blocks: a resource with and without ``for_each`` is the same to Terraform, and is kept as it is.

``TYPE.NAME`` and ``TYPE.NAME["web-1"]`` are two addresses. Without a word about it Terraform destroys what is at the
one and creates it at the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.synth.module import Attribute, Block, Ref


def blocks(resources: Iterable[Block], comment: str) -> list[Block]:
    """A ``moved`` block for each resource that has the other form as well; ``comment`` stands above the first.

    The other form's address leads to the one that the resource has now. Where the state has nothing at it, the block
    does nothing, so it can be there always.
    """
    found = list(_moved(resources))
    return [Block(each.type, body=each.body, comment="" if n else comment) for n, each in enumerate(found)]


def _moved(resources: Iterable[Block]) -> Iterator[Block]:
    for block in resources:
        if block.type == "resource" and block.first and block.address:
            alone, first = Ref(block.address), Ref(block.address, f'["{block.first}"]')
            before, now = (alone, first) if block.get("for_each") is not None else (first, alone)
            yield Block("moved", body=(Attribute("from", before), Attribute("to", now)))
