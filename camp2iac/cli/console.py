"""Where things are said: results to standard output, all else to standard error, each as its stream can show it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic

_PLAIN = {"→": "->", "…": "...", "•": "*", "✓": "+", "✗": "x", "␛": "?", "�": "?"}


class Console(Record):
    """``verbose``: how often ``-v`` was given; ``quiet``: say nothing but errors and results.

    ``explained``: an error or a result was shown, so that a failing command has said why.
    """

    verbose: int = 0
    quiet: bool = False
    explained: bool = False

    def result(self, text: str) -> None:
        """What was asked for, to standard output, as it is."""
        self.explained |= bool(text)
        write(sys.stdout, text)

    def say(self, text: str) -> None:
        """A line to the user, unless ``-q``."""
        if not self.quiet:
            write(sys.stderr, text + "\n")

    def detail(self, text: str) -> None:
        """A line for who asked for more with ``-v``."""
        if self.verbose and not self.quiet:
            write(sys.stderr, text + "\n")

    def help(self, text: str) -> None:
        """How to use a command, for who gave none."""
        write(sys.stderr, text + "\n")

    def error(self, text: str) -> None:
        """What went wrong, always."""
        self.explained = True
        write(sys.stderr, f"error: {text}\n")

    def diagnostics(self, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
        """Diagnostics, to standard error; with ``-q`` errors alone."""
        from camp2iac.diagnostics import Severity
        from camp2iac.diagnostics.formats import render

        chosen = [each for each in found if not self.quiet or each.level is Severity.ERROR]
        self.explained |= any(each.level is Severity.ERROR for each in chosen)
        if chosen:
            write(sys.stderr, render(chosen, texts, "pretty", colour=colour(sys.stderr)))


def colour(stream: TextIO) -> bool:
    """Whether to colour what goes there: NO_COLOR and FORCE_COLOR (https://no-color.org), else if it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(most: int | None = None) -> int | None:
    """The terminal's columns where standard output is one, ``most`` at the most; else ``most``."""
    if not sys.stdout.isatty():
        return most
    found = shutil.get_terminal_size().columns
    return found if most is None else min(found, most)


def shows(stream: TextIO, characters: str) -> bool:
    """Whether a stream's encoding has these characters."""
    try:
        characters.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write(stream: TextIO, text: str) -> None:
    """Write a text; what the stream cannot show is spelled with what it can."""
    if not shows(stream, text):
        for sign, plain in _PLAIN.items():
            text = text.replace(sign, plain)
        encoding = stream.encoding or "utf-8"
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    if text:
        stream.write(text)
        stream.flush()
