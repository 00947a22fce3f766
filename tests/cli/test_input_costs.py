"""What hostile plans cost a process: CPU time and memory, as docs/reading.md promises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MIB = 2**20
HEAD = b"camp_version: CAMP 1.1\nname: shop\nx: "
PLANS = {
    "values": HEAD + b"[" + b"a," * 1_900_000 + b"]\n",
    "one deep line": HEAD + b"[" * (4 * MIB - 100),
    "tabs": HEAD + b"\n" + b"\t" * (4 * MIB - 100),
    "lines": HEAD + b">\n" + b"  a\n" * (MIB - 100),
    "too large": HEAD + b"a" * (64 * MIB),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_hostile_plan_costs_little(name: str, tmp_path: Path) -> None:
    """At most 10 s of CPU and 256 MiB."""
    plan = tmp_path / "x.yaml"
    plan.write_bytes(PLANS[name])
    with (tmp_path / "out").open("wb") as out:
        command = [sys.executable, "-m", "camp2iac.cli", "validate", str(plan)]
        process = subprocess.Popen(command, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1)
    assert used.ru_utime + used.ru_stime < 10
    assert used.ru_maxrss < 256 * 1024  # KiB
