"""Print results to standard output and everything else to standard error, in characters that each stream can show."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from camp2iac.cli.foreign import harmless_output
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic

_PLAIN = {"→": "->", "…": "...", "•": "*", "✓": "+", "✗": "x", "␛": "?", "�": "?"}


class Console(Record):
    """``verbose``: the number of ``-v``; ``quiet``: print only errors and results.

    ``explained``: an error or a result was printed, so the user knows why a command failed.
    """

    verbose: int = 0
    quiet: bool = False
    explained: bool = False

    def result(self, text: str, *, painted: bool = False, commands: bool = False) -> None:
        """Print a result to standard output. ``painted``, ``commands``: as of :func:`write`."""
        self.explained |= bool(text)
        write(sys.stdout, text, painted=painted, commands=commands)

    def say(self, text: str) -> None:
        """Print a line, except with ``-q``."""
        if not self.quiet:
            write(sys.stderr, text + "\n")

    def detail(self, text: str) -> None:
        """Print a line with ``-v``."""
        if self.verbose and not self.quiet:
            write(sys.stderr, text + "\n")

    def help(self, text: str) -> None:
        """Print the help if no command was given."""
        write(sys.stderr, text + "\n")

    def error(self, text: str) -> None:
        """Print an error, always."""
        self.explained = True
        write(sys.stderr, f"error: {text}\n")

    def diagnostics(self, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
        """Print diagnostics to standard error; with ``-q`` only errors."""
        from camp2iac.diagnostics import Severity
        from camp2iac.diagnostics.formats import render

        chosen = [each for each in found if not self.quiet or each.level is Severity.ERROR]
        self.explained |= any(each.level is Severity.ERROR for each in chosen)
        if chosen:
            write(sys.stderr, render(chosen, texts, "pretty", colour=colour(sys.stderr)), painted=True)


class LiveRegion:
    """The last lines of a terminal, which are drawn again in place. What is printed above them stays."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn: list[str] = []

    def draw(self, lines: Sequence[str], *, above: str = "") -> None:
        """Draw the lines, each narrower than the terminal, instead of the earlier ones, and first the text ``above``.

        The words of both have no effect on the terminal. Nothing is written if nothing changes.
        """
        if list(lines) == self._drawn and not above:
            return
        text = printable(self._stream, above + "".join(f"{line}\n" for line in lines))
        self._stream.write(self._back() + text)
        self._stream.flush()
        self._drawn = list(lines)

    def _back(self) -> str:
        """The sequence to the start of the region, which also clears it. Earlier lines wrap if the terminal got
        narrower.
        """
        width = max(size().columns, 1)
        rows = sum(max(-(-_wide(line) // width), 1) for line in self._drawn)
        return f"\x1b[{rows}A\r\x1b[J" if rows else ""


def is_live(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can move its cursor."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def size() -> os.terminal_size:
    """The size of the terminal."""
    return shutil.get_terminal_size()


def _wide(line: str) -> int:
    from camp2iac.review.formats.cells import wide

    return wide(line)


def colour(stream: TextIO) -> bool:
    """Whether to print ANSI sequences: by ``NO_COLOR`` (https://no-color.org), ``FORCE_COLOR``, or on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(most: int | None = None) -> int | None:
    """The width of standard output if it is a terminal, at most ``most``; otherwise ``most``."""
    if not sys.stdout.isatty():
        return most
    found = shutil.get_terminal_size().columns
    return found if most is None else min(found, most)


def shows(stream: TextIO, characters: str) -> bool:
    """Whether the encoding of a stream has these characters."""
    try:
        characters.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write(stream: TextIO, text: str, *, painted: bool = False, commands: bool = False) -> None:
    """Write to a stream, so that no word is a command of a terminal or a CI system (:mod:`camp2iac.cli.foreign`).

    Characters that the encoding of the stream does not have are replaced. ``painted``: the text has colours, and the
    format that made it shows the controls in all words. ``commands``: the text consists of workflow commands.
    """
    text = printable(stream, text, painted=painted, commands=commands)
    if text:
        stream.write(text)
        stream.flush()


def printable(stream: TextIO, text: str, *, painted: bool = False, commands: bool = False) -> str:
    """The text as :func:`write` writes it."""
    text = harmless_output(text, colour=painted and colour(stream), commands=commands)
    if not shows(stream, text):
        for sign, plain in _PLAIN.items():
            text = text.replace(sign, plain)
        encoding = stream.encoding or "utf-8"
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    return text
