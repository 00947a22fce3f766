"""The README's sections that the module tells."""

from __future__ import annotations

from camp2iac.synth.module import Block, Module, body, ref
from camp2iac.synth.readme import makes, text, variables


def test_what_it_makes() -> None:
    module = Module()
    module.add(
        "main.tf",
        Block("resource", ("openstack_compute_instance_v2", "database")),
        Block("resource", ("random_password", "x")),
        Block("resource", ("openstack_compute_instance_v2", "web"), body(for_each=ref("local.web_machines"))),
        Block("resource", ("openstack_networking_secgroup_rule_v2", "out"), body(for_each={"a|b": 1})),
        Block("data", ("openstack_images_image_v2", "x")),
    )
    assert makes(module) == (
        "## What it makes\n\n| What | Which |\n|---|---|\n"
        "| compute instance | `database`, `web`, one for each of `local.web_machines` |\n"
        "| password | `x` |\n"
        '| networking secgroup rule | `out`, one for each of `{ "a\\|b" = 1 }` |'
    )


def test_variables() -> None:
    module = Module()
    module.add(
        "variables.tf",
        Block("variable", ("a",), body(description="What *it* says.\n| <b>", default="x`y")),
        Block("variable", ("b",), body(description="Asked.")),
        Block("variable", ("c",), body(default="hunter2", sensitive=True)),
        Block("variable", ("d",), (*body(), *body())),
    )
    assert variables(module) == (
        "## Variables\n\n| Variable | Default | What it is |\n|---|---|---|\n"
        '| `a` | ``"x`y"`` | What \\*it\\* says. \\| \\<b\\> |\n'
        "| `b` | none: it must be given | Asked. |\n"
        "| `c` | a secret |  |\n"
        "| `d` | none: it must be given |  |"
    )


def test_nothing_to_say() -> None:
    assert (makes(Module()), variables(Module())) == ("", "")


def test_data_shows_as_it_is() -> None:
    assert text("a\u202e_b_\x07 [c](d)") == "a \\_b\\_  \\[c\\](d)"
