"""The script that says how a machine is, executed: with systemd played."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.targets.openstack.machine.render import SCRIPTS

Ask = Callable[..., tuple[int, str]]
# began: at this second of the machine's life; it ends when it has run for `lives` seconds
SYSTEMCTL = """#!/bin/bash
read -r now _ < /proc/uptime
now=${now%.*}
. "$(dirname "$0")/unit"
ran=$((now - began))
case "$*" in
  *is-active*) [ "$state" = active ] && { [ -z "$lives" ] || [ "$ran" -lt "$lives" ]; } ;;
  *is-failed*) [ "$state" = failed ] ;;
  *NRestarts*) echo "$restarts" ;;
  *ActiveEnterTimestampMonotonic*) echo "$((began * 1000000))" ;;
  *ActiveState*) if [ "$state" = active ]; then echo activating; else echo "$state"; fi ;;
esac
"""


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """camp-status of a machine with one process: its exit status, and what it says but the machine's name."""
    text = (SCRIPTS / "camp-status.sh").read_text()
    text, found = re.subn("/etc/camp/status", str(tmp_path / "status"), text)
    assert found
    text, found = re.subn(r"^steady=10 ", "steady=3 ", text, flags=re.MULTILINE)
    assert found == 1
    (tmp_path / "camp-status").write_text(text)
    (tmp_path / "status").write_text("running web.service\n")
    (tmp_path / "systemctl").write_text(SYSTEMCTL)
    (tmp_path / "systemctl").chmod(0o755)

    def run(*words: str, ago: int, state: str = "active", restarts: str = "0", lives: str = "") -> tuple[int, str]:
        up = int(Path("/proc/uptime").read_text().partition(".")[0])
        unit = f"began={up - ago} state={state} restarts={restarts} lives={lives}\n"
        (tmp_path / "unit").write_text(unit)
        command = f'PATH="{tmp_path}:$PATH" exec bash "{tmp_path}/camp-status" "$@"'
        done = subprocess.run(["bash", "-c", command, "-", *words], capture_output=True, text=True, check=False)
        assert not done.stderr
        return done.returncode, done.stdout.partition(": ")[2].strip()

    return run


def test_a_process_that_has_run_for_a_while(ask: Ask) -> None:
    assert ask(ago=60) == (0, "ready")
    assert ask(ago=60, restarts="4") == (0, "ready")
    assert ask(ago=60, restarts="") == (0, "ready"), "what is no service has no restarts"


def test_a_process_that_has_just_begun_is_waited_for(ask: Ask) -> None:
    code, said = ask(ago=0)
    assert (code, said) == (1, "NOT READY: web.service has run for less than 3 s (see journalctl -u web.service)")
    assert ask("--wait", "20", ago=0) == (0, "ready")


def test_a_process_that_ends_soon_is_not_ready(ask: Ask) -> None:
    code, said = ask("--wait", "4", ago=0, lives="1", restarts="2")
    assert code == 1
    why = "web.service is not running: activating, restarted 2 times (see journalctl -u web.service)"
    assert said == f"NOT READY: {why}"


def test_a_process_that_failed_is_not_waited_for(ask: Ask) -> None:
    said = (1, "NOT READY: web.service has failed (see journalctl -u web.service)")
    assert ask("--wait", "600", ago=0, state="failed") == said
