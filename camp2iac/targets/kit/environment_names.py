"""Names of the plan in an environment file, which the target's schema marks with ``x-names``.

``"x-names": "component"`` marks names of components: on a mapping whose keys are names (except those under
``properties``), or on a string. The target defines the marks and the valid names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Node, Scalar, Sequence
from camp2iac.camp.schema_keywords import Schema
from camp2iac.diagnostics import Span
from camp2iac.record import Record

NAMES = "x-names"


class GivenName(Record, frozen=True):
    """A name in an environment file, with its place. ``mark``: the ``x-names`` of the schema."""

    mark: str
    name: str
    span: Span


@cache
def environment_schema(package: str) -> Schema:
    """Read ``environment.schema.json`` of a target's package."""
    folder = Path(str(sys.modules[package].__file__)).parent
    schema: Schema = json.loads((folder / "environment.schema.json").read_text(encoding="utf-8"))
    return schema


def given_names(schema: Schema, values: YamlMapping) -> Iterator[GivenName]:
    """The names in an environment file, in its order. ``values`` must match the schema."""
    return _names(schema, values, schema)


def _names(form: Schema, node: Node, schema: Schema) -> Iterator[GivenName]:
    for same in (*([_definition(schema, form["$ref"])] if "$ref" in form else []), *form.get("anyOf", ())):
        yield from _names(same, node, schema)
    mark = form.get(NAMES)
    if isinstance(node, YamlMapping):
        own, others = form.get("properties", {}), form.get("additionalProperties")
        for key, entry in node.entries.items():
            if mark and key not in own:
                yield GivenName(mark, key, entry.key.span)
            inner = own.get(key, others)
            if isinstance(inner, dict):
                yield from _names(inner, entry.value, schema)
    elif isinstance(node, Sequence):
        for item in node if "items" in form else ():
            yield from _names(form["items"], item, schema)
    elif isinstance(node, Scalar) and mark and form.get("type") != "object":
        yield GivenName(mark, node.text, node.span)


def free_values(schema: Schema, values: YamlMapping) -> Iterator[Scalar]:
    """The values that can be any string, below names that people choose and that are not names of the plan."""
    return _free(schema, values, schema, False)


def _free(form: Schema, node: Node, schema: Schema, chosen: bool) -> Iterator[Scalar]:
    for same in (*([_definition(schema, form["$ref"])] if "$ref" in form else []), *form.get("anyOf", ())):
        yield from _free(same, node, schema, chosen)
    if isinstance(node, YamlMapping):
        own, others = form.get("properties", {}), form.get("additionalProperties")
        for key, entry in node.entries.items():
            inner = own.get(key, others)
            if isinstance(inner, dict):
                yield from _free(inner, entry.value, schema, key not in own and NAMES not in form)
    elif isinstance(node, Sequence):
        for item in node.items if "items" in form else ():
            yield from _free(form["items"], item, schema, chosen)
    elif chosen and "string" in form.get("type", ()) and not form.keys() & {"pattern", "enum", "const", NAMES}:
        yield node


def _definition(schema: Schema, reference: str) -> Schema:
    found: Schema = schema
    for key in reference.removeprefix("#/").split("/"):
        found = found[key]
    return found
