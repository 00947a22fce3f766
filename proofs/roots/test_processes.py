"""The processes of one artifact on the instances of three tiers: web, two workers, and a clock beside the queue."""

from __future__ import annotations

from pathlib import Path

import pytest

from roots.fleet import Fleet

PLAN = Path(__file__).parent / "plans/processes"
WORD = "50% \"off\" 'it' $HOME"
UNITS = "systemctl list-units --plain --no-legend --state=running 'letters-*' | cut -d' ' -f1 | sort"


@pytest.mark.parametrize("root", ["bookworm"])
def test_processes_on_their_own_tiers(tmp_path: Path, root: str) -> None:
    fleet = Fleet(PLAN, tmp_path / "work", root)
    try:
        fleet.start()
        answers = {fleet.curl(f"http://{{web}}:8080/{n}") for n in range(20)}
        assert answers == {f"background-{n} 8080 {WORD}" for n in (1, 2)}
        assert int(fleet.curl("http://{web}:8080/ticks")) > 0
        assert fleet.sh("web", UNITS).split() == ["letters-web.service"]
        for name in ("background-1", "background-2"):
            assert fleet.sh(name, UNITS).split() == ["letters-web-background.worker.service"]
            assert "8080" not in fleet.sh(name, "ss -Hltn")
            assert fleet.sh(name, "ls /srv/drafts").split() == ["last", "lost+found", "released"]
        assert "letters-web-queue.clock.service" in fleet.sh("queue", UNITS).split()
        fleet.reboot()
        assert fleet.curl("http://{web}:8080/after").startswith("background-")
    finally:
        fleet.close()
