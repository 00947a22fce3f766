"""Standard streams that are closed, full or without a reader, and Ctrl-C at any time."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

CAMP2IAC = f"{sys.executable} -m camp2iac"
SYNTH = "synth camp.yaml --target heroku"
RESULTS = (
    f"{SYNTH} -o -",
    "validate camp.yaml",
    "port camp.yaml --target heroku",
    "schema plan",
    "catalogue list",
    "catalogue show postgresql",
    "targets",
    "explain CAMP201",
    "completion bash",
    "--version",
    "--help",
    "synth --help",
)
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-c", line]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)


@pytest.mark.parametrize("command", RESULTS)
@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (">&-", "Bad file descriptor|it is closed"),
        pytest.param(">/dev/full", "No space left on device", marks=needs_full),
    ],
)
def test_a_result_that_cannot_be_written(command: str, where: str, reason: str, shop: Path) -> None:
    done = shell(f"{CAMP2IAC} {command} {where}", shop)
    assert done.returncode == 74
    assert done.stderr in {f"error: cannot write to standard output: {each}\n" for each in reason.split("|")}


@pytest.mark.parametrize("command", RESULTS)
def test_a_reader_that_goes_away(command: str, shop: Path) -> None:
    done = shell(f"{{ sleep 0.2; {CAMP2IAC} {command}; echo $? >&2; }} | exec true", shop)
    assert done.stderr == "141\n"


def test_the_first_line_alone(shop: Path) -> None:
    done = shell(f"{CAMP2IAC} {SYNTH} -o - -q | head -1; echo ${{PIPESTATUS[0]}}", shop)
    first, status = done.stdout.splitlines()
    assert first.startswith("# --- ")
    assert status in ("0", "141")
    assert not done.stderr


@pytest.mark.parametrize(
    "where", ["2>&-", pytest.param("2>/dev/full", marks=needs_full), "2> >(exec true)", ">&- 2>&-"]
)
def test_nobody_to_talk_to(where: str, shop: Path) -> None:
    """The output and the exit status do not depend on standard error."""
    done = shell(f"{CAMP2IAC} {SYNTH} -o heard", shop)
    assert (done.returncode, done.stdout) == (0, "")
    done = shell(f"{CAMP2IAC} {SYNTH} -o out {where}", shop)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert written(shop / "out") == written(shop / "heard")
    assert shell(f"{CAMP2IAC} {SYNTH} -o out --check {where}", shop).returncode == 0
    (shop / "out/outputs.tf").write_text("by hand")
    assert shell(f"{CAMP2IAC} {SYNTH} -o out {where}", shop).returncode == 1
    assert shell(f"{CAMP2IAC} synth - {where}", shop).returncode == 2
    assert (shop / "out/outputs.tf").read_text() == "by hand"


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_written_has_no_stream_in_it(shop: Path) -> None:
    """A file that is opened while a stream is closed gets its file descriptor, but not its messages."""
    shell(f"{CAMP2IAC} {SYNTH} -o heard", shop)
    shell(f"{CAMP2IAC} {SYNTH} -v -o out <&- >&- 2>&-", shop)
    assert written(shop / "out") == written(shop / "heard")


def test_a_difference_that_cannot_be_shown(shop: Path) -> None:
    done = shell(f"{CAMP2IAC} {SYNTH} -o out --check >&-", shop)
    assert done.returncode == 74
    assert not (shop / "out").exists()


def test_no_standard_input(shop: Path) -> None:
    for command in ("validate -", "port - --target heroku", "synth - --target heroku"):
        done = shell(f"{CAMP2IAC} {command} <&-", shop)
        assert done.returncode == 2
        assert done.stderr.startswith("error: standard input cannot be read: it is closed\n")
    done = shell(f"{CAMP2IAC} init new <&-", shop)
    assert done.returncode in (1, 2, 130)
    assert "bug" not in done.stderr


STOPPING = """
import builtins, os, signal, sys
wanted, real, seen = int(sys.argv.pop(1)), builtins.__import__, 0
def stopping(name, *args, **more):
    global seen
    seen += 1
    if seen == wanted:
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *args, **more)
builtins.__import__ = stopping
from camp2iac.start import main
try:
    main()
finally:
    if seen < wanted:
        os._exit(99)
"""


@pytest.mark.parametrize("parts", range(10))
def test_ctrl_c_while_importing(parts: int, shop: Path) -> None:
    """During any import, it causes no traceback, and nothing is written."""
    step = 20 + parts * 130
    command = [sys.executable, "-c", STOPPING, str(step), "synth", "camp.yaml", "--target", "heroku"]

    def meant() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the tests can run in the background

    done = subprocess.run(command, cwd=shop, capture_output=True, text=True, preexec_fn=meant, timeout=60)
    assert done.returncode in (130, -signal.SIGINT)
    assert done.stderr in ("", "error: interrupted\n", "\nerror: interrupted\n")
    assert not (shop / "infra").exists()


def test_ctrl_c_of_who_ignores_it(shop: Path) -> None:
    """A process in the background ignores SIGINT."""

    def ignoring() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    command = [sys.executable, "-c", STOPPING, "300", "validate", "camp.yaml"]
    done = subprocess.run(command, cwd=shop, capture_output=True, text=True, preexec_fn=ignoring, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "error[" not in done.stdout
