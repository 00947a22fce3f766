"""The quick check of schemas and jsonschema agree; the profile's page is made of the schemas."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp.schema_keywords import accepts
from camp2iac.catalogue import load
from camp2iac.topology.plan_schema import plan_schema
from camp2iac.topology.profile import CHARACTERISTICS, PLAN_KEYS, REQUIREMENTS, schema
from camp2iac.topology.profile.document import document

ROOT = Path(__file__).parents[2]
NAMES = (*CHARACTERISTICS, *REQUIREMENTS, *PLAN_KEYS)
KEYS = sorted(
    {key for name in NAMES for key in schema(name).get("properties", {})}
    | {"front", "parameter", "secret", "value", "1x"}
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 70000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["2 GiB", "soft", "hard", "/srv", "10.1.0.0/24", "www.example.org", "http", "web", "", "9.9.9.9"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=6,
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, deadline=None)
@given(value=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_the_quick_check_is_right(name, value):
    form = schema(name)
    assert accepts(form, value) == jsonschema.Draft202012Validator(form).is_valid(value)


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_the_plan_schema_takes_the_examples():
    import yaml

    form = plan_schema(load())
    jsonschema.Draft202012Validator.check_schema(form)
    validator = jsonschema.Draft202012Validator(form)
    plans = sorted((ROOT / "examples").glob("*/camp.yaml"))
    assert plans
    for plan in plans:
        assert [error.message for error in validator.iter_errors(yaml.safe_load(plan.read_text()))] == [], plan


def test_the_plan_schema_sees_what_is_wrong():
    form = plan_schema(load())
    plan = {
        "camp_version": "CAMP 1.1",
        "services": [{"characteristics": [{"characteristic_type": "org.camp2iac:Scale", "mni": 1}]}],
    }
    assert not jsonschema.Draft202012Validator(form).is_valid(plan)
    json.dumps(form)


def test_the_page_of_the_profile_is_current(request):
    page = ROOT / "docs" / "profile.md"
    if request.config.getoption("--regen", default=False):
        page.write_text(document(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == document(), "docs/profile.md is stale: pytest tests/topology --regen"
