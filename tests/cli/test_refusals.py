"""Every command that ends with exit status 1 prints a reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest
from running import Command

from camp2iac import cli

ERRORS = Path(__file__).parents[1] / "errors"
CASES = sorted(path.name for path in ERRORS.iterdir() if (path / "camp.yaml").is_file())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("command", ["synth", "validate", "port"])
def test_each_wrong_plan_is_told(
    case: str, command: str, tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ERRORS / case, tmp_path / case, symlinks=True, ignore=shutil.ignore_patterns("expected.txt"))
    monkeypatch.chdir(tmp_path / case)
    file = Path("args")
    words = [word for word in file.read_text().splitlines() if word != "--strict"] if file.exists() else []
    if "-e" not in words and "--target" not in words:
        words += ["--target", "heroku" if command == "port" else "openstack"]
    done = camp2iac("-q", command, "camp.yaml", *(word for word in words if not Path(word).is_dir()))
    assert done.status in (0, 1, 2)
    if done.status == 1:
        assert "error" in done.out + done.err
    elif command != "port":
        assert "error[" not in done.out + done.err


def test_a_refusal_without_a_word_is_a_bug(camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("targets")
    def silent() -> int:
        return 1

    monkeypatch.setattr(cli.Lazy, "get_command", lambda *_: silent)
    done = camp2iac("targets")
    assert done.status == 70
    assert "it rejects the input without an error message" in done.err


def test_cdktf_writes_no_child_module(shop: Path, camp2iac: Command) -> None:
    with (shop / "environments/heroku.yaml").open("a") as file:
        file.write("module: true\n")
    done = camp2iac("synth", "camp.yaml", "-e", "environments/heroku.yaml", "--format", "cdktf", "-o", "out")
    if "CAMP711" not in done.err:  # there is no Node.js
        assert done.status == 1
        assert "CAMP714" in done.err
    assert not (shop / "out").exists()
