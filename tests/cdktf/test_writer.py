"""The CDKTF writer: the same module, block for block."""

from __future__ import annotations

import json
import time
from typing import Any

from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Module, body, expr, ref, template


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

    files = cdktf.write(sample(), "shop")
    assert sorted(files) == ["cdktf.out/manifest.json", "cdktf.out/stacks/shop/cdk.tf.json"]
    found = json.loads(files["cdktf.out/stacks/shop/cdk.tf.json"])
    expected: dict[str, Any] = json_writer.document(sample().blocks(), comments=False)
    first, second = expected["locals"]
    expected["locals"] = {**first, **second}
    expected["locals"]["a"]["n"] = f"${{{2**60}}}"
    own = {"resource": ("random_password", "random_id"), "data": ("openstack_images_image_v2",)}
    for kind, type_ in ((kind, type_) for kind, types in own.items() for type_ in types):
        assert found[kind][type_]["x"].pop("//")["metadata"]["uniqueId"] == "x"
    assert found.pop("//") == {
        "metadata": {"backend": "local", "stackName": "shop"},
        "outputs": {"shop": {"output.x": "x"}},
    }
    assert found == expected
    assert found["variable"]["key"] == {"default": None, "type": "string", "description": "${x}"}


def test_nothing_of_this_machine_or_release() -> None:
    from camp2iac.synth import cdktf

    library = cdktf.library()
    text = "".join(cdktf.write(sample(), "stack").values())
    assert cdktf.write(sample(), "stack") == cdktf.write(sample(), "stack")
    version = __import__("importlib.metadata").metadata.version(library.__name__)
    assert version not in text
    assert "/tmp" not in text
    assert "overrides" not in text


def test_writing_takes_linear_time() -> None:
    from camp2iac.synth import cdktf

    def seconds(count: int) -> float:
        module = Module()
        for number in range(count):
            module.add("x.tf", Block("resource", ("random_password", f"x{number}"), body(length=16)))
        start = time.process_time()
        assert cdktf.write(module, "stack")["cdktf.out/stacks/stack/cdk.tf.json"].count('"length"') == count
        return time.process_time() - start

    cdktf.write(sample(), "stack")  # Node has started
    assert seconds(1000) < 8 * seconds(200)  # 5 times the resources


def test_a_backend() -> None:
    from camp2iac.synth import cdktf

    workspaces = Block("workspaces", body=body(name="${prod}"))
    for block in (
        Block("backend", ("s3",), body(bucket="b", endpoints={"s3": "https://o.example.org"})),
        Block("cloud", (), (Attribute("organization", "o"), workspaces)),
    ):
        module = sample()
        module.add("backend.tf", Block("terraform", (), (block,)))
        (text,) = [text for file, text in cdktf.write(module, "shop").items() if file.endswith("cdk.tf.json")]
        found, wanted = json.loads(text)["terraform"], json_writer.document(module.files["backend.tf"])["terraform"]
        assert {key: found[key] for key in wanted} == wanted
        assert found["required_version"] == ">= 1.5"
        assert ("backend" in found) == (block.type == "backend")
