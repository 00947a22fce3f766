#!/usr/bin/env python3
"""Measure CPU and memory for plans with 10 to 10,000 services, and compare with the floor and heat-translator.

    .venv/bin/python tests/bench/measure.py [--peers] [--sizes 10,100,1000] [--runs 5] [--write]
    .venv/bin/python tests/bench/measure.py --diff [--sizes 1000] [--runs 3]

``--diff`` compares `camp2iac diff` of two such plans, where each service has an edit, with one `camp2iac synth`.
``--peers`` installs heat-translator 3.5.0 into its own environment (.venv/peers) and measures it with the same stacks
in TOSCA. ``--write`` writes docs/performance.md.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import package, tosca

ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / ".venv" / "peers"
PEER = "heat-translator==3.5.0"
FLOOR = "import sys, click, yaml; yaml.compose(open(sys.argv[1]), Loader=yaml.CSafeLoader)"
QUIETED = "import logging; logging.raiseExceptions = False; from translator.shell import main; main()"
LARGEST_OF_PEER = 1000  # services; more take minutes
LARGEST_RATIO = 3  # of diff to synth
ONCE_ABOVE = 20.0  # seconds of CPU; such commands are measured once


@dataclass(frozen=True)
class Cost:
    """Median CPU seconds (user and system) and the largest resident size, in MiB, of a process and its children."""

    cpu: float
    peak: float


def cost(command: Sequence[str | Path], cwd: Path, runs: int) -> Cost:
    """The cost of a command: the median of some runs after a warm-up. A command that fails is an error."""
    seconds: list[float] = []
    peak = 0.0
    for number in range(runs + 1):
        with (cwd / "stderr").open("wb") as errors:
            process = subprocess.Popen(
                [str(each) for each in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=errors
            )
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command}: exit {process.returncode}\n{(cwd / 'stderr').read_text()[-2000:]}")
        spent = used.ru_utime + used.ru_stime
        peak = max(peak, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))
        if number or spent > ONCE_ABOVE:
            seconds.append(spent)
        if spent > ONCE_ABOVE:
            break
    return Cost(statistics.median(seconds), peak)


def peer() -> Path:
    """heat-translator's command, installed if it is missing."""
    command = PEERS / "bin" / "heat-translator"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([PEERS / "bin" / "pip", "install", "-q", PEER, "setuptools<80"], check=True)
    return command


def measure(sizes: Sequence[int], runs: int, with_peer: bool) -> list[tuple[int, dict[str, Cost]]]:
    """The costs by size: ``camp2iac``, ``floor`` and, if requested, ``peer`` and ``quieted``."""
    camp2iac = Path(sys.executable).with_name("camp2iac")
    compileall.compile_dir(ROOT / "camp2iac", quiet=1)  # as an installation does
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            plan = package(folder / "package", size)
            costs = {"floor": cost([sys.executable, "-c", FLOOR, plan], folder, runs)}
            output = folder / "package" / "infra"
            command = [camp2iac, "synth", plan, "-e", plan.with_name("openstack.yaml"), "-o", output, "--force"]
            costs["camp2iac"] = cost(command, folder, runs)
            if with_peer and size <= LARGEST_OF_PEER:
                template = tosca(folder / "cells.yaml", size)
                for script in ("install.sh", "start.sh"):
                    (folder / script).write_text("#!/bin/sh\n")
                rest = ["--template-file", template, "--template-type", "tosca", "--output-file", folder / "hot.yaml"]
                costs["peer"] = cost([peer(), *rest], folder, runs)
                costs["quieted"] = cost([peer().with_name("python"), "-c", QUIETED, *rest], folder, runs)
            found.append((size, costs))
            print(line(size, costs), flush=True)
    return found


def measure_diff(sizes: Sequence[int], runs: int) -> None:
    """Print the CPU of ``synth`` and ``diff``, and their ratio, which must be below three."""
    camp2iac = Path(sys.executable).with_name("camp2iac")
    compileall.compile_dir(ROOT / "camp2iac", quiet=1)
    print("| services | synth: CPU, s | diff: CPU, s | diff: peak, MiB | ratio |\n|---:|---:|---:|---:|---:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for side in ("old", "new"):
                plan = package(folder / side, size)
                environment = folder / side / "environments" / "openstack.yaml"
                environment.parent.mkdir()
                plan.with_name("openstack.yaml").rename(environment)
            plan.write_text(plan.read_text().replace("size: 10 GiB", "size: 11 GiB").replace("CELL:", "CELLS:"))
            synth = cost([camp2iac, "synth", plan, "-e", environment, "-o", folder / "infra", "--force"], folder, runs)
            diff = cost([camp2iac, "diff", folder / "old", folder / "new"], folder, runs)
            ratio = diff.cpu / synth.cpu
            print(f"| {size:,} | {synth.cpu:.2f} | {diff.cpu:.2f} | {diff.peak:.0f} | {ratio:.2f} |", flush=True)
            if ratio >= LARGEST_RATIO:
                raise SystemExit(f"diff takes {ratio:.1f} times as long as synth")


def line(size: int, costs: dict[str, Cost]) -> str:
    """A row of the table."""
    ours, floor, theirs, quieted = (costs.get(name) for name in ("camp2iac", "floor", "peer", "quieted"))
    assert ours
    assert floor
    row = [f"{size:,}", f"{ours.cpu:.2f}", f"{ours.peak:.0f}", f"{ours.cpu / size * 1000:.2f}"]
    row += [f"{floor.cpu:.2f}", f"{floor.peak:.0f}"]
    if theirs and quieted:
        row += [f"{theirs.cpu:.2f}", f"{quieted.cpu:.2f}", f"{theirs.peak:.0f}", f"{ours.cpu / quieted.cpu:.2f}"]
    else:
        row += [""] * 4
    return "| " + " | ".join(row) + " |"


COLUMNS = ("services", "CPU, s", "peak, MiB", "CPU per service, ms", "floor: CPU, s", "floor: peak, MiB")
COLUMNS += ("heat-translator: CPU, s", "quiet: CPU, s", "quiet: peak, MiB", "ratio")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---:|' * len(COLUMNS)}"

PAGE = """\
# Performance

CPU and memory of the process `camp2iac synth` for OpenStack. CPU is user and system time, the median of {runs} runs
after a warm-up (one run if it takes more than {once:.0f} s). Peak is the largest resident size.
`tests/bench/generate.py` writes the plans. They consist of cells: two web services and a database with a volume and a
schema to load, linked, on two networks. Each service is its own tier, so a plan with a thousand services has a thousand
groups of instances with their cloud-init.

{table}

`camp2iac --version`: {version:.2f} s of CPU.

- *Floor* is the minimum for a program like this: Python, click, and libyaml's composer on the same file.
- *heat-translator* translates the same stacks from TOSCA, where a service is three or four nodes, into one Heat
  template.
- *Quiet* is heat-translator with its log errors switched off. Without syslog, each line of its log costs a traceback.
- *Ratio* is the CPU of camp2iac divided by that of heat-translator in *quiet*.

`tests/growth` counts calls: for ten things that a plan can have more of, no function is called by the square of it.
`tests/budget/budget.txt` lists the calls of whole commands, and CI fails if one differs by more than 5 %.

Measured on {date} with camp2iac {ours}, Python {python}, PyYAML {yaml} and {peer}, on {cores} cores ({machine})
that other programs used too. Compare the ratios, not the absolute values. To measure again, run
`.venv/bin/python tests/bench/measure.py --peers --write`.
"""


def main() -> None:
    """Measure, print, and write the page if requested."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--sizes", default="10,100,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--diff", action="store_true")
    given = parser.parse_args()
    if given.diff:
        measure_diff([int(each) for each in given.sizes.split(",")], given.runs)
        return
    print(HEAD)
    rows = measure([int(each) for each in given.sizes.split(",")], given.runs, given.peers)
    with tempfile.TemporaryDirectory() as folder:
        start = cost([Path(sys.executable).with_name("camp2iac"), "--version"], Path(folder), given.runs)
    print(f"--version: {start.cpu:.3f} s, {start.peak:.0f} MiB")
    if given.write:
        page = PAGE.format(
            runs=given.runs,
            once=ONCE_ABOVE,
            table="\n".join([HEAD, *(line(size, costs) for size, costs in rows)]),
            version=start.cpu,
            date=datetime.date.today().isoformat(),
            ours=version("camp2iac"),
            python=platform.python_version(),
            yaml=version("PyYAML"),
            peer=PEER.replace("==", " ") if given.peers else "heat-translator not measured",
            cores=os.cpu_count(),
            machine=platform.machine(),
        )
        (ROOT / "docs" / "performance.md").write_text(page)


if __name__ == "__main__":
    main()
