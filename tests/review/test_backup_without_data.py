"""CAMP720 for the password of backups, when the plan no longer has data to back up."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.cli import run

CASE = Path(__file__).parents[1] / "errors/CAMP366-two-environments-one-backup"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("web").mkdir()
    Path("web/main.py").write_text("app = None\n")
    for file in ("camp.yaml", "prod.yaml"):
        Path(file).write_text((CASE / file).read_text())
    assert synth() == 0, capsys.readouterr().err
    capsys.readouterr()
    return tmp_path


def synth(*more: str) -> int:
    return run(["synth", "camp.yaml", "-e", "prod.yaml", "-o", "infra", *more])


def without_data(shop: Path) -> None:
    text = (shop / "camp.yaml").read_text()
    text = text[: text.index("  - id: database")]
    text = text.replace("      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:database\n", "")
    (shop / "camp.yaml").write_text(text)


def test_the_environment_file_still_asks(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_data(shop)
    assert synth() == 1
    said = capsys.readouterr().err
    assert "the environment file still asks for backup, but no instance of the plan has it now" in said
    assert "no longer asks for it" not in said
    assert "restore the environment" not in said
    assert "keep data for backup in the plan" in said
    assert "what backup encrypted cannot be read without it" in said
    assert "has no effect: the plan has no database that it can read, and no volume with files" in said


def test_the_environment_file_no_longer_asks(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (shop / "prod.yaml").read_text()
    (shop / "prod.yaml").write_text(text[: text.index("backup")])
    assert synth() == 1
    said = capsys.readouterr().err
    assert "the environment file no longer asks for it" in said
    assert "restore the environment backup" in said
    assert "what backup encrypted cannot be read without it" in said


def test_the_loss_is_permitted(shop: Path) -> None:
    without_data(shop)
    assert synth("--lose", "backup", "--lose", "database") == 0
