"""A source in, a plan out: ``camp2iac import FORMAT .`` in each folder ``FORMAT/CASE/files``.

``expected/`` has what is printed and what is written. A case whose source is refused has only ``printed.txt``. A case
with a file ``only`` names the platforms that its plan compiles for, one in each line; by default, it is all of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac import read
from camp2iac.cli import run
from camp2iac.importers import read as read_source
from camp2iac.importers import registry

HERE = Path(__file__).parent
CASES = sorted(path.parent.relative_to(HERE).as_posix() for path in HERE.glob("*/*/files"))
PLATFORMS = ["docker", "heroku", "kubernetes", "openstack"]
Golden = Callable[[Path, str], None]


@pytest.fixture
def here(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a source, as working directory."""
    folder = tmp_path / request.param.rpartition("/")[2]
    shutil.copytree(HERE / request.param / "files", folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return folder


@pytest.mark.parametrize(("case", "here"), [(case, case) for case in CASES], indirect=["here"], ids=CASES)
def test_the_plan(case: str, here: Path, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    expected = HERE / case / "expected"
    (expected / "environments").mkdir(parents=True, exist_ok=True)
    status = run(["import", case.split("/")[0], "."])
    out, err = capsys.readouterr()
    golden(expected / "printed.txt", out + err)
    assert status == (0 if (here / "camp.yaml").exists() else 1)
    if status:
        assert "error[CAMP" in err
        assert not (here / "environments").exists()
        return
    golden(expected / "camp.yaml", (here / "camp.yaml").read_text())
    assert not [each for each in read(here).check().diagnostics if each.level.value == "error"]
    found = {path.stem: path for path in (here / "environments").iterdir()}
    only = HERE / case / "only"
    assert sorted(found) == (only.read_text().split() if only.exists() else PLATFORMS)
    for name, path in found.items():
        golden(expected / "environments" / f"{name}.yaml", path.read_text())


@pytest.mark.parametrize(("case", "here"), [(case, case) for case in CASES], indirect=["here"], ids=CASES)
def test_no_statement_is_forgotten(case: str, here: Path) -> None:
    name = case.split("/")[0]
    importer = registry.find(name)
    assert importer is not None
    imported = read_source(name, importer, here)
    if imported.plan is not None:
        assert imported.ledger.forgotten() == []
        assert sum(each.leaves for each in imported.ledger.statements()) == sum(imported.ledger.counts().values())
