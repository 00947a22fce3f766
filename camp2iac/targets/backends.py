"""The backends of Terraform and OpenTofu as data: ``backends.yaml``, whose head explains the fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from camp2iac.record import Record, convert, field

_FILE = Path(__file__).parent / "backends.yaml"
CLOUD = "cloud"
"""The block of HCP Terraform, which is a block of its own and no backend."""


class BackendArguments(Record, frozen=True, forbid_unknown_fields=True):
    """Arguments by their type."""

    string: tuple[str, ...] = ()
    boolean: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    list: tuple[str, ...] = ()
    map: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    block: bool = False

    def kind(self, name: str) -> str:
        """The type of an argument; empty if it is unknown."""
        return next((kind for kind, names in self.by_kind().items() if name in names), "")

    def by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the arguments by their type."""
        return {
            "string": self.string,
            "boolean": self.boolean,
            "number": self.number,
            "list": self.list,
            "map": self.map,
            "any": self.any,
        }

    def names(self) -> tuple[str, ...]:
        """The names of all arguments, sorted."""
        return tuple(sorted(name for names in self.by_kind().values() for name in names))


class BackendType(BackendArguments, frozen=True, forbid_unknown_fields=True):
    """A backend. The head of ``backends.yaml`` explains the fields."""

    title: str = ""
    required: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    nested: Mapping[str, BackendArguments] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict)
    perhaps: Mapping[str, str] = field(default_factory=dict)
    terraform: tuple[str, ...] = ()
    opentofu: tuple[str, ...] = ()
    only: str = ""
    since: str = ""
    later: Mapping[str, str] = field(default_factory=dict)

    def kind(self, name: str) -> str:
        """The type of an argument, ``nested``, or empty if it is unknown."""
        return "nested" if name in self.nested else super().kind(name)

    def names(self) -> tuple[str, ...]:
        """The names of all arguments, sorted."""
        return tuple(sorted((*super().names(), *self.nested)))


class RemovedBackend(Record, frozen=True, forbid_unknown_fields=True):
    """A backend that no longer exists: the release of Terraform that removed it, and what replaces it."""

    removed: str
    instead: tuple[str, ...]


class BackendTable(Record, frozen=True, forbid_unknown_fields=True):
    """All backends by their names, and those that no longer exist."""

    backends: Mapping[str, BackendType]
    removed: Mapping[str, RemovedBackend]


@cache
def table() -> BackendTable:
    """The table in ``backends.yaml``."""
    return convert(yaml.safe_load(_FILE.read_text(encoding="utf-8")), BackendTable)


_TYPES: Mapping[str, Mapping[str, object]] = {
    "string": {"type": ["string", "number", "boolean"]},
    "boolean": {"type": "boolean"},
    "number": {"type": "number"},
    "list": {"type": "array"},
    "map": {"type": "object"},
    "any": {},
}


def forms() -> dict[str, object]:
    """JSON Schemas of the backends by name, for editors. Unknown arguments are allowed, as by camp2iac."""
    return {
        name: {**_form(known), "description": f"{known.title[:1].upper()}{known.title[1:]}."}
        for name, known in table().backends.items()
    }


def _form(known: BackendArguments) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in known.names():
        kind = known.kind(name)
        nested = known.nested.get(name) if isinstance(known, BackendType) else None
        found[name] = _form(nested) if nested is not None else _TYPES[kind]
    return {"type": "object", "properties": found}
