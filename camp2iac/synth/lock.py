"""One writer at a time in an output folder.

The folder itself is locked, so there is no lock file, and the operating system releases the lock when its holder ends
for any reason. If the system or the file system cannot lock folders (Windows, some network file systems), a file in the
folder is the lock while it is held.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = ".camp2iac-lock"  # only if folders cannot be locked
ATTEMPTS, PAUSE = 100, 0.1  # a run writes for less than a second
_NO_LOCKS = {
    *(errno.EACCES, errno.EBADF, errno.EINVAL, errno.EISDIR, errno.ENOLCK, errno.ENOSYS),
    *(errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM),
}


class BusyError(Exception):
    """Another process holds the lock and did not release it in time. ``file``: the lock, if it is a file."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file


@contextmanager
def held(directory: Path, *, writes: bool = True) -> Iterator[None]:
    """Hold the lock of an existing folder. Raises BusyError if another process holds it for ten seconds.

    ``writes``: whether a file can be the lock. If not, there is no lock where folders cannot be locked.
    """
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE)
        handle = _folder(directory)
        if handle is None:
            continue
        if handle < 0:
            yield from _by_file(directory) if writes else (None,)
            return
        try:
            yield
        finally:
            os.close(handle)
        return
    raise BusyError


def _folder(directory: Path) -> int | None:
    """The handle of the locked folder. None: another process holds it; -1: folders cannot be locked here."""
    if sys.platform == "win32":
        return -1
    import fcntl

    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), directory.stat()):
            return handle
    except BlockingIOError:
        pass
    except FileNotFoundError:  # removed in the meantime
        pass
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            os.close(handle)
            raise
        os.close(handle)
        return -1
    os.close(handle)
    return None


def _by_file(directory: Path) -> Iterator[None]:
    file = directory / FILE
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE)
        if sys.platform == "win32":  # only Windows protects the files of running processes
            try:
                file.unlink(missing_ok=True)
            except PermissionError:
                continue
        try:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        except FileExistsError:
            continue
        try:
            yield
        finally:
            os.close(handle)
            file.unlink(missing_ok=True)
        return
    raise BusyError(file)
