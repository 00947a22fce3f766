"""``camp2iac graph``: the formats, the environment, and Graphviz."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import Command

WANTED = """\
flowchart LR
  accTitle: guestbook
  accDescr: Connections: the Internet to web on HTTP 80
  users__internet(["<b>the Internet</b>"]):::users
  component__web["<b>web</b><br/>Python<br/>scale 1 to 3<br/>network front"]:::component
  users__internet -->|"HTTP 80"| component__web
  classDef users fill:#ffffff,stroke:#57606a,color:#24292f
  classDef component fill:#ddf4ff,stroke:#0969da,color:#24292f
"""


def test_the_plan(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("graph", "camp.yaml", "-q")
    assert (done.status, done.err) == (0, "")
    assert done.out == WANTED.replace("HTTP 80", "HTTP 8080")


@pytest.mark.parametrize(
    ("environment", "words"),
    [("openstack", "1 to 3 instances"), ("heroku", "1 to 3 standard-1x dynos")],
)
def test_an_environment(environment: str, words: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac("graph", ".", "-e", f"environments/{environment}.yaml", "-q")
    assert done.status == 0
    assert words in done.out
    assert "scale 1 to 3" not in done.out
    by_target = camp2iac("graph", ".", "--target", environment, "-q")
    assert by_target.out == done.out


def test_the_readme_has_the_picture_of_its_environment(shop: Path, camp2iac: Command) -> None:
    camp2iac("synth", "camp.yaml", "-e", "environments/heroku.yaml", "-q")
    text = (shop / "infra/heroku/README.md").read_text()
    found = re.findall(r"(?ms)^```mermaid\n(.*?)^```$", text)
    assert found == [camp2iac("graph", "camp.yaml", "-e", "environments/heroku.yaml", "-q").out]
    assert text.index("```mermaid") < text.index("## Apply")


def test_for_programs(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("graph", "camp.yaml", "--output", "json", "-q")
    assert json.loads(done.out) == {
        "title": "guestbook",
        "plan": "camp.yaml",
        "nodes": [
            {"id": "users/internet", "kind": "users", "title": "the Internet", "facts": [], "group": None},
            {
                "id": "component/web",
                "kind": "component",
                "title": "web",
                "facts": [
                    {"kind": "product", "text": "Python"},
                    {"kind": "scale", "text": "scale 1 to 3"},
                    {"kind": "network", "text": "network front"},
                ],
                "group": None,
            },
        ],
        "groups": [],
        "edges": [{"from": "users/internet", "to": "component/web", "label": "HTTP 8080"}],
    }


def test_graphviz_draws_svg(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("graph", "camp.yaml", "--output", "svg", "-q")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("<?xml")
    assert ">web</text>" in done.out
    dot = camp2iac("graph", "camp.yaml", "--output", "dot", "-q")
    assert dot.out.startswith('digraph "guestbook" {\n')


def test_without_graphviz(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(shop))
    done = camp2iac("graph", "camp.yaml", "--output", "svg")
    assert (done.status, done.out) == (1, "")
    assert "error[CAMP718]: Graphviz, which draws SVG, is not installed" in done.err
    assert "apt install graphviz" in done.err
    assert "--output mermaid" in done.err


@pytest.mark.parametrize("body", ["echo 'Error: no plugin' >&2; exit 1", "exit 0"])
def test_graphviz_that_fails(body: str, shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shop / "bin/dot"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    done = camp2iac("graph", "camp.yaml", "--output", "svg")
    assert (done.status, done.out) == (1, "")
    assert "error[CAMP718]: Graphviz cannot draw the picture" in done.err
    assert "Error: no plugin" in done.err or "exit status 0" in done.err


def test_a_wrong_plan_has_no_picture(shop: Path, camp2iac: Command) -> None:
    plan = shop / "camp.yaml"
    plan.write_text(plan.read_text().replace("networks: [front]", "networks: [frnt]"))
    done = camp2iac("graph", "camp.yaml")
    assert (done.status, done.out) == (1, "")
    assert "error[CAMP" in done.err
