"""The JSON writer: how it reads, and that Terraform makes of it what it makes of the HCL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from camp2iac.synth import hcl
from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Commented, Module, body, call, expr, ref, template
from tests.support.terraform import Terraform


def sample() -> Module:
    """What is not a template in JSON, and what is."""
    module = Module(headers={"main.tf": "Generated."})
    required = body(random={"source": "hashicorp/random", "version": "~> 3.6"})
    module.add(
        "main.tf", Block("terraform", body=body(Block("required_providers", body=required), required_version=">= 1.5"))
    )
    module.add("main.tf", Block("provider", ("random",)), Block("provider", ("random",), body(alias="other")))
    validation = Block("validation", body=body(condition=expr("length(", ref("var.x"), ") > 0"), error_message="${no}"))
    module.add(
        "variables.tf",
        Block(
            "variable",
            ("x",),
            body(
                validation,
                description="a ${b}",
                type=expr("object({ a = string, b = optional(number, 3) })"),
                default={"a": "${c}"},
            ),
            comment="camp.yaml: x",
        ),
    )
    module.add(
        "main.tf",
        Block(
            "locals", body=(Attribute("a", {"${k}": Commented(template("$$", ref("var.x", ".a"), "%{"), "c")}, "why"),)
        ),
        Block(
            "locals",
            body=body(
                b=call(
                    "merge",
                    ref("local.a"),
                    {"z": Commented("y", "above", above=True), "list": expr("[\n  for n in ", ("p", "q"), " : n\n]")},
                )
            ),
        ),
        Block(
            "resource",
            ("random_password", "x"),
            body(
                Block(
                    "lifecycle",
                    body=body(
                        Block("precondition", body=body(condition=expr("each.value.n > 2"), error_message="${x}")),
                        Block("precondition", body=body(condition=expr("each.value.n > 3"), error_message="y")),
                        create_before_destroy=True,
                        ignore_changes=(expr("length"), expr('keepers["a"]')),
                        replace_triggered_by=(ref("terraform_data.x", ".id"),),
                    ),
                ),
                for_each={"a": {"n": 9}},
                provider=ref("random.other"),
                length=expr("each.value.n"),
                keepers={"a": "$${b}"},
                depends_on=expr("[", ref("terraform_data.x"), "]"),
            ),
            comment=("Two", "lines"),
        ),
        Block("resource", ("terraform_data", "x"), body(input=ref("local.b"))),
        Block("output", ("x",), body(description="${d}", value=ref("terraform_data.x", ".input"))),
        Block("output", ("y",), body(value=ref("random_password.x", '["a"].keepers'))),
    )
    return module


def test_how_it_reads() -> None:
    text = json_writer.write(sample())["main.tf.json"]
    found = json.loads(text)
    assert list(found) == ["//", "terraform", "provider", "locals", "resource", "output"]
    assert found["provider"] == {"random": [{}, {"alias": "other"}]}
    assert found["locals"] == [
        {"//": "a: why", "a": {"$${k}": '${"$$"}${var.x.a}%%{'}},
        {"b": found["locals"][1]["b"]},
    ]
    assert found["resource"]["random_password"]["x"] == {
        "//": "Two\nlines",
        "for_each": {"a": {"n": 9}},
        "provider": "random.other",
        "length": "${each.value.n}",
        "keepers": {"a": "$$${b}"},
        "depends_on": ["terraform_data.x"],
        "lifecycle": {
            "create_before_destroy": True,
            "ignore_changes": ["length", 'keepers["a"]'],
            "replace_triggered_by": ["terraform_data.x.id"],
            "precondition": [
                {"condition": "${each.value.n > 2}", "error_message": "$${x}"},
                {"condition": "${each.value.n > 3}", "error_message": "y"},
            ],
        },
    }
    assert '      "x": {\n        "input": "${local.b}"\n      }' in text


@pytest.mark.parametrize(
    ("text", "items"), [("[]", []), ("[a]", ["a"]), ("[\n  a[f(1, 2)],\n  b,\n]", ["a[f(1, 2)]", "b"]), ("all", "all")]
)
def test_references_written_as_code(text: str, items: object) -> None:
    block = Block("lifecycle", body=body(ignore_changes=expr(text)))
    assert json_writer.body(block) == {"ignore_changes": items}


def test_a_literal_alone() -> None:
    with pytest.raises(ValueError, match="is not a literal"):
        json_writer.write(Module(files={"a.tf": [Block("variable", ("x",), body(default=ref("local.y")))]}))


def planned(terraform: Terraform, folder: Path, files: dict[str, str]) -> Any:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    terraform.init(folder)
    assert terraform.validate(folder) == []
    plan = terraform.plan(folder)
    return plan["planned_values"], plan["output_changes"], plan["variables"]


@pytest.mark.terraform
def test_the_same_plan(terraform: Terraform, tmp_path: Path) -> None:
    values, outputs, variables = planned(terraform, tmp_path / "hcl", hcl.write(sample()))
    assert (values, outputs, variables) == planned(terraform, tmp_path / "json", json_writer.write(sample()))
    assert variables["x"]["value"] == {"a": "${c}", "b": 3}
    assert outputs["x"]["after"] == {"${k}": "$$${c}%{", "z": "y", "list": ["p", "q"]}
