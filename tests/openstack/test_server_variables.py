"""The variables of a server and of processes beside it, where a component has the name of its service."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.php:src
    content: { href: app/ }
    requirements:
      - requirement_type: org.php:HostOn
        fulfillment: id:web
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:db
      - requirement_type: org.camp2iac:Process
        worker: PROCESS
      - requirement_type: org.camp2iac:Expose
        port: 8080
        public: true
      - requirement_type: org.camp2iac:Env
        GREETING: Hello
OTHER
services:
  - id: web
    characteristics:
      - characteristic_type: org.php:runtime
  - id: db
    characteristics:
      - characteristic_type: MariaDB
"""
OTHER = """\
  - name: admin
    artifact_type: org.php:src
    content: { href: app/ }
    requirements:
      - requirement_type: org.php:HostOn
        fulfillment: id:web
      - requirement_type: org.camp2iac:Env
        ADMIN: "yes"
"""
SAME = "php worker.php"
TIER = "{ command: php worker.php, tier: back, scale: { min: 1, max: 2 } }"


@pytest.mark.parametrize("process", [SAME, TIER], ids=["the same tier", "a tier of its own"])
@pytest.mark.parametrize("settings", ["", "object_store: true\non_change: rerun\n"], ids=["", "rerun"])
def test_the_server_and_the_process_have_one_file(process: str, settings: str, tmp_path: Path) -> None:
    files = compiled(tmp_path, PLAN.replace("PROCESS", process).replace("OTHER\n", ""), settings)
    (name,) = (name for name, text in files.items() if "worker.php" in text and name.endswith(".tftpl"))
    owner = "web-back" if process == TIER else "web"
    said = re.findall(r"EnvironmentFile=(\S+)", files[name])
    assert set(said) == {f"/etc/shop/{owner}.env"}
    assert len(said) == 2, "PHP's server, and the worker"


def test_of_several_components_each_has_its_own_variables(tmp_path: Path) -> None:
    files = compiled(tmp_path, PLAN.replace("PROCESS", SAME).replace("OTHER\n", OTHER))
    said = re.findall(r"EnvironmentFile=(\S+)", files["cloud-init/web.yaml.tftpl"])
    assert sorted(set(said)) == ["/etc/shop/web-server.env", "/etc/shop/web.env"]
    module = "".join(text for name, text in files.items() if name.endswith(".tf"))
    (own,) = re.findall(r"  web_environment = \{\n(.*?)\n  \}", module, re.DOTALL)
    (server,) = re.findall(r"  web_server_environment = \{\n(.*?)\n  \}", module, re.DOTALL)
    assert "ADMIN" not in own
    assert "ADMIN" in server
    assert "GREETING" in server


def compiled(folder: Path, plan: str, settings: str = "") -> dict[str, str]:
    (folder / "camp.yaml").write_text(plan)
    (folder / "app").mkdir()
    for name in ("index.php", "worker.php"):
        (folder / "app" / name).write_text("<?php echo 1;\n")
    environment = folder / "prod.yaml"
    environment.write_text(f"target: openstack\nos: debian-12\n{settings}")
    made = phases.compile(phases.load(folder, leave_out=[environment]), environment=environment)
    assert made.result is not None
    assert made.ok, [each.message for each in made.diagnostics]
    texts = hcl.write(made.result.lowered.module)
    return texts | {each.path: each.data.decode() for each in made.result.lowered.documents}
