"""That something is private by default is also a statement. TLS on Heroku."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.targets.base import LedgerEntry

HEAD = "camp_version: CAMP 1.1\nname: shop\nartifacts:\n"
ARTIFACT = """\
  - name: {name}
    artifact_type: org.python:src
    content: {{ href: app/ }}
    requirements:
      - {{ requirement_type: com.python:wsgi, com.python.wsgi.application: main/app }}
"""
SPACE = "space: { name: inner }\nteam: us\nregion: virginia\n"


def expose(keys: str) -> str:
    return f"      - {{ requirement_type: org.camp2iac:Expose, {keys} }}\n"


def rows(folder: Path, plan: str, target: str, environment: str = "") -> dict[str, LedgerEntry]:
    (folder / "app").mkdir(exist_ok=True)
    (folder / "app/main.py").write_text("def app(environ, start): ...\n")
    (folder / "camp.yaml").write_text(HEAD + plan)
    file = folder / "it.yaml"
    file.write_text(f"target: {target}\n{environment}")
    loaded = phases.load(folder / "camp.yaml")
    compiled = phases.compile(loaded, environment=file)
    return {f"{each.statement.subject.heading}: {each.statement.words}": each for each in compiled.result.statements}


def test_what_is_not_said_to_be_public(tmp_path: Path) -> None:
    plan = ARTIFACT.format(name="web") + expose("port: 8080, public: true")
    plan += ARTIFACT.format(name="api") + expose("port: 8080") + ARTIFACT.format(name="back")
    here, there = (rows(tmp_path, plan, target) for target in ("openstack", "heroku"))
    for row in ("api: Expose: not public, by default", "back: not exposed"):
        assert (here[row].outcome.value, here[row].how) == ("kept", "not public")
        assert there[row].outcome.value == "lost"
        assert there[row].why == "The plan does not make it public, but everyone who knows an app's name can reach it."
        assert there[row].help
    assert not [row for row in here if row.startswith("web: ") and "not" in row]


def test_a_plan_that_says_nothing_of_it_is_open_everywhere(tmp_path: Path) -> None:
    for target in ("openstack", "heroku"):
        assert not [row for row in rows(tmp_path, ARTIFACT.format(name="web"), target) if "not exposed" in row]


def test_a_worker_answers_nobody(tmp_path: Path) -> None:
    plan = ARTIFACT.format(name="web") + expose("public: true") + ARTIFACT.format(name="worker")
    plan += "      - { requirement_type: org.camp2iac:Process, worker: python main.py }\n"
    assert "worker: not exposed" not in rows(tmp_path, plan, "heroku")


def test_a_space_hides_what_is_spelled_out(tmp_path: Path) -> None:
    plan = ARTIFACT.format(name="web") + expose("public: true") + ARTIFACT.format(name="api") + expose("port: 8080")
    row = rows(tmp_path, plan, "heroku", SPACE)["api: Expose: not public, by default"]
    assert (row.outcome.value, row.fixes[0].place) == ("lost", "camp.yaml")
    assert "public: false" in row.fixes[0].write
    spelled = rows(tmp_path, plan.replace("port: 8080", "port: 8080, public: false"), "heroku", SPACE)
    assert spelled["api: Expose: not public"].outcome.value == "kept"


@pytest.mark.parametrize(
    ("keys", "environment", "outcome"),
    [
        ("public: true, tls: true", "", "kept"),
        ("public: true, tls: true, hosts: [www.example.org]", "", "kept"),
        ("public: true, tls: true, hosts: ['*.example.org']", "", "degraded"),
        ("public: false, tls: true, hosts: [www.example.org]", SPACE, "degraded"),
        ("public: false, tls: true", SPACE, "kept"),
    ],
)
def test_tls(keys: str, environment: str, outcome: str, tmp_path: Path) -> None:
    plan = ARTIFACT.format(name="web") + expose(keys)
    assert rows(tmp_path, plan, "heroku", environment)["web: Expose: TLS"].outcome.value == outcome
