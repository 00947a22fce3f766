"""What runs once: schedules and release processes on instances that share a database, and on instances without one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from roots.fleet import Fleet
from roots.store import Store

PLAN = Path(__file__).parent / "plans/schedules"
JOBS, MAIL = ("jobs-1", "jobs-2"), ("mail-1", "mail-2")
ROWS = (
    "runuser -u postgres -- psql -tA -F ' ' -d clock -c \"select slot, state, instance from camp_runs order by slot\""
)
FAILS = "/var/lib/camp/fails"


@pytest.fixture(params=["bookworm", "trixie"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    made = Fleet(PLAN, tmp_path / "work", request.param)
    yield made
    made.close()


def said(fleet: Fleet, name: str, words: str) -> int:
    """How many lines of an instance's journal are these words with its name."""
    text = fleet.sh(name, f"journalctl --no-pager --output cat --grep '^{words} on {name}$'", check=False)
    return text.count(words)


def runs(fleet: Fleet) -> list[tuple[str, str, str]]:
    """The runs of the schedule in the database: time, state, instance."""
    rows = [line.split(" ") for line in fleet.sh("database", ROWS).splitlines()]
    return [(slot, state, machine) for slot, state, machine in rows if re.fullmatch(r"\d{4}-.*Z", slot)]


def until(true: Callable[[], object], seconds: int, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(2)


def test_each_release_runs_once(tmp_path: Path) -> None:
    """New content of running instances: one of them runs the release process, and the others wait for it."""
    python = {"org.linux:Files": "org.python:src", "org.linux:RunOn": "org.python:runtime"}
    python["org.linux:Linux"] = "org.python:version"
    store = Store(PLAN, tmp_path / "work", words={**python, "min: 2, max: 3": "min: 2, max: 2"})
    fleet, current = store.fleet, "readlink /opt/clock/jobs/current"
    try:
        store.start()
        first = fleet.sh("jobs-1", current)
        assert sorted(said(fleet, name, "prepared") for name in JOBS) == [0, 1]
        store.change({"Says where it ran": "Tells where it ran"})
        until(lambda: all(fleet.sh(name, current) != first for name in JOBS), 900, "the new release is not there")
        until(lambda: sum(said(fleet, name, "prepared") for name in JOBS) > 1, 60, "its release process did not run")
        for name in JOBS:
            fleet.ready(name, 120)
        assert sum(said(fleet, name, "prepared") for name in JOBS) == 2, "once for each release"
    finally:
        store.close()


def test_one_instance_has_each_run(fleet: Fleet) -> None:
    fleet.start()
    assert sorted(said(fleet, name, "prepared") for name in JOBS) == [0, 1], "the release process, with a database"
    assert [said(fleet, name, "prepared") for name in MAIL] == [1, 0], "the release process, without one"

    until(lambda: len(runs(fleet)) >= 3, 300, "three runs")
    until(lambda: said(fleet, "mail-1", "ran") >= 3, 120, "three runs without a database")
    assert said(fleet, "mail-2", "ran") == 0
    time.sleep(max(0, 20 - time.time() % 60))  # in the quiet part of a minute
    found = runs(fleet)
    assert {state for _, state, _ in found} == {"done"}
    assert len({slot for slot, _, _ in found}) == len(found)
    assert sum(said(fleet, name, "ran") for name in JOBS) == len(found), "each run was on one instance"
    slots = [int(slot[-3:-1]) for slot, _, _ in found]
    assert all((after - before) % 60 == 1 for before, after in pairwise(slots)), "one was left out"

    for name in JOBS:
        fleet.sh(name, f"touch {FAILS}")
    line = r"NOT READY: the schedule tick of jobs failed at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: exit status 1 "
    line += r"\(see journalctl -u clock-jobs.schedule.tick -n 20\)$"
    until(lambda: any(re.search(line, fleet.status(name)) for name in JOBS), 130, "the failure is not shown")
    for name in JOBS:
        fleet.sh(name, f"rm {FAILS}")
    for name in JOBS:
        fleet.ready(name, 200)

    _, _, gone = runs(fleet)[-1]
    (other,) = set(JOBS) - {gone}
    fleet.down(gone, plug=True)
    before = len(runs(fleet))
    until(lambda: len(runs(fleet)) >= before + 2, 300, "no other instance runs it")
    assert {machine for _, _, machine in runs(fleet)[before:]} == {other}
    fleet.sh(other, "systemctl restart clock-jobs.worker.service", check=True)
    fleet.ready(other, 60)
    assert said(fleet, other, "prepared") <= 1, "not again at a restart"
