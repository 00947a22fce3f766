"""Every entry of the catalogue on every distribution: boot, use; a second run and a reboot change nothing."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from roots.entry import ROOTS, Entry, Record, entries
from roots.fleet import same
from roots.machine import HOME

ENTRIES = entries()
BEGAN = time.monotonic()
ASKED = os.environ.get("ROOTS_ENTRIES", "").split()


def test_what_is_asked_for_is_there() -> None:
    assert set(ASKED) <= set(ENTRIES), f"proofs/roots/entries has no {', '.join(sorted(set(ASKED) - set(ENTRIES)))}"


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("name", [name for name in ENTRIES if not ASKED or name in ASKED])
def test_entry(name: str, root: str, tmp_path: Path) -> None:
    entry = ENTRIES[name]
    if time.monotonic() - BEGAN > float(os.environ.get("ROOTS_SECONDS", "inf")):
        pytest.skip(f"{name} is NOT RUN on {ROOTS[root]}: ROOTS_SECONDS are over")
    if why := entry.left_out(root):
        pytest.skip(f"{name} is not run on {ROOTS[root]}: {why}")
    if not (HOME / "roots" / root / "etc/vm-root").exists():
        pytest.skip(f"{name} is NOT RUN on {ROOTS[root]}: no root file system; proofs/roots/vm root-make {root}")
    record, start = Record(entry.name, root, form=entry.form(root)), time.monotonic()
    try:
        prove(entry, root, tmp_path, record)
    except BaseException as problem:
        record.result = f"failed: {next(iter(str(problem).splitlines()), type(problem).__name__)[:120]}"
        raise
    finally:
        record.seconds = round(time.monotonic() - start)
        if os.environ.get("ROOTS_RECORD") == "1" and record.result != "failed: KeyboardInterrupt":
            record.write()


def prove(entry: Entry, root: str, work: Path, record: Record) -> None:
    fleet = entry.fleet(work, root)
    try:
        fleet.start()
        cloud_init = fleet.sh(next(iter(fleet.machines)), "dpkg-query -W -f '${Version}' cloud-init")
        record.cloud_init = re.sub(r"-.*", "", cloud_init)
        said = entry.use(fleet)
        record.version = entry.version(fleet)
        files, processes = fleet.files(), fleet.processes()
        for name in fleet.machines:
            fleet.again(name)
        same(files, fleet.files(), "a second run")
        same(processes, fleet.processes(), "a second run")
        assert entry.use(fleet) == said
        files = fleet.files()
        fleet.reboot()
        same(files, fleet.files(), "a reboot")
        assert entry.use(fleet) == said
    finally:
        fleet.close()
