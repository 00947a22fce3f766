"""The stand-ins serve what was recorded, and refuse what a schema alone can refuse."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from support.terraform import command


@pytest.mark.terraform
@pytest.mark.slow
def test_proofs(tmp_path: Path) -> None:
    told = {**os.environ, "TERRAFORM": shlex.join(command())}
    prove = [sys.executable, str(Path(__file__).with_name("prove"))]
    done = subprocess.run(prove, env=told, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout
