"""The examples have the same plan through CDKTF on a real cloud, with data sources and computed values."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.compiler import camp2iac
from support.plans import Compilation, compilations
from support.terraform import Terraform

from camp2iac import node
from lab.entries import of_openstack
from lab.test_examples import answer

pytestmark = pytest.mark.lab
FOUND = [each for each in compilations() if of_openstack(each) and each.id.startswith("examples/")]


@pytest.mark.parametrize("compilation", FOUND, ids=lambda each: each.id)
def test_the_same_plan(compilation: Compilation, tmp_path: Path, applying: Terraform) -> None:
    node.use()
    copy = compilation.copied(tmp_path)
    plans = []
    for form in ("hcl", "cdktf"):
        folder = tmp_path / form
        camp2iac("synth", *copy.arguments, "-o", folder, "--format", form, "-q")
        if form == "cdktf":
            (folder,) = (folder / "cdktf.out/stacks").iterdir()
        plans.append(planned(folder, applying))
    assert plans[0] == plans[1]
    assert len(plans[0]["root_module"]["resources"]) > 5


def planned(folder: Path, terraform: Terraform) -> Any:
    """The planned values of a module, with values for all of its variables."""
    terraform.init(folder)
    environment = dict(terraform.environment)
    for file in folder.glob("*.tf"):
        names = [line.split('"')[1] for line in file.read_text().splitlines() if line.startswith("variable ")]
        environment |= {f"TF_VAR_{name}": answer(name) for name in names if needed(name, folder)}
    for file in folder.glob("cdk.tf.json"):
        variables = json.loads(file.read_text()).get("variable", {})
        environment |= {f"TF_VAR_{name}": answer(name) for name, body in variables.items() if "default" not in body}
    asking = replace(terraform, environment={**os.environ, **environment})
    asking.run(folder, "plan", "-input=false", "-no-color", "-out=lab.plan")
    return json.loads(asking.run(folder, "show", "-json", "lab.plan"))["planned_values"]


def needed(name: str, folder: Path) -> bool:
    """Whether a variable of the HCL has no default."""
    text = "".join(file.read_text() for file in folder.glob("*.tf"))
    return "default" not in text.split(f'variable "{name}" {{', 1)[1].split("\n}", 1)[0]
