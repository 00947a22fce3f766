"""Pairs of plans that mean the same for a tier: its user data stays the same, byte for byte, so nothing is replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac import read

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app/app
        fulfillment: id:front
      - requirement_type: ConnectTo
        fulfillment: id:database
      - requirement_type: ConnectTo
        fulfillment: id:cache
      - requirement_type: org.camp2iac:Expose
        public: true
  - name: schema
    artifact_type: org.sql:SqlScript
    content: { href: schema.sql }
    requirements:
      - requirement_type: LoadInto
        fulfillment: id:database
services:
  - id: front
    characteristics:
      - characteristic_type: org.python:version
      - characteristic_type: org.camp2iac:Scale
        min: 2
        max: 3
      - characteristic_type: org.camp2iac:Balance
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
  - id: cache
    characteristics:
      - characteristic_type: Redis
      - characteristic_type: org.camp2iac:Volume
        size: 1 GiB
"""
ENVIRONMENT = """\
target: openstack
region: RegionOne
image: debian-12
external_network: public
ssh_from: 192.0.2.0/24
sizes:
  small: { flavor: m1.small, cores: 1, memory: 2 GiB }
"""
OTHER = """\
  - name: batch
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: org.python:HostOn, fulfillment: id:batch }
      - { requirement_type: org.camp2iac:Process, worker: python app.py }
services:
  - { id: batch, characteristics: [{ characteristic_type: org.python:version }] }
"""


def swapped(text: str, one: str, other: str) -> str:
    """The text with two parts exchanged."""
    first, rest = text.split(one)
    between, last = rest.split(other)
    return first + other + between + one + last


def service(name: str) -> str:
    part = PLAN[PLAN.index(f"  - id: {name}\n") :]
    end = part.find("  - id:", 1)
    return part if end < 0 else part[:end]


WEB = PLAN[PLAN.index("  - name: web") : PLAN.index("  - name: schema")]
SCHEMA = PLAN[PLAN.index("  - name: schema") : PLAN.index("services:")]
SAME: dict[str, Callable[[str], str]] = {
    "a version that changes nothing": lambda plan: plan.replace(
        "type: PostgreSQL\n", 'type: PostgreSQL\n        version: "15"\n'
    ).replace("type: Redis\n", 'type: Redis\n        version: "[6,8)"\n'),
    "a larger maximum of another tier": lambda plan: plan.replace("max: 3", "max: 9"),
    "a larger minimum of another tier": lambda plan: plan.replace("min: 2", "min: 3"),
    "the order of services": lambda plan: swapped(plan, service("database"), service("cache")),
    "the order of artifacts": lambda plan: swapped(plan, WEB, SCHEMA),
    "the order of characteristics": lambda plan: swapped(
        plan,
        "      - characteristic_type: PostgreSQL\n",
        "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n",
    ),
    "comments": lambda plan: plan.replace("services:\n", "# who serves\nservices: # below\n"),
    "another spelling of values": lambda plan: plan.replace("size: 10 GiB", 'size: "10GiB"').replace(
        "- id: database", '- id: "database"'
    ),
    "another spelling of mappings": lambda plan: plan.replace(
        "      - characteristic_type: org.camp2iac:Volume\n        size: 1 GiB\n",
        "      - { size: 1 GiB, characteristic_type: org.camp2iac:Volume }\n",
    ),
    "descriptions": lambda plan: plan.replace("  - id: cache\n", "  - id: cache\n    description: For sessions\n"),
    "an unrelated artifact": lambda plan: plan.replace("services:\n", OTHER),
    "code of another tier": lambda plan: plan.replace("app/app", "main/app"),
    "a variable of another tier": lambda plan: plan.replace(
        "      - requirement_type: org.camp2iac:Expose\n",
        "      - { requirement_type: org.camp2iac:Env, A: b }\n      - requirement_type: org.camp2iac:Expose\n",
    ),
    "the size of another tier": lambda plan: plan.replace(
        "      - characteristic_type: org.camp2iac:Balance\n",
        "      - characteristic_type: org.camp2iac:Balance\n"
        "      - { characteristic_type: org.camp2iac:Compute, memory: 2 GiB }\n",
    ),
    "a larger volume": lambda plan: plan.replace("size: 10 GiB", "size: 20 GiB"),
}


def served(folder: Path, plan: str) -> dict[str, str]:
    """What decides about the user data of the instances with data: their templates, scripts, and `user_data`."""
    (folder / "web").mkdir(exist_ok=True)
    code = "def app(environ, start):\n    return []\n"
    for name in ("app", "main"):
        (folder / f"web/{name}.py").write_text(code)
    (folder / "schema.sql").write_text("create table t (a int);\n")
    (folder / "camp.yaml").write_text(plan)
    (folder / "environment.yaml").write_text(ENVIRONMENT)
    made = read(folder / "camp.yaml").compile(folder / "environment.yaml")
    assert made.ok, made.diagnostics
    files = {path: data.decode() if isinstance(data, bytes) else data for path, data in made.files().items()}
    found = {path: text for path, text in files.items() if path.startswith(("cloud-init/database", "cloud-init/cache"))}
    for tier in ("database", "cache"):
        text = files[f"{tier}.tf"]
        start = text.index("user_data")
        found[tier] = text[start : text.index("\n  }", start)]
    return found


@pytest.mark.parametrize("change", SAME)
def test_what_holds_data_is_not_replaced(change: str, tmp_path: Path) -> None:
    plan = SAME[change](PLAN)
    assert plan != PLAN
    assert served(tmp_path, plan) == served(tmp_path, PLAN)
