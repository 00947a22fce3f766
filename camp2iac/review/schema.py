"""The JSON Schema of a plan, for editors: CAMP's grammar, and the profile's types where they may stand.

The grammar is that of CAMP 1.1, Plan and its parts; other keys and types are anybody's extensions, so they are allowed.
"""

from __future__ import annotations

from typing import Any

from camp2iac.topology.kinds import PROFILE
from camp2iac.topology.profile import CHARACTERISTICS, PLAN_KEYS, REQUIREMENTS, schema

_TEXT = {"type": "string"}
_LABELS = {"name": _TEXT, "description": _TEXT, "tags": {"type": "array", "items": _TEXT}}


def plan_schema() -> dict[str, Any]:
    """The schema, JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CAMP plan",
        "description": "An OASIS CAMP 1.1 plan with camp2iac's profile of extension types.",
        "type": "object",
        "required": ["camp_version"],
        "properties": {
            "camp_version": {"enum": ["CAMP 1.1", "CAMP 1.2"], "description": "The version of the grammar."},
            **_LABELS,
            "origin": {"type": "string", "description": "Where the plan came from."},
            "artifacts": {"type": "array", "items": {"$ref": "#/$defs/artifact"}},
            "services": {"type": "array", "items": {"$ref": "#/$defs/service"}},
            **{PROFILE + name: {"$ref": f"#/$defs/{name}"} for name in PLAN_KEYS},
        },
        "$defs": {
            "artifact": _object(
                ["artifact_type", "content"],
                artifact_type={"type": "string", "description": "What kind of thing the content is."},
                content={"$ref": "#/$defs/content"},
                requirements={"type": "array", "items": {"$ref": "#/$defs/requirement"}},
                **_LABELS,
            ),
            "content": {
                "type": "object",
                "properties": {
                    "href": {"type": "string", "description": "A path beside the plan, pdp:! or an absolute URI."},
                    "data": {"type": "string", "description": "The content itself, in base64."},
                },
                "oneOf": [{"required": ["href"]}, {"required": ["data"]}],
            },
            "requirement": _typed(
                "requirement_type",
                REQUIREMENTS,
                fulfillment={"anyOf": [{"type": "string", "pattern": "^id:."}, {"$ref": "#/$defs/service"}]},
            ),
            "service": _object(
                [],
                id={"type": "string", "description": "What requirements call it: id:NAME."},
                href={"type": "string", "description": "A service that exists already."},
                characteristics={"type": "array", "items": {"$ref": "#/$defs/characteristic"}},
                **_LABELS,
            ),
            "characteristic": _typed("characteristic_type", CHARACTERISTICS),
            **{name: _embedded(name, "requirement_type") for name in REQUIREMENTS},
            **{name: _embedded(name, "characteristic_type") for name in CHARACTERISTICS},
            **{name: _embedded(name, None) for name in PLAN_KEYS},
        },
    }


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def _typed(key: str, names: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    """An object whose type decides what else it holds, for the types of the profile."""
    return {
        **_object([key], **{key: _TEXT}, **properties),
        "allOf": [
            {
                "if": {"properties": {key: {"const": PROFILE + name}}, "required": [key]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in names
        ],
    }


def _embedded(name: str, key: str | None) -> dict[str, Any]:
    """A profile type's own schema; ``key`` stands beside what it describes."""
    form = {word: value for word, value in schema(name).items() if word != "$schema"}
    if key is None:
        return form
    least = form.pop("minProperties", None)
    more: dict[str, Any] = {"minProperties": least + 1} if least is not None else {}
    if "propertyNames" in form:
        more["propertyNames"] = {"anyOf": [{"const": key}, form["propertyNames"]]}
    return {**form, **more, "properties": {key: {"const": PROFILE + name}, **form.get("properties", {})}}
