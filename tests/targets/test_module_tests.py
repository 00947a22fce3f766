"""The tests that outputs contain, as text: what they set, refuse and compare."""

from __future__ import annotations

import re

import pytest

from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Block, Module, Value, body, call, expr, ref, template
from camp2iac.targets.kit import blocks
from camp2iac.targets.kit.variables import validation, variable, whole
from camp2iac.targets.module_tests import FILE, ModuleTests, rules, values, write


def module(*found: Block, providers: tuple[str, ...] = ("nomad",), **aliases: str) -> Module:
    sources = {name: {"source": f"hashicorp/{name}"} for name in providers}
    head = Block("terraform", body=(Block("required_providers", body=body(**sources)),))
    configured = [Block("provider", (name,), body(alias=alias)) for name, alias in aliases.items()]
    return Module({"versions.tf": [head], "providers.tf": configured, "main.tf": list(found)})


def text(*found: Block, given: ModuleTests | None = None, **more: str) -> str:
    return write(module(*found, **more), given or ModuleTests())[FILE]


def run(written: str, name: str) -> str:
    (found,) = re.findall(rf'^run "{name}" \{{\n(.*?)^\}}', written, re.MULTILINE | re.DOTALL)
    return str(found)


def number(name: str, default: int | None, condition: Value) -> Block:
    return variable(name, "A number.", "number", default, validation(condition, "No."))


def string(name: str, *conditions: Value, default: str | None = None, sensitive: bool = False) -> Block:
    checks = [validation(condition, "No.") for condition in conditions]
    return variable(name, "A string.", "string", default, *checks, sensitive=sensitive)


COUNT = number("web_count", 2, whole("web_count", 1, 4))
MACHINES = Block("locals", body=body(web=blocks.numbered("web", ref("var.web_count"))))


def test_everything_with_a_number_scales() -> None:
    written = text(
        COUNT,
        MACHINES,
        blocks.resource("nomad_volume", "web", for_each=ref("local.web")),
        blocks.resource("nomad_job", "web", for_each=blocks.numbered("web", ref("var.web_count"))),
        blocks.resource("nomad_job", "other", for_each=blocks.numbered("other", 3)),
        blocks.resource("nomad_pool", "web", count=ref("var.web_count")),
        blocks.resource("nomad_group", "web", quantity=ref("var.web_count")),
    )
    most = run(written, "scales_to_the_maximum")
    assert "    web_count = 4\n" in most
    compared = re.findall(r"^      (.*) == 4,$", most, re.MULTILINE)
    assert compared == [
        "nomad_group.web.quantity",
        "length(nomad_job.web)",
        "length(nomad_pool.web)",
        "length(nomad_volume.web)",
    ]
    assert "    web_count = 1\n" in run(written, "scales_to_the_minimum")
    assert "    web_count = 5\n" in run(written, "refuses_more_than_the_maximum")
    assert "    web_count = 0\n" in run(written, "refuses_less_than_the_minimum")
    assert "    web_count = 1.5\n" in run(written, "refuses_fractions")
    assert "expect_failures = [var.web_count]" in run(written, "refuses_fractions")


def test_the_minimum_is_not_planned_twice() -> None:
    least = number("web_count", 1, whole("web_count", 1, 4))
    written = text(least, blocks.resource("nomad_pool", "web", count=ref("var.web_count")))
    assert "scales_to_the_minimum" not in written
    assert "scales_to_the_maximum" in written


def test_a_number_that_counts_nothing_is_only_refused() -> None:
    written = text(number("port", 80, whole("port", 1, 65535)))
    assert "scales" not in written
    assert "    port = 65536\n" in run(written, "refuses_more_than_the_maximum")


def test_zero_beside_the_bounds() -> None:
    this = ref("var.web_count")
    count = number("web_count", 2, expr(this, " == 0 || (", whole("web_count", 1, 3), ")"))
    written = text(count, blocks.resource("nomad_group", "web", quantity=this))
    assert "    web_count = 0\n" in run(written, "scales_to_the_minimum")
    assert "    web_count = -1\n" in run(written, "refuses_less_than_the_minimum")


@pytest.mark.parametrize(
    ("condition", "refused"),
    [
        (call("contains", ("de", "en"), ref("var.x")), '"other"'),
        (call("contains", ("other", "en"), ref("var.x")), '"another"'),
        (expr('contains([\n  "s", "m",\n], lower(', ref("var.x"), "))"), '"other"'),
        (call("can", call("regex", "^[a-z]+$", ref("var.x"))), '"Not valid!"'),
        (call("can", call("regex", "^.+$", ref("var.x"))), '""'),
        (expr(call("can", call("regex", "^[!#-~]+$", ref("var.x")))), '"Not valid!"'),
        (expr("can(cidrnetmask(", ref("var.x"), "))"), '"192.0.2.0/33"'),
        (call("can", call("regex", "", ref("var.x"))), None),  # nothing is refused
        (call("can", call("regex", "[[:alpha:]]", ref("var.x"))), None),  # Python reads it as something else
        (call("can", call("regex", "(", ref("var.x"))), None),
        (call("can", call("regex", "^.{0,40}$", ref("var.x"))), f'"{"~" * 256}"'),
        (expr('contains(["\\U0001f600"], lower(', ref("var.x"), "))"), None),
        (call("contains", (ref("local.a"),), ref("var.x")), None),
        (expr(ref("var.x"), ' != "no"'), None),
        (call("contains", ("de",), ref("var.y")), None),
    ],
)
def test_what_validations_refuse(condition: Value, refused: str | None) -> None:
    written = text(string("x", condition, default="de"))
    if refused is None:
        assert "refuses" not in written
    else:
        assert f"    x = {refused}\n" in run(written, "refuses_other_values")
        assert "expect_failures = [var.x]" in written


def test_each_validation_of_a_variable_has_a_run() -> None:
    listed, pattern = (
        call("contains", ("a", "b", "1"), ref("var.x")),
        call("can", call("regex", "^[a-z]$", ref("var.x"))),
    )
    written = text(string("x", listed, pattern, default="a"))
    assert 'x = "other"' in run(written, "refuses_other_values")
    assert 'x = "Not valid!"' in run(written, "refuses_other_values_2")


def test_a_boolean_that_is_fixed() -> None:
    fixed = variable("x", "A switch.", "bool", True, validation(call("contains", (True,), ref("var.x")), "No."))
    assert "    x = false\n" in run(text(fixed), "refuses_other_values")


def test_values_that_terraform_asks_for() -> None:
    written = text(
        string("zone", call("contains", ("north", "south"), ref("var.zone"))),
        string("external_network"),
        string("token", call("can", call("regex", "^[!#-\\[\\]-~]+$", ref("var.token"))), sensitive=True),
        string("hash", call("can", call("regex", "^[0-9a-f]{64}$", ref("var.hash")))),
        string("url", call("can", call("regex", "^https?://[a-z.]+$", ref("var.url")))),
        number("size", None, whole("size", 3, 5)),
        variable("many", "Strings.", "list(string)", None),
        variable("on", "A switch.", "bool", None),
    )
    (given,) = re.findall(r"^variables \{\n(.*?)^\}", written, re.MULTILINE | re.DOTALL)
    assert dict(re.findall(r"^  (\w+) += (.*)$", given, re.MULTILINE)) == {
        "zone": '"north"',
        "external_network": '"mocked-external-network"',
        "token": f'"{values.SECRET}"',
        "hash": f'"{"0" * 64}"',
        "url": '"https://example.org"',
        "size": "3",
        "many": "[]",
        "on": "true",
    }


def test_a_value_that_is_not_known_is_named() -> None:
    written = text(string("code", call("can", call("regex", "^x{3}-y{3}$", ref("var.code")))), string("zone"))
    assert "# Set TF_VAR_code: no value is known that the validations allow.\nvariables {" in written
    assert "mocked-code" not in written


def test_mocks_only_for_data_sources_that_the_module_has() -> None:
    quota = {"nomad_quota": {"cores": -1}, "nomad_limit": {"cores": -1}}
    inside = Block("check", ("quota",), (blocks.data("nomad_quota", "all"),))
    written = text(inside, given=ModuleTests({"nomad": quota}), nomad="north")
    assert written.count('mock_provider "nomad" {\n') == 2
    assert '  alias = "north"\n' in written
    assert written.count('  mock_data "nomad_quota" {\n    defaults = { cores = -1 }\n  }\n') == 2
    assert "nomad_limit" not in written
    assert "providers =" not in written


def test_mocks_only_for_resources_that_the_module_has() -> None:
    """OpenTofu makes up what a resource computes when it plans."""
    made = {"nomad_job": {"id": "0"}, "nomad_pool": {"id": "1"}}
    data = blocks.data("nomad_pool", "all")
    written = text(blocks.resource("nomad_job", "web"), data, given=ModuleTests(resources={"nomad": made}))
    assert written.count('  mock_resource "nomad_job" {\n    defaults = { id = "0" }\n  }\n') == 1
    assert "  # With the values that OpenTofu makes up, the plan would fail.\n  mock_resource" in written
    assert "mock_resource" not in text(data, given=ModuleTests(resources={"nomad": made}))
    assert 'mock_resource "nomad_pool"' not in written


def test_what_a_target_adds() -> None:
    check = Block("assert", body=body(condition=expr("length(nomad_job.web) == 2"), error_message="No."))
    given = ModuleTests(at_maximum={"size": "large", "gone": 1}, asserts=(check,))
    job = blocks.resource("nomad_job", "web", for_each=ref("local.web"))
    written = text(COUNT, string("size", default="small"), MACHINES, job, given=given)
    assert "length(nomad_job.web) == 2" in run(written, "plans_with_default_values")
    assert '    size      = "large"\n' in run(written, "scales_to_the_maximum")
    assert "gone" not in written


def test_a_child_module_passes_its_providers() -> None:
    source = {"source": "hashicorp/nomad", "configuration_aliases": (expr("nomad.north"),)}
    head = Block("terraform", body=(Block("required_providers", body=body(nomad=source)),))
    written = write(Module({"versions.tf": [head]}), ModuleTests())[FILE]
    assert "  providers = {\n    nomad       = nomad\n    nomad.north = nomad.north\n  }\n" in written


@pytest.mark.parametrize("pattern", [r"^(.+)+%$", r"^(\w+-?)+!$", r"^(0|0)*y$"])
def test_patterns_cost_little(pattern: str) -> None:
    written = text(string("x", call("can", call("regex", pattern, ref("var.x")))))
    assert "Set TF_VAR_x" in written
    assert "expect_failures = [var.x]" in written


def test_strings_are_data() -> None:
    odd = string("x", call("contains", ("${file(1)}", '"'), ref("var.x")))
    assert f"  x = {code('${file(1)}')}\n" in text(odd)


def test_rules_of_a_local_template_are_unknown() -> None:
    assert rules.of(string("x", expr("length(", template(ref("var.x"), "y"), ") > 3"))) == ()
