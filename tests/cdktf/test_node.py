"""Node is looked for before CDKTF starts it; nothing else needs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.plans import EXAMPLES

from camp2iac import node


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of its own."""
    monkeypatch.delenv("JSII_NODE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "_installed", lambda: None)
    return tmp_path


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def run(*arguments: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PATH", "JSII_NODE")}
    environment["PATH"] = str(tmp_path)
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def synth(form: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    plan = str(EXAMPLES / "guestbook/camp.yaml")
    return run(
        "-m",
        "camp2iac.cli",
        "synth",
        plan,
        "--target",
        "heroku",
        "--format",
        form,
        "-o",
        str(tmp_path / "out"),
        tmp_path=tmp_path,
    )


@pytest.mark.skipif(node._installed() is not None, reason="camp2iac[node] is installed: there is a Node")
def test_no_node(tmp_path: Path) -> None:
    done = synth("cdktf", tmp_path)
    assert done.returncode == 2
    assert "error[CAMP711]: CDKTF requires Node.js, which is not installed\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    done = run("-c", "import camp2iac.cdktf", tmp_path=tmp_path)
    assert done.stderr.splitlines()[-1].endswith(f"CDKTF requires Node.js, which is not installed: {node.REMEDY}")


@pytest.mark.parametrize("form", ["hcl", "json"])
def test_the_rest_needs_none(form: str, tmp_path: Path) -> None:
    assert synth(form, tmp_path).returncode == 0


def test_too_old(path: Path) -> None:
    old = script(path / "node", "echo v16.20.2")
    with pytest.raises(node.NodeError, match=f"requires Node.js 20 or newer, but {old} is version 16"):
        node.use()


def test_something_else(path: Path) -> None:
    script(path / "node", "exit 1")
    with pytest.raises(node.NodeError, match="does not run"):
        node.use()


def test_new_enough(path: Path) -> None:
    script(path / "node", "echo v22.1.0")
    node.use()
    assert "JSII_NODE" not in os.environ


def test_the_one_of_the_extra(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "_installed", lambda: path / "own")
    monkeypatch.setenv("JSII_NODE", "")
    node.use()
    assert os.environ["JSII_NODE"] == str(path / "own")


def test_one_that_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_NODE", str(script(path / "mine", "echo v24.0.0")))
    node.use()
    monkeypatch.setenv("JSII_NODE", str(path / "nothing"))
    with pytest.raises(node.NodeError, match="does not run"):
        node.use()


def test_quiet(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(path / "node", "echo v20.20.2")
    names = [f"JSII_SILENCE_WARNING_{what}_NODE_VERSION" for what in ("DEPRECATED", "UNTESTED", "END_OF_LIFE")]
    for name in names:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    node.use()
    assert not any(name in os.environ for name in names)
    monkeypatch.setenv(names[-1], "18")
    for _ in range(2):
        node.use(quiet=True)
    assert [os.environ[name] for name in names] == ["1", "1", "18,20"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="nothing of CDKTF was run: there is no Node")
def test_no_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", raising=False)
    (tmp_path / "node").symlink_to(str(shutil.which("node")))
    done = synth("cdktf", tmp_path)
    assert done.returncode == 0
    assert "!!" not in done.stderr
    assert "b'" not in done.stderr
