"""``camp2iac progress``."""

from __future__ import annotations

import gc
import hashlib
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from camp2iac.cli import options, outputs, standings
from camp2iac.cli.console import Console, LiveRegion, columns, is_live, size
from camp2iac.cli.lines import ticking
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.review.progress import messages, summary, view
from camp2iac.review.progress.model import ProgressEvent, TerraformRun

_WRITE = "terraform apply -json -auto-approve | camp2iac progress"
_TICK = 0.5  # seconds
_WIDTH = 100  # without a terminal
_LONGEST = 2_000  # characters of a line that is not Terraform's
_SECRETS = ReportedSecrets()
_STOPPING = "interrupted, Terraform stops"


@click.command("progress")
@options.output_folder
@options.common
@click.pass_obj
def command(console: Console, folder: Path | None) -> int:
    """Show a run of Terraform as it happens, by part of the plan, and a summary at its end.

    Standard input is the stream of  terraform apply -json, plan -json  or  destroy -json. On a terminal, each part of
    the plan has a line that changes. Otherwise, a line is printed for each event that people care about. After Ctrl-C,
    which Terraform also gets, progress shows how Terraform stops.

    The exit status is 1 if the stream has errors or ends too early, else 0. With  set -o pipefail  the shell also
    reports the exit status of Terraform.

    \b
    set -o pipefail
    terraform apply -json -auto-approve | camp2iac progress
    terraform -chdir=infra/production apply -json change.tfplan | camp2iac progress -o infra/production
    """
    place = outputs.find(folder)
    if sys.stdin.isatty():
        raise click.UsageError(f"standard input is a terminal; write  {_WRITE}")
    found = standings.read(place)
    gc.enable()  # a stream can take hours
    run = TerraformRun(found.parts)
    display = _display(console, run)
    with _interrupts() as interrupted:
        try:
            stream = sys.stdin.buffer
        except OSError as error:
            raise click.UsageError(f"standard input cannot be read: {error.strerror}") from error
        elapsed = follow(ticking(stream, _TICK, messages.LONGEST_LINE), run, display, time.monotonic, interrupted)
    if not run.messages:
        console.diagnostics([_not_a_stream()], {})
        return 1
    width = columns(_WIDTH) or _WIDTH
    console.result(summary.summary(run, elapsed, _texts(found), width))
    return 1 if run.failed else 0


def follow(
    lines: Iterable[bytes | None],
    run: TerraformRun,
    display: Display,
    clock: Callable[[], float],
    interrupted: Callable[[], bool] = lambda: False,
) -> float:
    """Show the lines until they end; returns the elapsed time. None in ``lines`` is a pause."""
    start = clock()
    document = False  # the input is a JSON document, of which nothing is shown
    for line in lines:
        now = clock()
        events: tuple[ProgressEvent, ...] = ()
        text = None
        if line is not None:
            received = messages.read(line)
            if received.message is not None:
                events = run.receive(received.message, now)
            elif received.text is None or (not run.messages and received.text.lstrip()[:1] in ("{", "[")):
                document = document or not run.messages
            elif not document or run.messages:
                text = _SECRETS.clean(received.text[:_LONGEST])
        display.show(events, text, now, now - start, _STOPPING if interrupted() else "")
    display.close()
    return clock() - start


class Display:
    """What is printed while Terraform runs: nothing."""

    def show(self, events: Iterable[ProgressEvent], text: str | None, now: float, elapsed: float, note: str) -> None:
        """Show events, and the text of another program, at a time; ``note``: what else happens."""

    def close(self) -> None:
        """Remove what does not stay."""


class PlainDisplay(Display):
    """A line for each event that people care about."""

    def __init__(self, console: Console, run: TerraformRun) -> None:
        self._console, self._run = console, run
        self._printed = False

    def show(self, events: Iterable[ProgressEvent], text: str | None, now: float, elapsed: float, note: str) -> None:
        """Print what happened."""
        lines = [text] if text is not None else []
        if not self._console.quiet:
            lines += view.event_lines(self._run, events, every=bool(self._console.verbose))
        if lines:
            self._console.result("".join(f"{line}\n" for line in lines))
            self._printed = True

    def close(self) -> None:
        """Print an empty line before the summary."""
        if self._printed and self._run.messages:
            self._console.result("\n")


class LiveDisplay(Display):
    """A line for each part of the plan, drawn again in place, and above it what these lines do not show."""

    def __init__(self, console: Console, run: TerraformRun, region: LiveRegion) -> None:
        self._console, self._run, self._region = console, run, region
        self._drawn = float("-inf")
        self._printed = False

    def show(self, events: Iterable[ProgressEvent], text: str | None, now: float, elapsed: float, note: str) -> None:
        """Draw the view. Many messages in a short time are drawn once."""
        above = [text] if text is not None else []
        above += view.urgent_lines(self._run, events)
        if not above and now - self._drawn < _DRAW_EVERY:
            return
        self._drawn = now
        self._printed |= bool(above)
        terminal = size()
        lines = view.lines(self._run, now, elapsed, view.ViewSize(terminal.columns, terminal.lines), note)
        self._region.draw(lines, above="".join(f"{line}\n" for line in above))

    def close(self) -> None:
        """Clear the view: the summary has more."""
        self._region.draw([], above="\n" if self._printed and self._run.messages else "")


_DRAW_EVERY = 0.1  # seconds


def _display(console: Console, run: TerraformRun) -> Display:
    if is_live(sys.stdout) and not console.quiet and not console.verbose:
        return LiveDisplay(console, run, LiveRegion(sys.stdout))
    return PlainDisplay(console, run)


def _not_a_stream() -> Diagnostic:
    return Diagnostic("CAMP739", "the input has no message of  terraform apply -json", help=f"write  {_WRITE}")


def _texts(found: standings.OutputStanding) -> Callable[[str], str | None]:
    """The plan's files that are the same as when the output was written."""

    def text(file: str) -> str | None:
        digest = found.standing.inputs.get(file)
        if digest is None:
            return None
        try:
            data = (found.plan / file).read_bytes()
        except OSError:
            return None
        return data.decode("utf-8", "replace") if hashlib.sha256(data).hexdigest() == digest else None

    return text


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Continue after Ctrl-C, because Terraform gets it too; gives a function that says whether there was one."""
    seen = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal seen
        seen = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: seen
    finally:
        signal.signal(signal.SIGINT, before)
