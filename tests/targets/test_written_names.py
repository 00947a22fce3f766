"""CAMP632 judges the name of each value that can be any string, wherever a target's schema has one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:web }
services:
  - { id: web, characteristics: [{ characteristic_type: org.python:version }] }
"""
TELEMETRY = "telemetry: {{ web: [{{ endpoint: 'https://otel.example.org', headers: {{ {} }} }}] }}\n"


@pytest.mark.parametrize(
    ("target", "line", "name"),
    [
        ("openstack", "metadata: { api_token: abcdef0123 }\n", "api_token"),
        ("openstack", "metadata: { cost-centre: abcdef0123 }\n", ""),
        ("openstack", "images: { debian-12: my-secret }\n", ""),
        ("heroku", "extras: { web: [{ plan: 'papertrail:choklad', config: { password: hunter2 } }] }\n", "password"),
        ("heroku", "extras: { web: [{ plan: 'papertrail:choklad', config: { region: eu } }] }\n", ""),
        ("heroku", TELEMETRY.format("x-api-key: abcdef0123"), "x-api-key"),
        ("heroku", TELEMETRY.format("Authorization: Bearer abcdef0123"), "Authorization"),
        ("heroku", TELEMETRY.format("x-api-key: { variable: otel_key }"), ""),
        ("heroku", "variables: { web: { STRIPE_TOKEN: abcdef0123 } }\n", "STRIPE_TOKEN"),
        ("heroku", "buildpacks: { web: [heroku/python] }\n", ""),
    ],
)
def test_a_name_that_people_choose(tmp_path: Path, target: str, line: str, name: str) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/main.py").write_text("app = None\n")
    (tmp_path / "camp.yaml").write_text(PLAN)
    file = tmp_path / "environment.yaml"
    file.write_text(f"target: {target}\n{line}")
    made = phases.compile(phases.load(tmp_path), environment=file, output=tmp_path / "infra")
    found = [each for each in made.diagnostics if each.code == "CAMP632"]
    assert [each.message.partition(" of ")[2].partition(",")[0] for each in found] == ([name] if name else [])
    assert not [each for each in made.diagnostics if each.code in ("CAMP311", "CAMP313", "CAMP314")]
