"""One plan on several platforms: the same names, a report side by side, and a third party's platform."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.compiler import in_process

from camp2iac.cli import run
from heroku.support_heroku import EXAMPLES

BOTH = sorted(path.parent.parent for path in EXAMPLES.glob("*/infra/heroku"))

THEIRS = '''\
from camp2iac.targets.api import Block, Lowered, Module, body


class Shelf:
    """Puts every component on a shelf."""

    name, title = "shelf", "A shelf"
    environment_schema = {"type": "object", "additionalProperties": False, "properties": {"board": {"type": "string"}}}

    def lower(self, topology, context):
        module = Module()
        for component in topology.components.values():
            context.ledger.keep(component.statement, "on the shelf")
            module.add("shelf.tf", Block("output", (component.id,), body(value=context.environment.get("board"))))
        return Lowered(module, (), "A shelf.")
'''


def names(folder: Path, kind: str) -> set[str]:
    text = "".join(path.read_text() for path in sorted(folder.glob("*.tf")))
    return set(re.findall(rf'^{kind} "(\w+)"', text, re.M))


@pytest.mark.parametrize("example", BOTH, ids=lambda each: each.name)
def test_what_operators_turn_and_read_is_called_the_same(example: Path) -> None:
    """Parameters, counts of scaled tiers and URLs have the same names. Other names are the platform's.

    A parameter whose value the compiler needs is no variable. The README has its value.
    """
    openstack, heroku = example / "infra" / "openstack", example / "infra" / "heroku"
    plan = (example / "camp.yaml").read_text()
    parameters = re.findall(r"^  (\w+):.*default", plan.partition("org.camp2iac:Parameters:")[2], re.M)
    for name in parameters:
        turned = {folder for folder in (openstack, heroku) if name in names(folder, "variable")}
        compiled = {folder for folder in (openstack, heroku) if f"| {name} |" in (folder / "README.md").read_text()}
        assert turned | compiled == {openstack, heroku}, f"{name} is neither a variable nor a value in the README"
        assert heroku in turned or openstack in compiled, f"{name} is a variable on OpenStack only"
    processes = "".join(re.findall(r"org.camp2iac:Process\n(.*?)(?=- requirement_type|\n\n)", plan, re.DOTALL))
    of_processes = {f"{tier}_count" for tier in re.findall(r"\btier: (\w+)", processes)}  # Heroku: COMPONENT_TYPE_count
    counts = {name for name in names(openstack, "variable") if name.endswith("_count")} - of_processes
    assert counts <= names(heroku, "variable")
    urls = {name for name in names(openstack, "output") if name.endswith("_url")}
    assert urls <= names(heroku, "output")
    assert urls, "it answers nowhere"


@pytest.mark.parametrize("example", BOTH, ids=lambda each: each.name)
def test_the_report_sets_both_side_by_side(example: Path) -> None:
    given = [each for name in ("openstack", "heroku") for each in ("-e", str(example / f"environments/{name}.yaml"))]
    plan = example / "camp.yaml"
    report = json.loads(in_process("port", plan, "--target", "openstack,heroku", *given, "--output", "json"))
    assert report["statements"]
    for row in report["statements"]:
        assert {"openstack", "heroku"} == row["outcomes"].keys(), row["says"]
        for entry in row["outcomes"].values():
            assert entry["outcome"] in ("kept", "degraded", "lost")
            assert entry["outcome"] == "kept" or entry["why"]


def test_a_platform_of_a_third_party(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A package with a class and an entry point. Nothing else refers to it."""
    (tmp_path / "the_shelf.py").write_text(THEIRS)
    (tmp_path / "shelf-1.dist-info").mkdir()
    (tmp_path / "shelf-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf\nVersion: 1\n")
    (tmp_path / "shelf-1.dist-info" / "entry_points.txt").write_text("[camp2iac.targets]\nshelf = the_shelf:Shelf\n")
    (tmp_path / "oak.yaml").write_text("target: shelf\nboard: oak\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "shelf" in in_process("targets")
    plan = str(EXAMPLES / "guestbook" / "camp.yaml")
    in_process("synth", plan, "-e", tmp_path / "oak.yaml", "-o", tmp_path / "out")
    assert 'value = "oak"' in (tmp_path / "out" / "shelf.tf").read_text()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("target: shelf\nbaord: oak\n")
    assert run(["validate", plan, "-e", str(wrong)]) == 1
    assert "board" in capsys.readouterr().out
    assert "on the shelf" in in_process("port", plan, "--target", "shelf,heroku")
