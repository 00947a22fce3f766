"""Renamed parts: how names are read, and their ``moved`` blocks in every form that a module is written in."""

from __future__ import annotations

import json

import pytest

from camp2iac.synth import cdktf, hcl
from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Module, body, expr, ref, template
from camp2iac.synth.namespacing import nested
from camp2iac.synth.renames.labels import Vocabulary, Words, readings
from camp2iac.synth.renames.merge import CompiledModule, Merged, merge

WEB, NET = Words.of(["web", "middle", "front"]), Words.of(["edge", "outer"])


def _compiled(tier: str, network: str) -> CompiledModule:
    module = Module()
    numbers = expr("{ for n in range(1, 3) : ", template(f"{tier}-", expr("n")), " => n }")
    machine = Block(
        "resource",
        ("t_machine", tier),
        body(for_each=ref(f"local.{tier}_machines"), name=template("shop-", expr("each.key")), told=f"/opt/{tier}"),
        first=f"{tier}-1",
    )
    module.add("main.tf", Block("locals", body=(Attribute(f"{tier}_machines", numbers),)), machine)
    module.add("main.tf", Block("resource", ("t_port", f"{tier}_{network}"), body(to=ref(f"t_machine.{tier}", ".id"))))
    return CompiledModule(module, (), {f"{tier}-1": 2})


@pytest.fixture
def merged() -> Merged:
    return merge(
        _compiled("web", "edge"), _compiled("front", "outer"), Vocabulary((WEB, NET)), ("web was web", "net was edge")
    )


def test_every_reading() -> None:
    found = readings("web_web_edge", Vocabulary((WEB, NET)))
    assert found[0].chain((WEB, NET))[0] == "web_web_edge"
    assert "front_front_outer" in {each.chain((WEB, NET))[-1] for each in found}


def test_values_stay_and_addresses_follow(merged: Merged) -> None:
    text = hcl.write(merged.module)["main.tf"]
    assert 'resource "t_machine" "front"' in text
    assert '"/opt/web"' in text
    assert '"shop-web-${each.value}"' in text
    assert '"front-${n}" => n' in text
    assert "t_machine.front.id" in text
    assert merged.different == ()


def test_chains(merged: Merged) -> None:
    ends = [
        tuple(f"{each.address}{each.path}" for each in (block.get("from"), block.get("to")))  # type: ignore[union-attr]
        for block in merged.module.files["moved.tf"]
    ]
    assert ends[:2] == [("t_machine.web", "t_machine.middle"), ("t_machine.middle", "t_machine.front")]
    assert ('t_machine.front["web-2"]', 't_machine.front["middle-2"]') in ends
    assert ('t_machine.front["middle-2"]', 't_machine.front["front-2"]') in ends
    assert len({start for start, _ in ends}) == len({end for _, end in ends}) == len(ends)
    assert merged.moves["t_port.middle_edge"] == "t_port.front_outer"


def test_every_form(merged: Merged) -> None:
    written = json.loads(json_writer.write(merged.module)["moved.tf.json"])["moved"]
    assert written[0]["from"] == "t_machine.web"
    assert "from = t_machine.north_web\n" in hcl.write(nested(merged.module, "north_", "north"))["moved.tf"]


@pytest.mark.slow
def test_cdktf(merged: Merged) -> None:
    (text,) = [text for name, text in cdktf.write(merged.module, stack="shop").items() if name.endswith(".tf.json")]
    found = json.loads(text)["moved"]
    assert {"from": "t_machine.web", "to": "t_machine.middle"} in found
    assert len(found) == len(merged.module.files["moved.tf"])
