"""What a generated file consists of: blocks, arguments and entries of objects, with their lines.

Their names are those of a source map (:mod:`.sourcemap`): ``openstack_compute_instance_v2.web``,
``openstack_compute_instance_v2.web.network.port``. :mod:`.hcl_items` reads them from HCL, :mod:`.json_items` from JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth.module import Block


class WrittenItem(Record):
    """A block, an argument, or an entry of an object.

    ``name``: its name in a source map. ``span``: where it is written. ``top``: the first line of the comment above it,
    otherwise its own first line. ``leads``: whether it is the first on its line. ``is_block``: whether it is a block.
    ``says``: the comment above it.
    """

    name: str
    span: Span
    top: int
    leads: bool = True
    is_block: bool = False
    says: str = ""


def head(type_: str, labels: Sequence[str]) -> str:
    """The name of a top-level block: its address, or its type if it has none."""
    return Block(type_, tuple(labels)).address or ("local" if type_ == "locals" else type_)


def innermost(
    items: Iterable[WrittenItem], line: int, column: int | None = None, end_line: int | None = None
) -> WrittenItem | None:
    """The innermost item at a place.

    Without a column, it is the item to which the line belongs, also if it only comments on the item. ``end_line``: the
    item must also contain this line.
    """
    found = None
    for item in items:  # an item is listed after those that contain it
        if not item.top <= line or not max(line, end_line or 0) <= item.span.end_line:
            continue
        if line == item.span.line and column is not None and column < item.span.column and not item.leads:
            continue
        if line == item.span.line and column is None and not item.leads:
            continue
        if line == item.span.end_line and column is not None and column >= item.span.end_column and not item.leads:
            continue
        found = item
    return found
