"""A small plan in its own folder, and the command line in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import PLAN, Command, Done

from camp2iac.cli import run


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a plan without errors, as the working directory."""
    (tmp_path / "camp.yaml").write_text(PLAN)
    (tmp_path / "web").mkdir()
    (tmp_path / "web/guestbook.py").write_text("def app(environ, start_response): ...\n")
    (tmp_path / "environments").mkdir()
    for target in ("openstack", "heroku"):
        (tmp_path / f"environments/{target}.yaml").write_text(f"target: {target}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def camp2iac(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """``camp2iac("validate", "camp.yaml")``."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def call(*args: str) -> Done:
        capsys.readouterr()
        status = run(list(args))
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call
