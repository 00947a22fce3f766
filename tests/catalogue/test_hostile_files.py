"""A catalogue of a stranger's: files without end, pipes."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
import pytest

from camp2iac.catalogue import load
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostics
from camp2iac.targets.kit.templates import MOST_BYTES
from camp2iac.targets.openstack.machine.render import render


def test_an_entry_that_is_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    os.mkfifo(tmp_path / "mine/product.yaml")
    found = Diagnostics()
    load([tmp_path], found)
    assert [item.code for item in found] == ["CAMP306"]


def test_templates_are_bounded(tmp_path: Path) -> None:
    with (tmp_path / "large.j2").open("wb") as file:
        file.truncate(3 * 2**30)
    os.mkfifo(tmp_path / "pipe.j2")
    for name in ("large.j2", "pipe.j2"):
        with pytest.raises(OSError, match=r"larger than|not a plain file"):
            render(tmp_path, name, {})
    (tmp_path / "fits.j2").write_bytes(b"x" * MOST_BYTES)
    assert render(tmp_path, "fits.j2", {}) == "x" * MOST_BYTES
    for name in ("none.j2", "../fits.j2"):
        with pytest.raises(jinja2.TemplateNotFound):
            render(tmp_path / "sub", name, {})


def test_templates_that_come_with_camp2iac_fit() -> None:
    assert all(path.stat().st_size < MOST_BYTES / 10 for path in BUILT_IN.glob("**/*.j2"))
