"""What a change does, as the source map of a case with releases tells it."""

from __future__ import annotations

import json
from pathlib import Path

from camp2iac.diagnostics import Span
from camp2iac.synth.impact import effects
from camp2iac.synth.module import Attribute, Block, Module, body, expr, ref

CASE = Path(__file__).parents[1] / "cases/content/release/expected/openstack/.camp2iac.json"
WEB, DATABASE = "openstack_compute_instance_v2.web", "openstack_compute_instance_v2.database"


def test_releases_rerun_and_scripts_replace() -> None:
    found = json.loads(CASE.read_text())["effects"]
    for name in ("local.web_sha256", "local.web_environment", "local.web_variables"):
        assert found[name]["reruns"] == [WEB]
        assert WEB not in found[name].get("replaces", ())
    assert found["cloud-init/web.install.sh"] == {"replaces": [WEB]}
    assert found["cloud-init/web.build.sh"] == {"replaces": [WEB]}
    assert DATABASE in found["local.sample_sha256"]["replaces"], "by way of the address that it fetches"
    assert found[WEB]["ignores"] == ["image_id", "scheduler_hints"]
    assert "user_data" in found[WEB]["replaces"]
    assert "flavor_name" not in found[WEB]["replaces"]


def test_what_is_ignored_does_nothing() -> None:
    ignored = Block("lifecycle", body=(Attribute("ignore_changes", (expr("user_data"),)),))
    machine = Block("resource", ("openstack_compute_instance_v2", "web"), body(ignored, user_data=ref("local.told")))
    told = Block("locals", body=(Attribute("told", "x"),), origin=Span("camp.yaml", 1, 1, 1, 1))
    module = Module({"web.tf": [told, machine]})
    assert effects(module) == {WEB: {"ignores": ["user_data"]}}
