"""``protect`` of the environment file, in every format."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.compiler import in_process

from camp2iac import read
from camp2iac.review.difference.effects import effects

PLAN = """\
camp_version: CAMP 1.1
name: shop
services:
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
  - id: queue
    characteristics:
      - characteristic_type: Redis
  - id: many
    characteristics:
      - characteristic_type: Redis
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
      - characteristic_type: org.camp2iac:Scale
        max: 3
"""
ENVIRONMENT = """\
target: openstack
image: debian-12
sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB } }
external_network: public
ssh_from: 192.0.2.0/24
"""
VOLUME, QUEUE = "openstack_blockstorage_volume_v3.database_data", "openstack_compute_instance_v2.queue"


def _package(folder: Path, protect: str = "") -> Path:
    (folder / "environments").mkdir(parents=True, exist_ok=True)
    (folder / "camp.yaml").write_text(PLAN)
    (folder / "environments/prod.yaml").write_text(ENVIRONMENT + protect)
    return folder


def _protected(module: str) -> set[str]:
    found = re.findall(r'(?ms)^resource "(\w+)" "(\w+)" \{\n(.*?)^\}', module)
    return {f"{type_}.{name}" for type_, name, body in found if "prevent_destroy = true" in body}


@pytest.mark.parametrize(
    ("protect", "wanted"),
    [
        ("", {VOLUME, QUEUE}),
        ("protect: true\n", {VOLUME, QUEUE}),
        ("protect: false\n", set()),
        ("protect: []\n", set()),
        ("protect: [queue]\n", {QUEUE}),
        ("protect: [database, queue]\n", {VOLUME, QUEUE}),
    ],
)
def test_what_it_writes(tmp_path: Path, protect: str, wanted: set[str]) -> None:
    made = read(_package(tmp_path, protect) / "camp.yaml").compile(tmp_path / "environments/prod.yaml")
    files = made.files()
    text = "\n".join(data.decode() for name, data in files.items() if name.endswith(".tf"))
    assert _protected(text) == wanted
    assert ("## Retire" in files["README.md"].decode()) is bool(wanted)
    if VOLUME in wanted:
        assert "# `protect: false` in environments/prod.yaml, or a list without database.\n" in text


def test_it_can_be_set_for_one_run(tmp_path: Path) -> None:
    package = _package(tmp_path)
    in_process("synth", package, "-e", package / "environments/prod.yaml", "--set", "protect=false")
    assert not any("prevent_destroy" in file.read_text() for file in package.glob("infra/prod/*.tf"))
    in_process("synth", package, "-e", package / "environments/prod.yaml", "--set", "protect=[database]")
    assert _protected("\n".join(file.read_text() for file in package.glob("infra/prod/*.tf"))) == {VOLUME}


def test_in_json(tmp_path: Path) -> None:
    package = _package(tmp_path)
    in_process("synth", package, "-e", package / "environments/prod.yaml", "--format", "json")
    found = {}
    for file in package.glob("infra/prod/*.tf.json"):
        for type_, blocks in json.loads(file.read_text()).get("resource", {}).items():
            found |= {f"{type_}.{name}": block.get("lifecycle", {}) for name, block in blocks.items()}
    assert {address for address, each in found.items() if each.get("prevent_destroy") is True} == {VOLUME, QUEUE}
    assert "image_id" in found[QUEUE]["ignore_changes"]


def test_nothing_else_changes(tmp_path: Path) -> None:
    """Terraform does nothing when ``protect`` changes."""
    standings = []
    for protect in ("", "protect: false\n"):
        made = read(_package(tmp_path, protect) / "camp.yaml").compile(tmp_path / "environments/prod.yaml")
        standings.append(made.standing())
    assert effects(*standings) == ()
    assert standings[0].resources != standings[1].resources
