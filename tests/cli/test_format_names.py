"""A format of another package that cannot be imported is no bug of camp2iac."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from camp2iac.cli import run


@pytest.mark.parametrize("command", ["import", "export"])
def test_a_format_that_cannot_be_imported(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = EntryPoint("broken", "not_installed:FORMAT", f"camp2iac.{command}ers")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: (broken,))
    assert run([command, "broken", "."]) == 2
    said = capsys.readouterr().err
    assert "broken" in said
    assert "cannot be loaded" in said
    assert "Traceback" not in said
