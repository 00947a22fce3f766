"""What a command costs: its calls, compared with ``budget.txt``. ``pytest --regen tests/budget`` writes the table.

A change that makes a command more expensive shows in the table. So does one that makes it cheaper, or its gain would be
the next change's slack.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from bench.generate import ENVIRONMENT, package
from support.skips import in_ci

HERE = Path(__file__).parent
TABLE = HERE / "budget.txt"
#: How much a count may differ from the table, as a share of it.
SLACK = 0.05
#: Bytecode differs between versions of Python, and with it the calls: comprehensions are none since 3.12.
MEASURED = (3, 11)
PLATFORMS = {
    "docker": "target: docker\n",
    "heroku": "target: heroku\n",
    "kubernetes": "target: kubernetes\nregistry: registry.example.org/cells\n",
    "openstack": ENVIRONMENT,
}
#: Name to the services of the plan, the environment, and the arguments. ``edited.yaml`` has an edit of each service.
COMMANDS: Mapping[str, tuple[int, str, tuple[str, ...]]] = {
    **{f"synth {name}, 10 services": (10, name, ("synth", "camp.yaml", "-o", "out")) for name in PLATFORMS},
    "synth openstack, 100 services": (100, "openstack", ("synth", "camp.yaml", "-o", "out")),
    "validate openstack, 10 services": (10, "openstack", ("validate", "camp.yaml")),
    "validate openstack, 100 services": (100, "openstack", ("validate", "camp.yaml")),
    "diff openstack, 10 services": (10, "openstack", ("diff", "camp.yaml", "edited.yaml")),
    "port openstack, 10 services": (10, "openstack", ("port", "camp.yaml")),
}


def _written() -> dict[str, int]:
    lines = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else []
    pairs = (line.rsplit(" ", 1) for line in lines)
    return {name.strip(): int(number.replace(",", "")) for name, number in pairs}


def _write(name: str, calls: int) -> None:
    with TABLE.open("a+", encoding="utf-8") as lock:  # other processes write other lines
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = {each: number for each, number in _written().items() if each in COMMANDS} | {name: calls}
        longest = max(map(len, COMMANDS))
        rows = (f"{each:{longest}} {kept[each]:>12,}\n" for each in COMMANDS if each in kept)
        TABLE.write_text("".join(rows), encoding="utf-8")


def _calls(name: str, folder: Path) -> int:
    size, platform, arguments = COMMANDS[name]
    plan = package(folder / "cells", size)
    (plan.parent / "openstack.yaml").unlink()
    (plan.parent / "environments").mkdir()
    (plan.parent / "environments" / f"{platform}.yaml").write_text(PLATFORMS[platform])
    text = plan.read_text().replace("size: 10 GiB", "size: 11 GiB").replace("CELL:", "CELLS:")
    plan.with_name("edited.yaml").write_text(text)
    words = [*arguments, "-e", f"environments/{platform}.yaml"]
    done = subprocess.run(
        [sys.executable, HERE / "counted.py", *words],
        cwd=plan.parent,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 2 if arguments[0] == "diff" else 0), done.stderr
    return int(done.stderr.rpartition("calls: ")[2])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_costs_what_the_table_says(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if sys.version_info[:2] != MEASURED:
        pytest.skip(f"THE BUDGET IS OF PYTHON {'.'.join(map(str, MEASURED))}: calls of another version differ")
    calls = _calls(name, tmp_path)
    budget = _written().get(name, 0)
    within = abs(calls - budget) <= SLACK * budget
    if not within and request.config.getoption("--regen"):
        assert not in_ci(), f"{TABLE} is stale: run pytest --regen and commit what changes"
        _write(name, calls)
        return
    assert within, f"{name}: {calls:,} calls, and {budget:,} in {TABLE.name}; if this is right, pytest --regen"
