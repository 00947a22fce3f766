"""Names of the plan in environment files: each key of a schema that takes such names says so by ``x-names``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from camp2iac.camp import yaml
from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostics
from camp2iac.targets.kit import environment_schema, given_names

# Mappings whose keys are no names of the plan, by their place in the schema.
OTHERS = {
    "heroku": {
        "dynos.*": "process types, of a component that is named above",
        "processes.*": "process types, of a component that is named above",
        "adopt.*.addons": "services, and add-ons of extras: CAMP765 checks them",
        "extras.*.items.config": "options of an add-on",
        "variables.*": "variables",
        "pipeline.review_apps.variables": "variables",
        "telemetry.*.items.headers": "headers",
    },
    "openstack": {
        "scale": "tiers: of every target's environment, which the core checks",
        "parameters": "parameters: of every target's environment, which the core checks",
    },
}


def open_mappings(form: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The mappings with keys of the user's choice, each with its place. Keys with a pattern of their own are none."""
    others = form.get("additionalProperties")
    if isinstance(others, dict):
        if "propertyNames" not in form:
            yield place, form
        yield from open_mappings(others, f"{place}.*")
    inner = {**form.get("properties", {}), **({"items": form["items"]} if "items" in form else {})}
    for key, value in inner.items():
        yield from open_mappings(value, f"{place}.{key}".removeprefix("."))
    for value in form.get("anyOf", ()):
        yield from open_mappings(value, place)


@pytest.mark.parametrize("target", OTHERS)
def test_every_mapping_says_what_its_keys_name(target: str) -> None:
    schema = environment_schema(f"camp2iac.targets.{target}")
    found = [*open_mappings(schema)]
    for name, form in schema["$defs"].items():
        found += open_mappings(form, name)
    assert {place for place, form in found if "x-names" not in form} == set(OTHERS[target])


def test_names_are_found_where_the_schema_has_them() -> None:
    schema = {
        "properties": {
            "apps": {"x-names": "component", "additionalProperties": {"type": "string"}},
            "only": {"items": {"x-names": "component"}},
            "regions": {
                "x-names": "region",
                "properties": {"default": {"type": "string"}},
                "additionalProperties": {"properties": {"nets": {"$ref": "#/$defs/nets"}}},
            },
            "either": {"anyOf": [{"type": "string"}, {"x-names": "tier", "additionalProperties": {}}]},
        },
        "$defs": {"nets": {"x-names": "network", "additionalProperties": {"type": "string"}}},
    }
    text = "apps: { web: shop }\nonly: [api]\nregions: { default: x, two: { nets: { back: y } } }\neither: { db: 1 }\n"
    values = yaml.parse(text, "env.yaml", Diagnostics())
    assert isinstance(values, Mapping)
    found = [(each.mark, each.name, each.span.line) for each in given_names(schema, values)]
    assert found == [
        ("component", "web", 1),
        ("component", "api", 2),
        ("region", "two", 3),
        ("network", "back", 3),
        ("tier", "db", 4),
    ]
