"""A plan in, files out: ``camp2iac export FORMAT`` in each folder ``FORMAT/CASE/files``.

``expected/`` has what is printed, and the Compose file or the workloads, and the variables.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.cli import run

HERE = Path(__file__).parent
CASES = sorted(path.parent.relative_to(HERE).as_posix() for path in HERE.glob("*/*/files"))
SHOWN = ("compose.yaml", "*.score.yaml", ".env.example")
Golden = Callable[[Path, str], None]


@pytest.mark.parametrize("case", CASES)
def test_the_files(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    expected, name = HERE / case / "expected", case.split("/")[0]
    expected.mkdir(exist_ok=True)
    shutil.copytree(HERE / case / "files", tmp_path / "plan")
    monkeypatch.chdir(tmp_path / "plan")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    status = run(["export", name])
    out, err = capsys.readouterr()
    golden(expected / "printed.txt", out + err)
    assert status == 0
    shown = sorted(path for pattern in SHOWN for path in Path("infra", name).glob(pattern))
    for path in shown:
        golden(expected / path.name, path.read_text())
    assert sorted(path.name for path in expected.iterdir()) == sorted(["printed.txt", *(each.name for each in shown)])
