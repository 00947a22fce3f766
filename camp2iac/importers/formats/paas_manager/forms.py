"""The forms of PaaS Manager's documents: a list of one is its item, and a key has several names.

JSON was made from XML on the server, so an empty list is missing or an empty string, and numbers can be strings.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Scalar
from camp2iac.importers import SourcePart

_TRUE = ("true", "yes", "1")
_NOTHING = ("", "null", "none")
_MOST_COUNT = 1000

# Keys by the other names that versions of PaaS Manager give them
_KEYS = {
    "applicationrelease": "application",
    "applicationreleasedto": "application",
    "artifactdto": "artifacts",
    "artifactdtos": "artifacts",
    "artifactsdto": "artifacts",
    "attributedto": "attributes",
    "environmentdto": "environment",
    "environmentdtoes": "environments",
    "environmentinstance": "instance",
    "environmentinstancedto": "instance",
    "environmentinstancedtoes": "instances",
    "environmentinstancename": "name",
    "environmentinstancepdto": "instance",
    "environmentinstancepdtoes": "instances",
    "environmentinstances": "instances",
    "environmentpdto": "environment",
    "flavour": "flavor",
    "initial_number_instances": "initial",
    "initialnumberinstances": "initial",
    "maximum_number_instances": "max",
    "maximumnumberinstances": "max",
    "metadatas": "metadata",
    "metatadas": "metadata",
    "minimum_number_instances": "min",
    "minimumnumberinstances": "min",
    "network": "networks",
    "networkdto": "networks",
    "networkdtos": "networks",
    "networksdto": "networks",
    "privateattributes": "attributes",
    "productname": "product",
    "productrelease": "products",
    "productreleasedto": "products",
    "productreleasedtos": "products",
    "productreleases": "products",
    "subnetworkdto": "subnets",
    "subnetworkdtos": "subnets",
    "subnetworks": "subnets",
    "tier": "tiers",
    "tierdto": "tiers",
    "tierdtoes": "tiers",
    "tierdtos": "tiers",
}


def entries(part: SourcePart) -> Iterator[tuple[str, SourcePart]]:
    """The entries of a mapping, by the keys that stand for their names."""
    for key, value in part.entries():
        lower = key.lower()
        yield _KEYS.get(lower, lower), value


def find(part: SourcePart, name: str) -> SourcePart | None:
    """The value of a key; None if it is not a mapping or has no such key."""
    return next((value for key, value in entries(part) if key == name), None) if part.is_mapping else None


def items(part: SourcePart) -> Iterator[SourcePart]:
    """The items of a list. A single item is a list of one, and an empty string or null is an empty list."""
    if is_nothing(part):
        part.kept("nothing: it is empty")
    elif part.is_list:
        yield from part.items()
    else:
        yield part


def text(part: SourcePart | None) -> str:
    """A string or number; empty for other values and for null."""
    return part.node.text.strip() if part is not None and isinstance(part.node, Scalar) and not is_nothing(part) else ""


def is_nothing(part: SourcePart) -> bool:
    """Whether a value says nothing: null, ``null``, ``None``, an empty string, list or mapping."""
    return part.empty or (isinstance(part.node, Scalar) and part.node.text.strip().lower() in _NOTHING)


def is_true(part: SourcePart) -> bool:
    """Whether a value is true, ``"true"`` or ``"yes"``."""
    return text(part).lower() in _TRUE


def count(part: SourcePart) -> int | None:
    """A number of instances; None for other values."""
    value = text(part)
    return (
        int(value) if value.isascii() and value.isdecimal() and len(value) < 5 and int(value) <= _MOST_COUNT else None
    )
