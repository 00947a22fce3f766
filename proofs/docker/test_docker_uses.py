"""Each example that has a module for Docker is in the proof, and the edit of its code changes its content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docker_uses import USES

EXAMPLES = Path(__file__).parents[2] / "examples"


def _files(folder: Path) -> dict[str, bytes]:
    """The content of all files, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_every_example_is_used() -> None:
    assert set(USES) == {path.parents[1].name for path in EXAMPLES.glob("*/environments/docker.yaml")}


@pytest.mark.parametrize("example", USES)
def test_an_edit_changes_one_file_and_what_is_packed_of_it(example: str, tmp_path: Path) -> None:
    package, edit = tmp_path / example, USES[example].edit
    shutil.copytree(EXAMPLES / example, package, ignore=shutil.ignore_patterns("infra", "node_modules"))
    before = _files(package)
    edit.make(package)
    now = _files(package)
    changed = {name for name in now if before.get(name) != now[name]}
    assert set(now) == set(before)
    assert edit.file in changed
    assert len(changed) == (2 if edit.pack else 1), changed
