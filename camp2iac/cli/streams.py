"""Standard streams that may be closed, full, or read by nobody.

Results are what a command is for: one that cannot be written ends the command. What is said to the user on the way is
not: a command whose standard error is gone does its work all the same, and its exit status tells.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO, cast


class ReaderGone(Exception):  # noqa: N818 - nobody's error
    """Nobody reads standard output any more."""


class OutputError(Exception):
    """Standard output cannot be written: it is closed, or its disk is full. The text says which."""


_LAST = 2  # standard error's number


def guard() -> None:
    """Put streams in place of the standard ones that behave so. ReaderGone and OutputError come of writing results."""
    # Else the next file that is opened would have the number of a stream that is closed.
    while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST:
        pass
    os.close(number)
    sys.stdin = sys.stdin if sys.stdin is not None else cast(TextIO, _NoInput())
    sys.stdout = cast(TextIO, _Guarded(sys.stdout if sys.stdout is not None else _Closed(), results=True))
    sys.stderr = cast(TextIO, _Guarded(sys.stderr if sys.stderr is not None else _Closed(), results=False))


class _NoInput(io.TextIOBase):
    """Standard input that was closed before the program began: there is no answer to any question."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        raise EOFError

    @property
    def buffer(self) -> Any:
        raise OSError(errno.EBADF, "it is closed")


class _Closed(io.TextIOBase):
    """A stream that was closed before the program began."""

    encoding = "utf-8"

    def write(self, text: str, /) -> int:
        if text:
            raise OSError(errno.EBADF, "it is closed")
        return 0


class _Guarded:
    """A stream; what goes wrong with writing to it is one of the two exceptions, or nothing."""

    def __init__(self, stream: Any, *, results: bool) -> None:
        self._stream, self._results = stream, results
        self._lost: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        if text == "":  # click asks so what kind of stream it is
            return 0
        if self._lost is not None:  # whoever caught the exception
            raise self._lost
        try:
            return int(self._stream.write(text))
        except OSError as error:
            self._failed(error)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        self._to_nowhere()
        if self._results:
            gone = isinstance(error, BrokenPipeError)
            self._lost = ReaderGone() if gone else OutputError(error.strerror or str(error))
            raise self._lost from None

    def _to_nowhere(self) -> None:
        """The interpreter writes what is left in the stream once more as it ends: let that go nowhere."""
        try:
            number = self._stream.fileno()
        except (OSError, ValueError):
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
