"""The arguments that providers accept: one table per provider, which ``providers/record.py`` records from its schema.

A table is JSON. ``provider``, ``version`` and ``recorded`` identify the schema and its date. ``configuration`` is the
provider block. ``resources`` and ``data_sources`` map types to blocks. A block is
``{"arguments": ..., "blocks": ...}``:

- An argument is ``[flags, type]`` or ``[flags, type, facts]``. Flags: ``r`` required, ``o`` optional, ``c`` computed,
  ``s`` sensitive, ``d`` deprecated, ``w`` write-only. The type is Terraform's JSON form (``["list", "string"]``).
  Known facts: ``force_new`` (true), ``conflicts_with`` (arguments), ``one_of`` (values).
- A nested block is ``[mode, least, most, block]``. The mode is list, set, single or map. If ``most`` is 0, there is no
  limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from camp2iac.record import Record, field

TypeName = Any  # "string", ["list", TypeName], ["object", {name: TypeName}]


_REQUIRED = "r"  # a flag
_KEPT_BLOCKS = {"heroku_pipeline": "owner", "openstack_networking_subnet_v2": "allocation_pool"}
"""Nested blocks whose values providers keep if a module no longer has them. Schemas do not contain this."""


class Argument(Record, frozen=True):
    """An argument of a block type. The docstring of the module explains the fields."""

    flags: str
    type: TypeName
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_required(self) -> bool:
        """Whether a block must set it."""
        return _REQUIRED in self.flags

    @property
    def is_settable(self) -> bool:
        """Whether a block can set it. Otherwise only the provider sets it."""
        return _REQUIRED in self.flags or "o" in self.flags


class BlockType(Record, frozen=True):
    """What a block can contain."""

    data: Mapping[str, Any]

    def argument(self, name: str) -> Argument | None:
        """The argument of that name; None if there is none."""
        found = self.data.get("arguments", {}).get(name)
        return Argument(*found) if found else None

    def required(self) -> Iterator[str]:
        """The arguments that a block must set."""
        return (name for name, found in self.data.get("arguments", {}).items() if _REQUIRED in found[0])

    def blocks(self) -> Iterator[tuple[str, int, int, BlockType]]:
        """All nested blocks: name, minimum and maximum number (0: no limit), and what they can contain."""
        for name, (_, least, most, data) in self.data.get("blocks", {}).items():
            yield name, least, most, BlockType(data)

    def block(self, name: str) -> BlockType | None:
        """The nested block of that name; None if there is none."""
        found = self.data.get("blocks", {}).get(name)
        return BlockType(found[3]) if found else None


class Table(Record, frozen=True):
    """A provider's table."""

    data: Mapping[str, Any]

    @property
    def configuration(self) -> BlockType:
        """The provider block."""
        return BlockType(self.data["configuration"])

    def type(self, kind: str, name: str) -> BlockType | None:
        """A resource type (kind ``resource``) or a data source (``data``); None if there is none."""
        found = self.data["resources" if kind == "resource" else "data_sources"].get(name)
        return None if found is None else BlockType(found)


@cache
def load(name: str) -> Table | None:
    """The table of a provider by its local name (``openstack``); None if there is none."""
    path = Path(__file__).with_name(f"{name}.json")
    if not name.isidentifier() or not path.is_file():
        return None
    return Table(json.loads(path.read_bytes()))


def keeps(type_: str, argument: str) -> bool:
    """Whether the provider keeps the value of an argument or block of a resource that a module no longer sets.

    It does if the argument is optional and computed: Terraform then plans no change.
    """
    table = load(type_.partition("_")[0])
    block = table.type("resource", type_) if table else None
    known = block.argument(argument) if block else None
    return _KEPT_BLOCKS.get(type_) == argument or (known is not None and {"o", "c"} <= set(known.flags))


def differs_by_region(data: str) -> bool:
    """Whether a data source has another id in each region, although what it looks for has the same name.

    Flavors and images are left out: their ids can be the same, and instances ignore a newer image.
    """
    return data.startswith("data.openstack_networking_")
