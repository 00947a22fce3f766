"""The tests in each output: Terraform runs them with mocked providers, and they fail if the module is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.compiler import camp2iac
from support.plans import EXAMPLES, Compilation, compilations
from support.terraform import Terraform, copy_module

from camp2iac.targets.module_tests import FOLDER

pytestmark = pytest.mark.terraform

#: platform to edits of guestbook's module: a file, what is replaced, the new text, a word of the first run that fails
EDITS = {
    "openstack": [
        (
            "variables.tf",
            r"  validation \{\n    condition     = var\.web_count.*?\n  \}\n",
            "",
            "more",
        ),
        ("variables.tf", r"&& floor\(var\.web_count\) == var\.web_count", "", "fractions"),
        ("variables.tf", r"web_count <= 4", "web_count <= 3", "maximum"),
        ("web.tf", r"range\(1, var\.web_count \+ 1\)", "range(1, 3)", "maximum"),
        (
            "web.tf",
            r'("openstack_lb_member_v2" "web" \{\n  for_each = )local.web_machines',
            r'\1{ "web-1" = 1 }',
            "maximum",
        ),
        ("network.tf", r'"192\.0\.2\.0/24"', '"0.0.0.0/0"', "plans"),
    ],
    "heroku": [
        ("web.tf", r"quantity = var\.web_count", "quantity = 2", "maximum"),
        ("variables.tf", r"  validation \{\n    condition     = can\(regex.*?\n  \}\n", "", "other"),
    ],
    "docker": [
        ("web.tf", r"range\(1, var\.web_count \+ 1\)", "range(1, 3)", "maximum"),
        ("database.tf", r"  restart ", "  ports {\n    internal = 5432\n  }\n\n  restart ", "plans"),
        ("variables.tf", r"var\.web_port <= 65535 && ", "", "more"),
    ],
    "kubernetes": [
        ("database.tf", r'"ClusterIP"', '"LoadBalancer"', "plans"),
        ("variables.tf", r"var\.web_count <= 4 && ", "", "more"),
    ],
}


def outcomes(terraform: Terraform, module: Path) -> dict[str, str]:
    """Each run, and how it ended."""
    said = terraform.run(module, "test", f"-test-directory={FOLDER}", "-no-color", accept=(0, 1))
    return dict(re.findall(r'^  run "(\w+)"\.\.\. (\w+)$', said, re.MULTILINE))


@pytest.mark.parametrize("platform", EDITS)
def test_of_the_guestbook_hold_and_find_edits(platform: str, terraform: Terraform, tmp_path: Path) -> None:
    package = EXAMPLES / "guestbook"
    module = copy_module(package, package / "infra" / platform, tmp_path / "guestbook")
    terraform.init(module)
    assert set(outcomes(terraform, module).values()) == {"pass"}
    for file, pattern, new, word in EDITS[platform]:
        text = (module / file).read_text()
        changed = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
        assert changed != text, pattern
        (module / file).write_text(changed)
        failed = [run for run, ended in outcomes(terraform, module).items() if ended == "fail"]
        (module / file).write_text(text)
        assert failed, pattern
        assert word in failed[0], (pattern, failed)


@pytest.mark.parametrize("form", ["json", "cdktf"])
def test_hold_in_other_formats(form: str, terraform: Terraform, tmp_path: Path) -> None:
    plan = EXAMPLES / "guestbook"
    out = tmp_path / "out"
    environment = plan / "environments/heroku.yaml"
    camp2iac("synth", plan / "camp.yaml", "-e", environment, "-o", out, "--format", form)
    (tests,) = out.rglob("*.tftest.hcl")
    module = tests.parent.parent
    terraform.init(module)
    assert set(outcomes(terraform, module).values()) == {"pass"}
    (attributes,) = [line for line in (out / ".gitattributes").read_text().splitlines() if FOLDER in line]
    assert attributes.startswith(f"/{tests.parent.relative_to(out).as_posix()}/** linguist-generated")


@pytest.mark.fuzz
@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_of_every_output_hold(compilation: Compilation, terraform: Terraform, tmp_path: Path) -> None:
    module = copy_module(compilation.package, compilation.output, tmp_path / compilation.package.name)
    terraform.init(module)
    found = outcomes(terraform, module)
    assert found.get("plans_with_default_values") == "pass"
    assert set(found.values()) == {"pass"}
