"""The lines of a stream as they come, with ticks between them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import BinaryIO

_WAITING = 1_000  # lines that are read ahead


def ticking(stream: BinaryIO, seconds: float, longest: int) -> Iterator[bytes | None]:
    """The lines without their ends, and None after each pause of some seconds.

    Of a line that is longer than ``longest`` bytes, nothing is given. A thread reads, because no other way to wait for
    a pipe and for a time works on every system.
    """
    lines: queue.Queue[bytes | None] = queue.Queue(_WAITING)
    threading.Thread(target=_read, args=(stream, lines, longest), daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=seconds)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line


def _read(stream: BinaryIO, lines: queue.Queue[bytes | None], longest: int) -> None:
    """Put each line, then None."""
    try:
        skips = False
        while line := stream.readline(longest):
            is_whole = line.endswith(b"\n") or len(line) < longest
            if is_whole and not skips:
                lines.put(line.rstrip(b"\r\n"))
            skips = not is_whole
    except (OSError, ValueError):
        pass  # it is closed: the same as its end
    finally:
        lines.put(None)
