"""A plan can have the names that documents use for their variables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

PLAN = """\
camp_version: CAMP 1.1
name: {name}
artifacts:
  - name: web
    artifact_type: org.python:src
    content: {{ href: app/ }}
    requirements:
      - {{ requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:web }}
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - {{ characteristic_type: org.camp2iac:Volume, size: 1 GiB, name: data }}
      - {{ characteristic_type: org.camp2iac:Balance, health: / }}
"""


def variables(folder: Path, name: str) -> list[str]:
    """The variables that the module passes to the document of a plan with that name."""
    (folder / "app").mkdir(exist_ok=True)
    (folder / "app" / "main.py").write_text("app = None\n")
    (folder / "camp.yaml").write_text(PLAN.format(name=name))
    found = phases.compile(phases.load(folder / "camp.yaml"), target="openstack")
    assert found.result is not None
    assert found.result.lowered is not None
    _, _, call = hcl.write(found.result.lowered.module)["web.tf"].partition("templatefile(")
    return re.findall(r"^    (\w+) +=", call.partition("})")[0], re.MULTILINE)


@pytest.mark.parametrize("name", ["volume-of-many", "rule-address", "content", "scripts", "web-volume", "gateway"])
def test_the_name_of_a_plan_is_not_a_variable(tmp_path: Path, name: str) -> None:
    assert variables(tmp_path, name) == variables(tmp_path, "shop")
    assert "volume" in variables(tmp_path, name)
