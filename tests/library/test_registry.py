"""Targets are found by their entry points: ours like those of third parties."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from camp2iac import cli, compiler
from camp2iac.targets import registry
from camp2iac.targets.heroku import HerokuTarget

ROOT = Path(__file__).parents[2]


def distribution(folder: Path, name: str, entry_points: str) -> Path:
    made = folder / f"{name}-1.dist-info"
    made.mkdir(parents=True)
    (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (made / "entry_points.txt").write_text(entry_points)
    return folder


def test_ours_are_registered() -> None:
    assert {"docker", "heroku", "kubernetes", "openstack"} <= set(registry.names())
    assert isinstance(registry.find("heroku"), HerokuTarget)
    assert registry.find("nowhere") is None


def test_of_a_third_party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = "[console_scripts]\nshelf = a:b\n\n[camp2iac.targets]\nshelf = shelf:Shelf\nheroku = shelf:Shelf\n"
    (tmp_path / "shelf.py").write_text("class Shelf:\n    name, title = 'shelf', 'A shelf'\n")
    monkeypatch.syspath_prepend(distribution(tmp_path, "shelf", theirs))
    found = registry.find("shelf")
    assert found is not None
    assert found.title == "A shelf"
    assert "shelf" in registry.names()
    assert isinstance(registry.find("heroku"), HerokuTarget), "ours win over those of another distribution"


def test_the_file_of_entry_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As installers write it, and as the specification allows it."""
    text = (
        "[console_scripts]\ncamp2iac = a:b\n\n[ camp2iac.targets ]\n"
        "# a comment\n one=x.y:One\n; another\ntwo = z:Two\n[z]\nq = r:s\n"
    )
    monkeypatch.setattr(sys, "path", ["", "/nowhere", str(distribution(tmp_path, "camp2iac", text))])
    assert registry._own() == {"one": "x.y:One", "two": "z:Two"}
    monkeypatch.setattr(sys, "path", ["", str(tmp_path / "camp2iac-1.dist-info/METADATA")])
    assert registry._own() == {}


def test_port_reads_a_plan_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    read, calls = compiler.read, []
    monkeypatch.setattr(compiler, "read", lambda origin: calls.append(origin) or read(origin))
    assert cli.run(["port", str(ROOT / "examples/guestbook/camp.yaml"), "--target", "openstack,heroku"]) == 0
    assert len(calls) == 1
    assert "openstack" in capsys.readouterr().out
