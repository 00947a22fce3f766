"""Strings of a plan are data: Terraform itself says that they arrive as they were written."""

from __future__ import annotations

import json
import re
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

from camp2iac.synth.hcl_text import escape
from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Ref
from camp2iac.targets.openstack.machine import environment

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


#: how the lines of an EnvironmentFile were written at first: other text than its would replace machines
FIRST = r"""join("", [for name, value in local.told : "${name}=\"${replace(value, "/[\"\\\\$`]/", "\\$0")}\"\n"])"""
AWKWARD = [
    "",
    " ",
    '"',
    "\\",
    "$",
    "`",
    "\\\\",
    '\\"',
    "\\$",
    "\\`",
    "$$",
    "${x}",
    "%{x}",
    "$0",
    "\\0",
    "\\$0",
    "${0}",
    "/",
    "/x/",
    '/["]/',
    "%s",
    "%%",
    "%",
    "%[1]s",
    "\n",
    "a\nb",
    "\r\n",
    "\t",
    "\\n",
    "'",
    "#",
    ";",
    "=",
    "a=b",
    '"quoted"',
    "$HOME `id` $(id)",
    "é",
    "😀",
    "\u2028",
    "\x7f",
]


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.one_of(TEXT, st.text('"\\\\$`{}%/0ns\n', max_size=8)), min_size=100, max_size=100))
def test_lines_of_an_environment_file_are_the_same_bytes(
    texts: list[str], terraform: Terraform, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    told = {f"V{number:03}": normalize("NFC", text) for number, text in enumerate([*AWKWARD, *texts])}
    written = {name: escape(text) for name, text in told.items()}
    (folder / "main.tf.json").write_text(json.dumps({"locals": {"told": written}}))
    now = code(environment.quoted(Ref("local.told"))).replace("\n", " ")
    expected = "".join(f'{name}="' + re.sub(r'["\\$`]', r"\\\g<0>", text) + '"\n' for name, text in told.items())
    assert terraform.evaluate(folder, now) == expected
    assert terraform.evaluate(folder, FIRST) == expected
