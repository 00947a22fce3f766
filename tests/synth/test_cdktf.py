"""The CDKTF writer: the same module, block for block."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Module, body, expr, ref, template

pytest.importorskip("cdktf", reason="needs cdktf")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1")


def sample() -> Module:
    module = Module(headers={"main.tf": "Generated."})
    required = body(random={"source": "hashicorp/random", "version": "~> 3.6"})
    module.add(
        "versions.tf",
        Block("terraform", body=body(Block("required_providers", body=required), required_version=">= 1.5")),
    )
    module.add("main.tf", Block("provider", ("random",)), Block("provider", ("random",), body(alias="other")))
    module.add(
        "main.tf",
        Block("variable", ("key",), body(Attribute("default", None), type=expr("string"), description="${x}")),
        Block("locals", body=(Attribute("a", {"x.y": None, "n": 2**60, "e": {}, "l": ()}),), comment="why"),
        Block("locals", body=body(b=template("$", ref("var.key"), "${z}"))),
        Block(
            "resource",
            ("random_password", "x"),
            body(
                Block("lifecycle", body=body(ignore_changes=(expr("length"),))),
                provider=ref("random.other"),
                length=16,
                keepers={"a.b": "${c}"},
                depends_on=(ref("random_id.x"),),
            ),
            comment="camp.yaml: x",
        ),
        Block("resource", ("random_id", "x"), body(byte_length=4)),
        Block("data", ("openstack_images_image_v2", "x"), body(name="debian")),
        Block("output", ("x",), body(value=ref("random_password.x", ".result"), sensitive=True)),
    )
    return module


def test_block_for_block() -> None:
    from camp2iac.synth import cdktf

    found = json.loads(cdktf.write(sample())["cdk.tf.json"])
    expected: dict[str, Any] = json_writer.document(sample().blocks(), comments=False)
    first, second = expected["locals"]
    expected["locals"] = {**first, **second}
    expected["locals"]["a"]["n"] = f"${{{2**60}}}"
    assert found == expected
    assert found["variable"]["key"] == {"default": None, "type": "string", "description": "${x}"}


def test_the_same_bytes_twice() -> None:
    from camp2iac.synth import cdktf

    assert cdktf.write(sample()) == cdktf.write(sample())
