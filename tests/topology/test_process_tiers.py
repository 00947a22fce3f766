"""Processes with their own tier, number and size, and those of a Procfile."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.topology.model import Compute, Scale, Topology
from tests.topology.plans import HEAD, SERVICES, WEB, codes, read

PROCESS = "      - requirement_type: org.camp2iac:Process\n"
PLACED = """\
      - characteristic_type: org.camp2iac:Placement
        region: north
        networks: [front]
        key_pair: operators
        floating: true
        spread: hard
"""
NETWORKS = "org.camp2iac:Networks: { front: {} }\n"


def plan(*processes: str, services: str = SERVICES) -> str:
    return HEAD + WEB + PROCESS + "".join(f"        {line}\n" for line in processes) + services


def test_a_process_with_a_tier_runs_there() -> None:
    topology, _ = read(
        plan("worker: { command: python w.py, tier: Background, scale: { min: 1, initial: 2, max: 4 } }")
    )
    (worker,) = topology.components["web"].processes
    tier = topology.tiers["background"]
    assert (worker.command, worker.on, topology.components["web"].tier) == ("python w.py", "background", "web")
    assert (tier.services, tier.parts, tier.follows) == ((), ("web",), "web")
    assert tier.scale is not None
    assert tier.scale.value == Scale(1, 2, 4)
    assert tier.compute is None


def test_a_number_is_exactly_this_many_and_has_a_tier_of_its_own() -> None:
    topology, _ = read(plan("worker: { command: python w.py, scale: 3 }", "clock: python c.py"))
    assert {one.type: one.on for one in topology.components["web"].processes} == {"clock": "", "worker": "web-worker"}
    assert topology.tiers["web-worker"].scale is not None
    assert topology.tiers["web-worker"].scale.value == Scale(3, 3, 3)


def test_a_new_tier_is_where_the_component_is_and_has_nothing_for_users() -> None:
    services = SERVICES.replace('        version: "[3.9,4)"\n', f'        version: "[3.9,4)"\n{PLACED}') + NETWORKS
    topology, _ = read(plan("worker: { command: python w.py, tier: back }", services=services))
    tier = topology.tiers["back"]
    assert [each and each.value for each in (tier.region, tier.networks, tier.key_pair)] == [
        "north",
        ("front",),
        "operators",
    ]
    assert (tier.floating, tier.spread, tier.balance, tier.ports, tier.volumes) == (None, None, None, (), ())
    assert {each.words for each in topology.statements if "tier" in each.words} == {"Process: worker, tier back"}


def test_a_tier_of_services_decides_about_itself() -> None:
    topology, _ = read(plan("worker: { command: python w.py, tier: database, compute: { cores: 2 } }"))
    tier = topology.tiers["database"]
    assert (tier.services, tier.parts, tier.follows) == (("database",), ("web",), "")
    assert tier.compute is not None
    assert tier.compute.value == Compute(cores=2)


def test_the_main_process_is_scaled_with_its_service() -> None:
    topology, _ = read(plan("web: { command: python web.py, scale: 2, compute: { memory: 1 GiB } }"))
    assert topology.tiers.keys() == {"web", "database"}
    assert topology.tiers["web"].scale is not None
    assert topology.tiers["web"].scale.value == Scale(2, 2, 2)
    assert topology.components["web"].processes[0].on == ""
    assert topology.tiers["web"].parts == ()


def test_the_tier_of_the_service_can_be_named() -> None:
    topology, _ = read(plan("worker: { command: python w.py, tier: web }"))
    assert topology.components["web"].processes[0].on == ""


@pytest.mark.parametrize(
    ("process", "code"),
    [
        ("web: { command: python web.py, tier: front }", "CAMP327"),
        ("release: { command: python r.py, scale: 1 }", "CAMP327"),
        ("worker: { tier: back }", "CAMP328"),
        ("worker: { command: python w.py, scale: { min: 3, max: 2 } }", "CAMP312"),
        ("worker: { command: python w.py, scale: 0 }", "CAMP311"),
        ("worker: { command: python w.py, compute: { memory: lots } }", "CAMP311"),
        ("worker: { command: python w.py, count: 2 }", "CAMP313"),
        ("worker: {}", "CAMP311"),
        ("worker: [python, w.py]", "CAMP311"),
    ],
)
def test_what_a_process_cannot_have(process: str, code: str) -> None:
    assert codes(plan(process)) == [code]


def test_a_service_of_this_name_needs_a_decision() -> None:
    other = SERVICES + "  - id: web-worker\n    characteristics:\n      - characteristic_type: Redis\n"
    assert codes(plan("worker: { command: python w.py, scale: 2 }", services=other)) == ["CAMP327"]


# ---- a Procfile ---------------------------------------------------------------------------------


def of(folder: Path, text: str, procfile: str = "", **contents: str) -> tuple[Topology | None, list[str]]:
    (folder / "app").mkdir()
    for name, content in {"Procfile": procfile, **contents}.items():
        (folder / "app" / name).write_text(content)
    (folder / "camp.yaml").write_text(text)
    compiled = phases.compile(phases.load(folder / "camp.yaml"))
    return compiled.topology, [each.code for each in compiled.diagnostics]


APP = (HEAD + WEB).replace("{ data: cHJpbnQoMSk= }", "{ href: app/ }")
MODULE = {"shop.py": "app = None\n", "w.py": "", "c.py": ""}


def commands(topology: Topology | None) -> dict[str, str]:
    assert topology is not None
    return {each.type: each.command for each in topology.components["web"].processes}


def test_a_procfile_is_another_spelling_of_process(tmp_path: Path) -> None:
    lines = "\ufeffweb: python w.py --web\r\n# no process\nclock:python c.py \nbad\u0007: x\nlog_mover: python w.py\n"
    topology, _ = of(tmp_path, APP + PROCESS + "        clock: python w.py\n" + SERVICES, lines, **MODULE)
    assert commands(topology) == {"web": "python w.py --web", "clock": "python w.py", "log_mover": "python w.py"}
    assert topology is not None
    rows = [each.words for each in topology.statements if each.words.startswith("Process")]
    assert "Process: log_mover, python w.py (Procfile)" in rows


def test_the_plan_places_a_process_of_the_procfile(tmp_path: Path) -> None:
    lines = "web: python w.py\nworker: python c.py\n"
    topology, found = of(tmp_path, APP + PROCESS + "        worker: { tier: back }\n" + SERVICES, lines, **MODULE)
    assert found == []
    assert commands(topology)["worker"] == "python c.py"
    assert topology is not None
    assert topology.tiers["back"].parts == ("web",)


def test_a_server_is_its_own_web_process(tmp_path: Path) -> None:
    text = APP.replace("org.python:src", "org.php:src").replace("com.python:wsgi", "org.php:HostOn")
    text = text.replace("        com.python.wsgi.application: shop/app\n", "")
    services = SERVICES.replace('org.python:version\n        version: "[3.9,4)"', "org.php:runtime")
    topology, _ = of(tmp_path, text + services, "web: heroku-php-apache2\nworker: php w.php\n", **{"index.php": ""})
    assert commands(topology) == {"worker": "php w.php"}


def test_content_of_two_artifacts_has_no_procfile_of_one(tmp_path: Path) -> None:
    second = APP.partition("artifacts:\n")[2].replace("name: web", "name: jobs").replace("id:web", "id:jobs")
    services = SERVICES + "  - id: jobs\n    characteristics:\n      - characteristic_type: org.python:version\n"
    topology, _ = of(tmp_path, APP + second + services, "web: python w.py\n", **MODULE)
    assert commands(topology) == {}


SHARED = """\
artifacts:
  - name: {0}
    artifact_type: org.python:src
    content: {{ data: cHJpbnQoMSk= }}
    requirements:
      - {{ requirement_type: org.python:HostOn, fulfillment: "id:{0}" }}
      - {{ requirement_type: org.camp2iac:Process, web: python w.py, worker: {{ command: python w.py, tier: back }} }}
  - name: {1}
    artifact_type: org.python:src
    content: {{ data: cHJpbnQoMSk= }}
    requirements:
      - {{ requirement_type: org.python:HostOn, fulfillment: "id:{1}" }}
      - {{ requirement_type: org.camp2iac:Process, web: python w.py, worker: {{ command: python w.py, tier: back }} }}
services:
  - {{ id: a, characteristics: [{{ characteristic_type: org.python:runtime }}] }}
  - id: b
    characteristics:
      - {{ characteristic_type: org.python:runtime }}
      - {{ characteristic_type: org.camp2iac:Compute, memory: 2 GiB }}
"""


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_tier_of_two_artifacts_does_not_depend_on_their_order(order: str) -> None:
    topology, _ = read(HEAD + SHARED.format(*order))
    tier = topology.tiers["back"]
    assert (tier.parts, tier.follows) == (("a", "b"), "a")
    assert tier.compute is not None
    assert tier.compute.value == Compute(memory=2048)
