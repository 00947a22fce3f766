"""Strings of a plan are data: Terraform itself says that they arrive as they were written."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.compiler import camp2iac
from support.plans import CASES
from support.terraform import Terraform

pytestmark = pytest.mark.terraform

HOSTILE = CASES / "strings" / "hostile"
#: what C0 controls, NUL above all, and halves of surrogate pairs mean in an environment is another question
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\t"), max_size=40)
NAMES = [f"V{number}" for number in range(40)]


def _written() -> dict[str, str]:
    """The variables of the case, as text: numbers and booleans as the plan writes them."""
    text = (HOSTILE / "camp.yaml").read_text()
    plan = yaml.load(text, Loader=yaml.BaseLoader)  # all scalars are text to it
    (env,) = (each for each in plan["artifacts"][0]["requirements"] if each["requirement_type"] == "org.camp2iac:Env")
    return {name: value for name, value in env.items() if name != "requirement_type"}


def _told(module: Path, target: str, terraform: Terraform) -> dict[str, Any]:
    terraform.init(module)
    if target == "openstack":
        found: dict[str, Any] = terraform.evaluate(module, "local.web_environment")
        return {name: value for name, value in found.items() if name != "PORT"}
    planned = terraform.plan(module)["resource_changes"]
    (change,) = (each["change"] for each in planned if each["type"] == "heroku_app_config_association")
    vars_: dict[str, Any] = change["after"]["vars"]
    return vars_


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_awkward_strings_arrive(target: str, terraform: Terraform, tmp_path: Path) -> None:
    module = tmp_path / "infra"
    camp2iac("synth", HOSTILE / "camp.yaml", "-e", HOSTILE / "environments" / f"{target}.yaml", "-o", module)
    assert _told(module, target, terraform) == _written()


@pytest.mark.parametrize("target", ["openstack", "heroku"])
@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(texts=st.lists(TEXT, min_size=40, max_size=40))
def test_any_string_arrives(
    target: str, texts: list[str], terraform: Terraform, tmp_path_factory: pytest.TempPathFactory
) -> None:
    package = tmp_path_factory.mktemp("package")
    plan = yaml.safe_load((HOSTILE / "camp.yaml").read_text())
    requirements = plan["artifacts"][0]["requirements"]
    wanted = {name: {"value": text} for name, text in zip(NAMES, texts, strict=True)}
    requirements[-1] = {"requirement_type": "org.camp2iac:Env", **wanted}
    (package / "camp.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True))
    (package / "app").mkdir()
    (package / "app" / "hello.py").write_bytes((HOSTILE / "app" / "hello.py").read_bytes())
    module = package / "infra"
    camp2iac("synth", package, "-e", HOSTILE / "environments" / f"{target}.yaml", "-o", module)
    # Terraform normalises all of its strings to NFC.
    expected = {name: normalize("NFC", each["value"]) for name, each in wanted.items()}
    assert _told(module, target, terraform) == expected
