"""A JSON Schema of whole plans, for editors: CAMP's grammar and the types of the profile.

What CAMP leaves open stays open: unknown types and extension keys are allowed, except under ``org.camp2iac:``.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from camp2iac.catalogue import Catalogue
from camp2iac.topology import requirements
from camp2iac.topology.profile import CHARACTERISTICS, LATER, PLAN_KEYS, REQUIREMENTS, schema
from camp2iac.topology.renames.model import KEY
from camp2iac.topology.requirements import PROFILE

Form: TypeAlias = "dict[str, Any]"
"""A JSON Schema, or a part of one."""

_LABELS: Form = {
    "name": {"type": "string", "description": "A name for people."},
    "description": {"type": "string", "description": "A description for people."},
    "tags": {"type": "array", "items": {"type": "string"}, "description": "Labels for people."},
}


def plan_schema(catalogue: Catalogue) -> Form:
    """The schema (JSON Schema 2020-12) of ``camp.yaml``. The types of the catalogue are its examples."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CAMP plan",
        "description": "OASIS CAMP 1.1 and 1.2, with camp2iac's profile.",
        "type": "object",
        "required": ["camp_version"],
        "properties": {
            "camp_version": {"enum": ["CAMP 1.1", "CAMP 1.2"], "description": "The version of the standard."},
            **_LABELS,
            "origin": {"type": "string", "description": "Where the plan comes from."},
            "artifacts": {
                "type": "array",
                "items": {"$ref": "#/$defs/artifact"},
                "description": "The parts of the application.",
            },
            "services": {
                "type": "array",
                "items": {"$ref": "#/$defs/service"},
                "description": "The services that the application needs.",
            },
            **{f"{PROFILE}{name}": _bare(name) for name in PLAN_KEYS},
            **_previously(),
        },
        "$defs": _definitions(catalogue),
    }


def _definitions(catalogue: Catalogue) -> Form:
    """The nodes of a plan, by their names in CAMP."""
    artifacts = sorted({type_ for product in catalogue for type_ in product.artifacts})
    known = sorted(set(requirements.known(catalogue)))
    return {
        "parameter": {
            "type": "object",
            "description": "The value of a parameter of the plan.",
            "properties": {"parameter": {"type": "string", "minLength": 1}},
            "required": ["parameter"],
            "additionalProperties": False,
        },
        "artifact": {
            "type": "object",
            "required": ["artifact_type", "content"],
            "properties": {
                "artifact_type": {
                    "type": "string",
                    "examples": artifacts,
                    "description": "The type of the artifact, which says what the content is.",
                },
                "content": {"$ref": "#/$defs/content"},
                "requirements": {"type": "array", "items": {"$ref": "#/$defs/requirement"}},
                **_LABELS,
                **_previously(),
            },
        },
        "content": {
            "type": "object",
            "description": "A file or folder of the package, the package itself (pdp:!), a URI, or data in base64.",
            "properties": {
                "href": {"type": "string"},
                "data": {"type": "string"},
                "root": {"type": "string", "description": "A folder above href that is deployed with it (a monorepo)."},
            },
            "oneOf": [{"required": ["href"]}, {"required": ["data"]}],
        },
        "requirement": _typed(
            "requirement_type",
            known,
            REQUIREMENTS,
            {"fulfillment": {"anyOf": [{"type": "string", "pattern": "^id:."}, {"$ref": "#/$defs/service"}]}},
        ),
        "service": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "description": "The id of the service, for id:NAME."},
                "href": {
                    "anyOf": [{"type": "string"}, {"$ref": "#/$defs/parameter"}],
                    "description": "The address of a service that exists elsewhere.",
                },
                "characteristics": {"type": "array", "items": {"$ref": "#/$defs/characteristic"}},
                **_LABELS,
                **_previously(),
            },
        },
        "characteristic": _typed("characteristic_type", list(catalogue.types()), CHARACTERISTICS, {}),
    }


def _previously() -> Form:
    """The key for the earlier names, of the plan, artifacts and services."""
    return {KEY: {key: value for key, value in schema("previously").items() if key not in ("$schema", "title")}}


def _bare(name: str) -> Form:
    form = {key: value for key, value in schema(name).items() if key != "$schema"}
    return form if LATER.get(name, "") is None else _inside(form)


def _inside(form: Form) -> Form:
    """A schema in which ``{ parameter: NAME }`` can replace each scalar inside a mapping or list."""
    made = dict(form)
    for key in ("properties", "patternProperties"):
        if key in form:
            made[key] = {name: _or_parameter(inner) for name, inner in form[key].items()}
    for key in ("additionalProperties", "items"):
        if isinstance(form.get(key), dict):
            made[key] = _or_parameter(form[key])
    return made


def _or_parameter(form: Form) -> Form:
    kinds = form.get("type", "string")
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    made = _inside(form)
    if not kinds & {"string", "integer", "number", "boolean"} or "parameter" in form.get("properties", {}):
        return made
    words: Form = {key: made.pop(key) for key in ("description",) if key in made}
    return {"anyOf": [made, {"$ref": "#/$defs/parameter"}], **words}


def _typed(key: str, examples: list[str], profile: tuple[str, ...], more: Form) -> Form:
    """A requirement or characteristic. Its type decides which keys it can have."""
    cases = []
    for name in profile:
        own = _bare(name)
        own["properties"] = {key: {"const": f"{PROFILE}{name}"}, **more, **own.get("properties", {})}
        own.pop("propertyNames", None)  # the key of the type does not have the form of a variable
        own.pop("minProperties", None)
        cases.append({"if": {"properties": {key: {"const": f"{PROFILE}{name}"}}, "required": [key]}, "then": own})
    names = sorted({*examples, *(f"{PROFILE}{name}" for name in profile)})
    return {
        "type": "object",
        "required": [key],
        "properties": {key: {"type": "string", "examples": names}, **more},
        "allOf": cases,
    }
