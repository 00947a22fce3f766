"""``validate --fix`` names the present owner of a shared add-on, whatever form the environment file has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from camp2iac.cli import run

CASE = Path(__file__).resolve().parents[1] / "errors/CAMP454-owner-by-the-alphabet"
PLAN = "heroku-postgresql:essential-0"
BEFORE_AND_AFTER = {
    "a block": (f"addons:\n  database: {PLAN}\n", f"addons:\n  database: {{ plan: {PLAN}, owner: api }}\n"),
    "braces": (f"addons: {{ database: {PLAN} }}\n", f"addons: {{ database: {{ plan: {PLAN}, owner: api }} }}\n"),
    "a plan in a block": (
        f"addons:\n  database:\n    plan: {PLAN}\n",
        f"addons:\n  database:\n    owner: api\n    plan: {PLAN}\n",
    ),
    "a plan in braces": (
        f"addons: {{ database: {{ plan: {PLAN} }} }}\n",
        f"addons: {{ database: {{ owner: api, plan: {PLAN} }} }}\n",
    ),
    "only the platform": ("", "addons: { database: { owner: api } }\n"),
    "no add-ons": ("region: eu", "addons: { database: { owner: api } }\nregion: eu"),
}


@pytest.mark.parametrize("form", BEFORE_AND_AFTER)
def test_the_owner_is_written(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = BEFORE_AND_AFTER[form]
    shutil.copytree(CASE, tmp_path / "case")
    monkeypatch.chdir(tmp_path / "case")
    Path("heroku.yaml").write_text(f"target: heroku\n{before}")
    assert run(["validate", "camp.yaml", "-e", "heroku.yaml", "--fix"]) == 0
    assert Path("heroku.yaml").read_text() == f"target: heroku\n{after}"
    capsys.readouterr()
    assert run(["validate", "camp.yaml", "-e", "heroku.yaml"]) == 0
    assert "CAMP454" not in capsys.readouterr().out
