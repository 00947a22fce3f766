"""Dependencies that instances compile: their product brings the compiler and the headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from roots.fleet import Fleet


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_a_python_package_without_a_wheel(tmp_path: Path, root: str) -> None:
    fleet = Fleet(Path(__file__).parent / "plans/compiled", tmp_path / "work", root)
    try:
        fleet.start()
        assert fleet.curl("http://{web}:8080/") == "int"
    finally:
        fleet.close()
