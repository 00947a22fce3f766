"""A module that does not hold together is found out, with the address of the block."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from camp2iac.synth import providers
from camp2iac.synth.check import check
from camp2iac.synth.module import Attribute, Block, Commented, Module, Value, body, call, expr, ref, template
from camp2iac.synth.providers import Table, record
from tests.support.terraform import Terraform

RULE = "openstack_networking_secgroup_rule_v2"
PORT = "openstack_networking_port_v2"


def module(*blocks: Block) -> Module:
    result = Module()
    required = {name: Attribute(name, {"source": source}) for name, source in record.SOURCES.items()}
    result.add("versions.tf", Block("terraform", body=(Block("required_providers", body=tuple(required.values())),)))
    result.add("main.tf", *blocks)
    return result


def problems(*blocks: Block) -> list[str]:
    return [str(problem) for problem in check(module(*blocks))]


def password(*items: Attribute | Block, **arguments: Value) -> Block:
    return Block("resource", ("random_password", "x"), body(*items, **{"length": 32, **arguments}))


def test_a_sound_module() -> None:
    assert (
        problems(
            Block("provider", ("openstack",), body(region="RegionOne")),
            Block("provider", ("openstack",), body(alias="north", region="North")),
            Block("variable", ("n",), body(type=expr("number"), default=2)),
            Block("locals", body=(Attribute("a", ref("var.n")), Attribute("b", {"x": Commented(ref("local.a"), "x")}))),
            Block("data", ("openstack_networking_network_v2", "x"), body(name="public", external=True)),
            Block(
                "resource",
                (PORT, "x"),
                body(
                    Block("fixed_ip", body=body(subnet_id="x")),
                    Block("dynamic", ("fixed_ip",), body(Block("content", body=body(subnet_id="y")), for_each=("y",))),
                    Block("timeouts", body=body(create="10m")),
                    Block("lifecycle", body=body(prevent_destroy=True)),
                    provider=ref("openstack.north"),
                    for_each={"a": 1},
                    network_id=ref("data.openstack_networking_network_v2.x", ".id"),
                    admin_state_up="true",
                    security_group_ids=call("concat", ("a",), ("b",)),
                ),
            ),
            password(keepers={"port": ref(f"{PORT}.x", '["a"].id'), "n": 1}, special=False, length="32"),
            Block("resource", ("terraform_data", "x"), body(input=ref("random_password.x", ".result"))),
            Block("output", ("x",), body(value=ref(f"{PORT}.x", "[each.key].fixed_ip[0].ip_address"))),
        )
        == []
    )


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (
            [Block("resource", ("random_pasword", "x"))],
            "random_pasword.x: the provider has no resource type random_pasword",
        ),
        ([Block("data", ("heroku_x", "x"))], "data.heroku_x.x: the provider has no data source heroku_x"),
        ([Block("resource", ("aws_x", "x"))], "aws_x.x: the provider aws is not in required_providers"),
        ([password(), password()], "random_password.x: is declared twice"),
        ([Block("locals", body=body(a=1)), Block("locals", body=body(a=2))], "local.a: is declared twice"),
        ([Block("provider", ("random",)), Block("provider", ("random",))], "provider.random: is declared twice"),
        ([Block("resource", ("random_password",))], "resource: a resource block has 2 labels, not 1"),
        ([Block("variable", ("a b",))], "var.a b: 'a b' is not a name: letters, digits, _ and -, a letter or _ first"),
        ([Block("resource", ("random_password", "x"))], "random_password.x: length is required"),
        ([password(length=expr("null"))], "random_password.x: length is required"),
        ([password(lenght=3)], "random_password.x: lenght is not an argument here"),
        ([password(result="x")], "random_password.x: result is set by the provider"),
        ([password(Attribute("length", 3))], "random_password.x: length is set twice"),
        ([password(length="many")], "random_password.x: length: the string 'many' is not a number"),
        ([password(length=True)], "random_password.x: length: a bool is not a number"),
        ([password(special="no")], "random_password.x: special: the string 'no' is not a bool"),
        ([password(keepers=("a",))], "random_password.x: keepers: a list is not a map"),
        ([password(keepers={"a": {"b": 1}})], "random_password.x: keepers: ['a']: an object is not a string"),
        ([password(override_special=("a",))], "random_password.x: override_special: a list is not a string"),
        (
            [Block("resource", ("random_shuffle", "x"), body(input=template("a", ref("random_shuffle.x", ".id"))))],
            "random_shuffle.x: input: a string is not a list",
        ),
        ([password(Block("keepers"))], "random_password.x: keepers is an argument, not a block"),
        ([password(Block("keeper"))], "random_password.x: keeper is not a block here"),
        (
            [Block("resource", (PORT, "x"), body(network_id="n", fixed_ip={"subnet_id": "x"}))],
            f"{PORT}.x: fixed_ip is a block, not an argument",
        ),
        (
            [Block("resource", (PORT, "x"), body(Block("binding"), Block("binding"), network_id="n"))],
            f"{PORT}.x: binding: at most 1 blocks are allowed, not 2",
        ),
        (
            [Block("resource", (PORT, "x"), body(Block("fixed_ip", body=body(adress="x")), network_id="n"))],
            f"{PORT}.x: fixed_ip.adress is not an argument here",
        ),
        (
            [Block("resource", ("heroku_build", "x"), body(app_id="x"))],
            "heroku_build.x: source: at least 1 blocks are required, not 0",
        ),
        ([Block("output", ("x",), body(value=ref("var.x")))], "output.x: refers to var.x, which is not declared"),
        (
            [Block("output", ("x",), body(value=template("a", expr("f(", ref("local.y", ".z"), ")"))))],
            "output.x: refers to local.y.z, which is not declared",
        ),
        (
            [password(), Block("output", ("x",), body(value=ref("random_password.x", ".resul")))],
            "output.x: refers to random_password.x.resul, but random_password has no resul",
        ),
        ([password(provider=ref("random.other"))], "random_password.x: refers to random.other, which is not declared"),
    ],
)
def test_faults(blocks: list[Block], expected: str) -> None:
    assert problems(*blocks) == [expected]


def test_facts_of_an_annotated_table() -> None:
    table = Table(
        {
            "configuration": {},
            "resources": {
                "x_rule": {
                    "arguments": {
                        "direction": ["r", "string", {"one_of": ["ingress", "egress"]}],
                        "group": ["o", "string", {"conflicts_with": ["prefix"]}],
                        "prefix": ["o", "string", {"conflicts_with": ["group"]}],
                    }
                }
            },
            "data_sources": {},
        }
    )
    made = Module(files={"main.tf": [Block("resource", ("x_rule", "x"), body(direction="in", group="a", prefix="b"))]})
    assert [problem.message for problem in check(made, {"x": table})] == [
        "direction: 'in' is not one of ingress, egress",
        "group and prefix exclude each other",
    ]


def test_it_is_fast() -> None:
    made = module(*(Block("resource", (PORT, f"x{i}"), body(network_id="n")) for i in range(100)))
    fastest = min(timed(made) for _ in range(5))
    assert fastest < 0.05


def timed(made: Module) -> float:
    start = time.perf_counter()
    assert check(made) == []
    return time.perf_counter() - start


@pytest.mark.terraform
def test_the_tables_are_the_providers(terraform: Terraform, tmp_path: Path) -> None:
    if not terraform.real or shutil.which("terraform") is None:
        pytest.skip(f"needs `terraform` and the real providers; here is {terraform.says}")
    record.main(["--date", "2026-01-01", "--output", str(tmp_path)])
    for name in record.SOURCES:
        kept = providers.load(name)
        assert kept
        found = json.loads((tmp_path / f"{name}.json").read_bytes())
        assert {**kept.data, "recorded": ""} == {**found, "recorded": ""}
