"""Standard streams that can be closed, full, or without a reader.

If a result cannot be written, the command ends. If standard error cannot be written, the command continues, and its
exit status shows the result.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO, cast


class ReaderGone(Exception):  # noqa: N818 - not an error
    """The reader of standard output has exited."""


class OutputError(Exception):
    """Standard output cannot be written: it is closed, or the disk is full. The text says which."""


_LAST = 2  # the file descriptor of standard error


def guard() -> None:
    """Replace the standard streams with guarded ones. Writing a result can then raise ReaderGone or OutputError."""
    # Otherwise the next file that is opened would get the file descriptor of a closed stream.
    while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST:
        pass
    os.close(number)
    sys.stdin = sys.stdin if sys.stdin is not None else cast(TextIO, _NoInput())
    sys.stdout = cast(TextIO, _Guarded(sys.stdout if sys.stdout is not None else _Closed(), results=True))
    sys.stderr = cast(TextIO, _Guarded(sys.stderr if sys.stderr is not None else _Closed(), results=False))


class _NoInput(io.TextIOBase):
    """Standard input that was closed before the program started, so that questions get no answer."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        raise EOFError

    @property
    def buffer(self) -> Any:
        raise OSError(errno.EBADF, "it is closed")


class _Closed(io.TextIOBase):
    """A stream that was closed before the program started."""

    encoding = "utf-8"

    def write(self, text: str, /) -> int:
        if text:
            raise OSError(errno.EBADF, "it is closed")
        return 0


class _Guarded:
    """A stream for which a failed write raises one of the two exceptions (results), or is ignored (standard error)."""

    def __init__(self, stream: Any, *, results: bool) -> None:
        self._stream, self._results = stream, results
        self._lost: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        if text == "":  # click finds out the kind of stream with this
            return 0
        if self._lost is not None:  # in case the first exception was caught
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
        """Discard what the interpreter flushes from the stream when it exits."""
        try:
            number = self._stream.fileno()
        except (OSError, ValueError):
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
