"""The code blocks of docs/library.md run, in their order, in a copy of the guestbook's folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support.plans import EXAMPLES, ROOT

PAGE = ROOT / "docs/library.md"


def test_the_code_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "guestbook"
    shutil.copytree(EXAMPLES / "guestbook", folder)
    monkeypatch.chdir(folder)
    text = PAGE.read_text()
    names: dict[str, object] = {}
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.S | re.M))
    assert len(blocks) > 5
    for block in blocks:
        line = text.count("\n", 0, block.start()) + 1
        code = "\n" * line + block[1]  # so that a traceback names the page's own lines
        exec(compile(code, str(PAGE), "exec"), names)
    assert set(names["compilations"]) == {"environments/openstack.yaml", "environments/heroku.yaml"}  # type: ignore[call-overload]
    assert (folder / "infra/openstack/web.tf").exists()
