"""What hostile plans cost a process: CPU time and memory, as docs/reading.md promises."""

from __future__ import annotations

import json
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


#: Starts a command and prints its exit status, CPU time and memory. The memory that a process had before it started
#: another program counts for that program, so the large process of the tests cannot measure by itself.
MEASURE = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[2:], stdout=open(sys.argv[1], "wb"), stderr=subprocess.STDOUT)
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_hostile_plan_costs_little(name: str, tmp_path: Path) -> None:
    """At most 10 s of CPU and 256 MiB."""
    plan = tmp_path / "x.yaml"
    plan.write_bytes(PLANS[name])
    command = [sys.executable, "-m", "camp2iac.cli", "validate", str(plan)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "out"), *command], capture_output=True, text=True, check=True
    )
    status, seconds, kibibytes = json.loads(done.stdout)
    assert status in (0, 1)
    assert seconds < 10
    assert kibibytes < 256 * 1024
