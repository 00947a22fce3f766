"""A module under other names: nothing refers to what is not there, and values take the place of variables."""

from __future__ import annotations

import pytest
from support import phases
from support.plans import Compilation, compilations

from camp2iac.synth import hcl
from camp2iac.synth.check import check
from camp2iac.synth.module import Attribute, Block, Module, body, expr, ref, template
from camp2iac.synth.namespacing import FOLDER, nested, with_values


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_a_nested_module_holds_together(compilation: Compilation) -> None:
    loaded = phases.load(compilation.package / "camp.yaml", leave_out=[compilation.output])
    made = phases.compile(
        loaded, environment=compilation.environment, target=compilation.target or None, output=compilation.output
    )
    assert made.result is not None
    module = nested(made.result.lowered.module, "north_", "north")
    assert check(module) == []
    named = {block.address for block in module.blocks()} & {
        block.address for block in made.result.lowered.module.blocks()
    }
    assert named <= {None, *(f"provider.{each}" for each in ("docker", "heroku", "kubernetes", "openstack", "random"))}


def test_names_paths_and_aliases() -> None:
    module = Module()
    module.add(
        "main.tf",
        Block("provider", ("openstack",), body(alias="two")),
        Block("variable", ("n",), body(description="How many.", type=expr("number"))),
        Block("locals", (), body(a=template(FOLDER, "/x.sh"), b=expr("f(", ref("local.a"), ")"))),
        Block("resource", ("t", "x"), body(provider=ref("openstack.two"), count=ref("var.n"), path=FOLDER)),
        Block("check", ("c",), body(Block("data", ("t", "inner"), body(a=1)), a=ref("t.x", "[0].id"))),
    )
    written = hcl.write(nested(module, "north_", "north"))["main.tf"]
    for line in (
        'alias = "north_two"',
        'variable "north_n"',
        'north_a = "${path.module}/north/x.sh"',
        "north_b = f(local.north_a)",
        'resource "t" "north_x"',
        "openstack.north_two",
        "= var.north_n",
        '"${path.module}/north"',
        'data "t" "north_inner"',
        "t.north_x[0].id",
    ):
        assert line in written, written


def test_values_for_variables() -> None:
    module = Module()
    module.add(
        "variables.tf",
        Block("variable", ("a",), body(description="A.", type=expr("string"))),
        Block("variable", ("b",), body(Attribute("default", 1), description="B.")),
        Block("variable", ("c",), body(description="C.")),
    )
    module.add("main.tf", Block("locals", (), body(c=1, all=(ref("var.a"), ref("var.b"), ref("var.c")))))
    made, locals_ = with_values(module, {"a": "x${y}", "b": 2}, ["c"])
    assert locals_ == {"c": "given_c"}
    written = "".join(hcl.write(made).values())
    assert 'default     = "x$${y}"' in written
    assert "default     = 2" in written
    items = [line.strip() for line in written.splitlines() if line.endswith(",")]
    assert items == ["var.a,", "var.b,", "local.given_c,"]
    assert 'variable "c"' not in written
