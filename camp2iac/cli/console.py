"""Print results to standard output and everything else to standard error, in characters that each stream can show."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
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
    text = harmless_output(text, colour=painted and colour(stream), commands=commands)
    if not shows(stream, text):
        for sign, plain in _PLAIN.items():
            text = text.replace(sign, plain)
        encoding = stream.encoding or "utf-8"
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    if text:
        stream.write(text)
        stream.flush()
