"""What providers accept: a table for each, recorded from its schema by :mod:`camp2iac.synth.providers.record`.

A table is JSON. ``provider``, ``version``, ``recorded`` say of what and when; ``configuration`` is the provider's own
block; ``resources`` and ``data_sources`` are type to block. A block is ``{"arguments": ..., "blocks": ...}``:

- an argument is ``[flags, type]`` or ``[flags, type, facts]``. Flags: ``r`` required, ``o`` optional, ``c`` computed,
  ``s`` sensitive, ``d`` deprecated, ``w`` write-only. The type is Terraform's in JSON (``["list", "string"]``). Facts,
  where they are known: ``force_new`` (true), ``conflicts_with`` (arguments), ``one_of`` (values);
- a nested block is ``[mode, least, most, block]``; a mode is list, set, single or map; ``most`` 0 is no bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from camp2iac.record import Record, field

TypeName = Any  # "string", ["list", TypeName], ["object", {name: TypeName}]


_REQUIRED = "r"  # among an argument's flags


class Argument(Record, frozen=True):
    """An argument of a block type: see the module."""

    flags: str
    type: TypeName
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_required(self) -> bool:
        """Whether a block must have it."""
        return _REQUIRED in self.flags

    @property
    def is_settable(self) -> bool:
        """Whether a block may have it; else the provider alone says what it is."""
        return _REQUIRED in self.flags or "o" in self.flags


class BlockType(Record, frozen=True):
    """What a block may hold."""

    data: Mapping[str, Any]

    def argument(self, name: str) -> Argument | None:
        """An argument; None if there is none of that name."""
        found = self.data.get("arguments", {}).get(name)
        return Argument(*found) if found else None

    def required(self) -> Iterator[str]:
        """The arguments that a block must have."""
        return (name for name, found in self.data.get("arguments", {}).items() if _REQUIRED in found[0])

    def blocks(self) -> Iterator[tuple[str, int, int, BlockType]]:
        """All nested blocks: name, how many at least, how many at most (0: any number), what they hold."""
        for name, (_, least, most, data) in self.data.get("blocks", {}).items():
            yield name, least, most, BlockType(data)

    def block(self, name: str) -> BlockType | None:
        """A nested block; None if there is none of that name."""
        found = self.data.get("blocks", {}).get(name)
        return BlockType(found[3]) if found else None


class Table(Record, frozen=True):
    """A provider's table."""

    data: Mapping[str, Any]

    @property
    def configuration(self) -> BlockType:
        """The provider's own block."""
        return BlockType(self.data["configuration"])

    def type(self, kind: str, name: str) -> BlockType | None:
        """A resource type (kind ``resource``) or a data source (``data``); None if the provider has none such."""
        found = self.data["resources" if kind == "resource" else "data_sources"].get(name)
        return None if found is None else BlockType(found)


def load(name: str) -> Table | None:
    """The table of a provider by its local name (``openstack``); None if none was recorded."""
    path = Path(__file__).with_name(f"{name}.json")
    if not name.isidentifier() or not path.is_file():
        return None
    return Table(json.loads(path.read_bytes()))
