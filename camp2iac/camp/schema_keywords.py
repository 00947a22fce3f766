"""A quick check of the JSON Schema keywords that our schemas use: whether a document is valid, not what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from functools import cache
from typing import Any, TypeAlias

from camp2iac.camp.nodes import Node, Scalar

Schema: TypeAlias = "Map[str, Any]"
"""A JSON Schema, or a part of one."""

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def accepts(schema: Schema, value: Any, root: Schema | None = None) -> bool:
    """Whether ``value`` (plain) is valid under ``schema``. False if the schema has an unknown keyword."""
    root = schema if root is None else root
    if "$ref" in schema:
        return accepts(resolved(schema["$ref"], root), value, root)
    return all(
        KEYWORDS[key](wanted, value, schema, root) for key, wanted in schema.items() if key in KEYWORDS
    ) and not (schema.keys() - KEYWORDS.keys() - _SILENT)


def resolved(reference: str, root: Schema) -> Schema:
    """The part of the schema that a ``$ref`` refers to."""
    found: Any = root
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    result: Schema = found
    return result


def is_a(value: Any, types: str | list[str]) -> bool:
    """Whether a plain value has one of these JSON Schema types. A boolean is not a number, ``2.0`` not an integer."""
    for name in [types] if isinstance(types, str) else types:
        if isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool)):
            return True
    return False


def _properties(wanted: Any, value: Any, _schema: Any, root: Any) -> bool:
    return not isinstance(value, dict) or all(accepts(wanted[k], v, root) for k, v in value.items() if k in wanted)


def _additional(wanted: Any, value: Any, schema: Any, root: Any) -> bool:
    if not isinstance(value, dict):
        return True
    rest = [v for k, v in value.items() if k not in schema.get("properties", {})]
    return not rest if wanted is False else wanted is True or all(accepts(wanted, v, root) for v in rest)


_MISREAD = re.compile(r"[-+]?(?:0[0-9_]+|[0-9_]+(?::[0-9_]+)+)")


@cache
def pattern(written: str) -> re.Pattern[str]:
    """A pattern of JSON Schema, where ``$`` is the end of the string. In Python it also matches before a line break."""
    return re.compile(f"{written[:-1]}\\Z" if written.endswith("$") and not written.endswith("\\$") else written)


def _regular(written: str) -> bool:
    try:
        re.compile(written)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


_SILENT = frozenset(
    (
        "$schema",
        "$id",
        "$defs",
        "title",
        "description",
        "default",
        "examples",
        "x-what",
        "x-label",
        "x-example",
        "x-note",
        "x-names",
        "x-node",
    )
)

KEYWORDS: dict[str, Any] = {
    "type": lambda w, v, s, r: is_a(v, w),
    "enum": lambda w, v, s, r: any(type(v) is type(x) and v == x for x in w),
    "const": lambda w, v, s, r: type(v) is type(w) and v == w,
    "pattern": lambda w, v, s, r: not isinstance(v, str) or pattern(w).search(v) is not None,
    "format": lambda w, v, s, r: not isinstance(v, str) or (w == "regex" and _regular(v)),
    "minimum": lambda w, v, s, r: not is_a(v, "number") or v >= w,
    "maximum": lambda w, v, s, r: not is_a(v, "number") or v <= w,
    "minLength": lambda w, v, s, r: not isinstance(v, str) or len(v) >= w,
    "maxLength": lambda w, v, s, r: not isinstance(v, str) or len(v) <= w,
    "minItems": lambda w, v, s, r: not isinstance(v, list) or len(v) >= w,
    "maxItems": lambda w, v, s, r: not isinstance(v, list) or len(v) <= w,
    "minProperties": lambda w, v, s, r: not isinstance(v, dict) or len(v) >= w,
    "maxProperties": lambda w, v, s, r: not isinstance(v, dict) or len(v) <= w,
    "uniqueItems": lambda w, v, s, r: not isinstance(v, list) or len({repr(x) for x in v}) == len(v),
    "required": lambda w, v, s, r: not isinstance(v, dict) or all(k in v for k in w),
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": lambda w, v, s, r: not isinstance(v, dict) or all(accepts(w, k, r) for k in v),
    "items": lambda w, v, s, r: not isinstance(v, list) or all(accepts(w, x, r) for x in v),
    "anyOf": lambda w, v, s, r: any(accepts(x, v, r) for x in w),
    "oneOf": lambda w, v, s, r: sum(accepts(x, v, r) for x in w) == 1,
}


def misread(node: Node) -> bool:
    """Whether it is a whole number such as ``070`` (octal: 56) or ``22:22`` (base 60: 1342)."""
    return isinstance(node, Scalar) and type(node.value) is int and bool(_MISREAD.fullmatch(node.text))
