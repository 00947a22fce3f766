"""``moved`` blocks, in every form that a module is written in."""

from __future__ import annotations

import json

from camp2iac.synth import hcl, moves
from camp2iac.synth import json as json_writer
from camp2iac.synth.check import check
from camp2iac.synth.module import Block, Module, body, ref
from camp2iac.synth.namespacing import nested

ONE = Block("resource", ("t_machine", "database"), first="database-1")
SEVERAL = Block("resource", ("t_machine", "web"), body(for_each=ref("local.web_machines")), first="web-1")
OTHER = Block("resource", ("t_group", "web"))


def made() -> Module:
    module = Module()
    module.add("main.tf", Block("locals", body=body(web_machines={"web-1": 1})), ONE, SEVERAL, OTHER)
    module.add("moved.tf", *moves.blocks([ONE, SEVERAL, OTHER], "Why."))
    return module


def test_hcl() -> None:
    assert hcl.write(made())["moved.tf"] == (
        """\
# Why.
moved {
  from = t_machine.database["database-1"]
  to   = t_machine.database
}

moved {
  from = t_machine.web
  to   = t_machine.web["web-1"]
}
"""
    )


def test_json() -> None:
    assert json.loads(json_writer.write(made())["moved.tf.json"]) == {
        "moved": [
            {"//": "Why.", "from": 't_machine.database["database-1"]', "to": "t_machine.database"},
            {"from": "t_machine.web", "to": 't_machine.web["web-1"]'},
        ]
    }


def test_under_other_names() -> None:
    text = hcl.write(nested(made(), "north_", "north"))["moved.tf"]
    assert 'from = t_machine.north_database["database-1"]' in text
    assert "from = t_machine.north_web\n" in text


def test_they_refer_to_what_is_there() -> None:
    module = made()
    assert check(module, {}) == []
    module.files["main.tf"].remove(ONE)
    assert "is not declared" in str(check(module, {})[0])
