"""The live view of ``camp2iac progress`` on a pseudo-terminal, with a clock of the test's own."""

from __future__ import annotations

import fcntl
import io
import os
import re
import select
import signal
import struct
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.deployed import RECORDED, DeployedOutput, deployed_output

from camp2iac.cli import console as consoles
from camp2iac.cli import progress, run, standings
from camp2iac.cli.console import Console, LiveRegion
from camp2iac.cli.lines import ticking
from camp2iac.review.progress import messages
from camp2iac.review.progress.model import TerraformRun


class Screen:
    """What a terminal shows: text, line ends, and the sequences of the live view. ``top`` of the lines has scrolled."""

    def __init__(self, width: int) -> None:
        self.width, self.lines, self.row, self.column = width, [""], 0, 0

    def feed(self, text: str) -> None:
        for found in re.finditer(r"\x1b\[(\d*)([A-Za-z])|(.)", text, re.DOTALL):
            number, letter, character = found.groups()
            if letter == "A":
                self.row = max(self.row - int(number), 0)
            elif letter == "J":
                del self.lines[self.row + 1 :]
                self.lines[self.row] = self.lines[self.row][: self.column]
            elif letter is not None:
                raise AssertionError(f"an unknown sequence: {found[0]!r}")
            elif character == "\r":
                self.column = 0
            elif character == "\n":
                self._down()
            else:
                assert character >= " ", repr(character)
                if self.column == self.width:
                    self._down()
                    self.column = 0
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[: self.column] + character + line[self.column + 1 :]
                self.column += 1

    def _down(self) -> None:
        self.row += 1
        if self.row == len(self.lines):
            self.lines.append("")

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines).rstrip()


class Terminal:
    """A pseudo-terminal as standard output of this process."""

    def __init__(self, width: int, height: int) -> None:
        self.master, self._slave = os.openpty()
        self.resize(width, height)
        self.stream = os.fdopen(self._slave, "w", encoding="utf-8", closefd=False)
        self.screen = Screen(width)

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def shown(self) -> str:
        """What the screen shows after all that was written."""
        self.stream.flush()
        data = b""
        while select.select([self.master], [], [], 0)[0]:
            data += os.read(self.master, 1 << 16)
        self.screen.feed(data.decode())
        return self.screen.text

    def close(self) -> None:
        self.stream.close()
        os.close(self._slave)
        os.close(self.master)


@pytest.fixture(params=[(80, 24), (40, 24)], ids=["80", "40"])
def terminal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    made = Terminal(*request.param)
    monkeypatch.setattr(consoles, "size", lambda: os.get_terminal_size(made.master))
    monkeypatch.setattr(progress, "size", lambda: os.get_terminal_size(made.master))
    monkeypatch.setenv("TERM", "xterm")
    yield made
    made.close()


def new_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> TerraformRun:
    return TerraformRun(standings.read(deployed_output("small", tmp_path, monkeypatch, capsys).folder).parts)


def frame(terminal: Terminal, given: list[bytes | None], run: TerraformRun, at: Callable[[float], None]) -> list[str]:
    """What the screen shows before each line, and at the end; each takes two seconds."""
    found: list[str] = []
    now = 1_000.0

    def slowly() -> Iterator[bytes | None]:
        nonlocal now
        for line in given:
            found.append(terminal.shown())
            now += 2
            at(now)
            yield line

    display = progress.LiveDisplay(Console(), run, LiveRegion(terminal.stream))
    assert progress.follow(slowly(), run, display, lambda: now) == 2 * len(given)
    return [*found, terminal.shown()]


def test_it_is_drawn_in_place(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = new_run(tmp_path, monkeypatch, capsys)
    apply = (RECORDED / "small/apply.jsonl").read_bytes().splitlines()
    given = [*apply[:8], None, *apply[8:17], None, None, b"a line of another program", *apply[17:]]
    found = frame(terminal, given, run, lambda _now: None)
    assert found[1].splitlines() == ["Terraform plans, 0:02"]
    assert "The plan: 5 to create.\nTerraform applies, 0:16" in found[8]
    beginning = "The plan: 5 to create.\nTerraform applies, 0:38: 2 of 5 done\n"
    assert found[19].startswith(beginning)
    assert "a line of another program\nTerraform applies, 0:42" in found[21]
    assert all(each.count("Terraform ") <= 1 for each in found)
    assert found[-1] == "The plan: 5 to create.\na line of another program", "nothing of the view stays"


def test_the_view_at_a_time(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = new_run(tmp_path, monkeypatch, capsys)
    apply = (RECORDED / "small/apply.jsonl").read_bytes().splitlines()
    ready = next(number for number, line in enumerate(apply) if b"terraform_data.web[0]: Creation complete" in line)
    found = frame(terminal, [*apply[: ready + 1], None, None], run, lambda _now: None)
    seconds = 2 * (ready + 3)
    lines = found[-2].splitlines()
    assert lines[1] == f"Terraform applies, 0:{seconds - 2}: 4 of 5 done"
    assert re.fullmatch(r"  web       1 of 2 instances ready 0:\d\d", lines[2])
    assert lines[3] == "✓ database  1 created"


def test_a_terminal_that_gets_narrower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The earlier lines have wrapped: all of their rows are drawn again."""
    terminal = Terminal(30, 24)
    monkeypatch.setattr(consoles, "size", lambda: os.get_terminal_size(terminal.master))
    region = LiveRegion(terminal.stream)
    region.draw(["a" * 25, "b"])
    terminal.shown()
    terminal.resize(10, 24)
    terminal.screen = Screen(10)
    terminal.screen.feed("a" * 25 + "\nb\n".replace("\n", "\r\n"))
    region.draw(["c"])
    assert terminal.shown().splitlines() == ["c"]
    region.draw(["c"])
    assert terminal.shown().splitlines() == ["c"]
    terminal.close()


def test_words_have_no_effect_on_the_terminal(terminal: Terminal) -> None:
    region = LiveRegion(terminal.stream)
    region.draw(["x\x1b[2J", "y"], above="\x1b]0;t\x07z\n")
    region.draw([])
    assert terminal.shown() == "␛]0;t␇z"


def test_only_a_terminal_gets_a_live_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = new_run(tmp_path, monkeypatch, capsys)

    class Pretended(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", Pretended())
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(progress._display(Console(), run), progress.LiveDisplay)
    assert isinstance(progress._display(Console(quiet=True), run), progress.PlainDisplay)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(progress._display(Console(), run), progress.PlainDisplay)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(progress._display(Console(), run), progress.PlainDisplay)


def test_it_reads_on_after_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Terraform gets the signal too, and says how it stops."""
    output: DeployedOutput = deployed_output("small", tmp_path, monkeypatch, capsys)
    notes = []

    def interrupted(_stream: object, _seconds: float, _longest: int) -> Iterator[bytes]:
        for line in output.recorded("interrupted.jsonl").splitlines():
            if b"Interrupt received" in line:
                os.kill(os.getpid(), signal.SIGINT)
            yield line

    class Noting(progress.Display):
        def show(self, events: object, text: str | None, now: float, elapsed: float, note: str) -> None:
            notes.append(note)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(progress, "ticking", interrupted)
    monkeypatch.setattr(progress, "_display", lambda _console, _run: Noting())
    status, out, _ = output.call("progress", given=b"")
    assert status == 1
    assert "Failed after 0:03: 4 created." in out
    assert sorted(set(notes)) == ["", "interrupted, Terraform stops"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_pause_is_a_tick() -> None:
    """The reader waits for a line in a thread, so that the clock of the view goes on."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as other:
        lines = ticking(stream, 0.01, 100)
        assert next(lines) is None
        other.write(b"a\r\nb")
        assert next(line for line in lines if line is not None) == b"a"
        other.close()
        assert [line for line in lines if line is not None] == [b"b"]


def test_a_terminal_as_input_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = deployed_output("small", tmp_path, monkeypatch, capsys)
    master, slave = os.openpty()
    for command in ("progress", "inventory"):
        with open(slave, closefd=False) as stream:
            monkeypatch.setattr("sys.stdin", stream)
            assert run([command, "-o", str(output.folder)]) == 2
        assert "standard input is a terminal; write  terraform " in capsys.readouterr().err
    os.close(master)
    os.close(slave)


def test_long_lines_are_bounded() -> None:
    assert messages.LONGEST_LINE <= 16 << 20
    given = io.BytesIO(b"x" * 250 + b"\nshort\n" + b"y" * 99 + b"\n" + b"z" * 100)
    assert [line for line in ticking(given, 1, 100) if line is not None] == [b"short", b"y" * 99]
