"""Recorded states and streams of Terraform (tests/review/deployed), and the command line that reads them."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from camp2iac.cli import run

RECORDED = Path(__file__).parents[1] / "review/deployed"


@dataclass(frozen=True)
class DeployedOutput:
    """A folder with the source map of an output, and what Terraform printed for it."""

    name: str
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def recorded(self, file: str) -> bytes:
        return (RECORDED / self.name / file).read_bytes()

    def call(self, *arguments: str, given: bytes) -> tuple[int, str, str]:
        """The exit status, standard output and standard error of a command; ``given``: standard input."""
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        self.capsys.readouterr()
        status = run([*arguments, "-o", str(self.folder)])
        out, err = self.capsys.readouterr()
        return status, out, err


def deployed_output(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> DeployedOutput:
    folder = tmp_path / "infra" / name
    folder.mkdir(parents=True)
    shutil.copy(RECORDED / name / "sourcemap.json", folder / ".camp2iac.json")
    shutil.copy(RECORDED / name / "digests.json", folder / ".camp2iac.digests.json")
    if (RECORDED / name / "plan.yaml").exists():
        shutil.copy(RECORDED / name / "plan.yaml", folder.parent / "camp.yaml")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return DeployedOutput(name, folder, monkeypatch, capsys)
