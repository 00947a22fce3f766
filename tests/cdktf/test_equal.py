"""Whatever the way, the Terraform is the same: constructs, the command's output and the JSON form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import phases
from support.compiler import camp2iac, tree
from support.plans import Compilation, compilations
from support.terraform import Terraform

from camp2iac.synth import cdktf, namespacing
from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Expr, Module

EXAMPLES = [each for each in compilations() if each.id.startswith("examples")]
INSIDE = "cdktf.out/stacks/x"


def lowered(compilation: Compilation, inside: str = INSIDE) -> Any:
    package, environment, target = compilation.package, compilation.environment, compilation.target
    loaded = phases.load(package / "camp.yaml", leave_out=[compilation.output])
    made = phases.compile(
        loaded, environment=environment, target=target or None, output=compilation.output, inside=inside
    )
    assert made.result is not None, [each.message for each in made.diagnostics]
    return made.result.lowered


def bare(value: Any) -> Any:
    """Without CDKTF's own words, at the places where it writes them."""
    content = json.loads(value)
    content.pop("//")
    for kind in ("resource", "data"):
        for named in content.get(kind, {}).values():
            for body in named.values():
                body.pop("//")
    return content


def expected(module: Module) -> Any:
    """The JSON form, with its several ``locals`` as one and single providers as a list of one."""
    content: dict[str, Any] = json.loads(json.dumps(json_writer.document(module.blocks(), comments=False)))
    if isinstance(content.get("locals"), list):
        content["locals"] = {name: value for part in content["locals"] for name, value in part.items()}
    for name, found in content.get("provider", {}).items():
        content["provider"][name] = found if isinstance(found, list) else [found]
    return content


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_the_same_as_the_json_form(compilation: Compilation) -> None:
    module = lowered(compilation).module
    assert bare(cdktf.write(module, "x")[f"{INSIDE}/cdk.tf.json"]) == expected(module)


@pytest.mark.parametrize("compilation", EXAMPLES, ids=lambda each: each.id)
def test_a_stack_is_what_the_command_writes(compilation: Compilation, tmp_path: Path) -> None:
    from camp2iac.cdktf import CampStack

    copy = compilation.copied(tmp_path / "package")
    camp2iac("synth", *copy.arguments, "-o", tmp_path / "out", "--format", "cdktf")
    (stack,) = (tmp_path / "out/cdktf.out/stacks").iterdir()
    app = cdktf.library().App(outdir=str(tmp_path / "app"), skip_validation=True)
    CampStack(app, stack.name, plan=copy.package, environment=copy.environment, target=copy.target or None)
    app.synth()
    found, written = tree(tmp_path / "app/stacks" / stack.name), tree(stack)
    assert bare(found.pop("cdk.tf.json")[1]) == bare(written.pop("cdk.tf.json")[1])
    assert found == {path: file for path, file in written.items() if not path.startswith("terraform-tests/")}  # ADR 42


@pytest.mark.terraform
@pytest.mark.parametrize("compilation", EXAMPLES, ids=lambda each: each.id)
def test_terraform_takes_it(compilation: Compilation, terraform: Terraform, tmp_path: Path) -> None:
    copy = compilation.copied(tmp_path / "package")
    camp2iac("synth", *copy.arguments, "-o", tmp_path / "out", "--format", "cdktf")
    (stack,) = (tmp_path / "out/cdktf.out/stacks").iterdir()
    terraform.init(stack)
    assert terraform.validate(stack) == []


@pytest.mark.terraform
@pytest.mark.parametrize("compilation", [e for e in EXAMPLES if "heroku" in e.id], ids=lambda each: each.id)
def test_the_same_plan(compilation: Compilation, terraform: Terraform, tmp_path: Path) -> None:
    """OpenStack's modules read from the cloud when planned: proofs/lab plans those."""
    copy = compilation.copied(tmp_path / "package")
    camp2iac("synth", *copy.arguments, "-o", tmp_path / "cdktf", "--format", "cdktf")
    camp2iac("synth", *copy.arguments, "-o", tmp_path / "hcl")
    (stack,) = (tmp_path / "cdktf/cdktf.out/stacks").iterdir()
    names = {
        name
        for name, body in json.loads((stack / "cdk.tf.json").read_text()).get("variable", {}).items()
        if "default" not in body
    }
    given = [word for name in sorted(names) for word in ("-var", f"{name}=a-name-for-it")]
    plans = []
    for folder in (stack, tmp_path / "hcl"):
        terraform.init(folder)
        plans.append(terraform.plan(folder, *given)["planned_values"])
    assert plans[0] == plans[1]


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_paths_are_told_apart_from_code(compilation: Compilation) -> None:
    """A nested plan's files lie in a folder of their own: every path to one begins with what can be found."""

    def parts(value: Any) -> Any:
        if isinstance(value, Expr) and value != namespacing.FOLDER:
            yield from (part for part in value.parts if isinstance(part, str))
        children = getattr(value, "parts", getattr(value, "args", getattr(value, "body", ())))
        children = value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else children
        for child in (*children, *([value.value] if hasattr(value, "value") else [])):
            if not isinstance(child, str):
                yield from parts(child)

    module = lowered(compilation).module
    assert not [text for block in module.blocks() for text in parts(block) if "path.module" in text]
