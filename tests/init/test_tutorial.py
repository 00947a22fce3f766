"""The blocks of docs/plan.md work, in their order: files are written, each plan is sound, commands succeed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from support.compiler import in_process
from support.plans import ROOT

from camp2iac import read

PAGE = ROOT / "docs/plan.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"(?:#|--) (\S+\.\w+)\n")


def test_the_blocks_of_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed, plans = "", 0
    for language, text in _BLOCK.findall(PAGE.read_text()):
        name = _FILE.match(text)
        if name is not None:
            path = Path(name[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            if path.name == "camp.yaml":
                plans += 1
                assert read(".").check().diagnostics == ()
        elif language == "sh":
            commands = [shlex.split(line, comments=True) for line in text.splitlines()]
            assert all(command[0] == "camp2iac" for command in commands)
            printed = "".join(in_process(*command[1:]) for command in commands)
        else:
            assert language == "text"
            assert printed == text
    assert plans == 4
    for target in ("openstack", "heroku"):
        assert (tmp_path / "infra" / target / "README.md").exists()
