"""Run ``sops``, which decrypts files. The plaintext is only in memory.

``sops`` must find the user's keys, so it gets the environment of camp2iac, unlike git. It gets the file on its
standard input: the same bytes that camp2iac parsed, and no path that the author of a plan chose. It runs in a session
of its own, so it cannot ask for a passphrase on the terminal, and what it started ends with it.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
from typing import IO

from camp2iac.camp.bounded import pieces
from camp2iac.camp.text import MOST_BYTES
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.diagnostics.secrets import HIDDEN
from camp2iac.diagnostics.suggest import short

_SECONDS = 60  # a key in the cloud takes seconds
_MOST_SAID = 64 * 1024  # bytes of its messages
_LONGEST = 400  # characters of a message
_OPTIONS = ("--decrypt", "--input-type", "yaml", "--output-type", "yaml", "/dev/stdin")
_MAC_MISMATCH = 51  # MacMismatch in cmd/sops/codes/codes.go of sops
# A hash of all values, a private key, a token; not a recipient of age, which is public and in the file.
_LONG = re.compile(r"(?<![\w+/=-])(?!age1[0-9a-z]+(?![\w+/=-]))[\w+=-]{32,}")
_BESIDE = re.compile(r"[\s\x00-\x1f\x7f-\x9f|]+")  # it draws a frame of | around the messages of keys


class SopsMissingError(Exception):
    """There is no program ``sops`` on the PATH."""


class SopsError(Exception):
    """``sops`` failed; the text says why, without secrets."""


def decrypt(data: bytes) -> bytes:
    """The plaintext of a YAML file that ``sops`` encrypted.

    SopsMissingError without ``sops``. SopsError if it fails, does not end in time, or returns more than an environment
    file can have.
    """
    import shutil

    program = shutil.which("sops")
    if program is None:
        raise SopsMissingError
    try:
        status, plain, said = _run(program, data)
    except OSError as problem:
        raise SopsError(problem.strerror or "it cannot be started") from None
    if len(plain) > MOST_BYTES:
        raise SopsError(f"it returned more than {MOST_BYTES // 2**20} MiB")
    if status == _MAC_MISMATCH:  # its message has a hash of the values
        raise SopsError("MAC mismatch: the file was changed without sops")
    if status != 0:
        raise SopsError(_message(said) or f"exit status {status}")
    return plain


def _run(program: str, data: bytes) -> tuple[int, bytes, bytes]:
    """The exit status, the output and the messages, each up to its limit."""
    import subprocess
    from threading import Event, Thread, Timer

    late, said = Event(), list[bytes]()
    with subprocess.Popen(  # noqa: S603 - a fixed command, and the file is its input
        [program, *_OPTIONS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",  # it looks for settings from there upwards, and those of a plan's folder are of its author
        start_new_session=True,
    ) as process:
        stdin, stdout, stderr = process.stdin, process.stdout, process.stderr
        assert stdin and stdout and stderr  # noqa: S101, PT018 - they are pipes

        def stop() -> None:
            late.set()
            _end(process.pid)

        timer = Timer(_SECONDS, stop)
        timer.daemon = True
        threads = [
            timer,
            Thread(target=_write, args=(stdin, data), daemon=True),
            Thread(target=lambda: said.append(_read(stderr, _MOST_SAID)), daemon=True),
        ]
        for each in threads:
            each.start()
        try:
            plain = b"".join(pieces(stdout, MOST_BYTES + 1))  # type: ignore[arg-type]  # a pipe is a BinaryIO
            if len(plain) > MOST_BYTES:
                _end(process.pid)
            status = process.wait()
        finally:
            timer.cancel()
            _end(process.pid)
            for each in threads:
                each.join()
    if late.is_set():
        raise SopsError(f"it did not end within {_SECONDS} seconds")
    return status, plain, b"".join(said)


def _end(group: int) -> None:
    """End a process and all that it started."""
    with contextlib.suppress(OSError):  # nothing of it runs any more
        os.killpg(group, signal.SIGKILL)


def _write(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # if it ends before it reads everything, its exit status says why
        stream.write(data)


def _read(stream: IO[bytes], most: int) -> bytes:
    """The first bytes of a stream. The others are read, so that its writer does not wait, and forgotten."""
    start = stream.read(most)
    while stream.read(most):
        pass
    return start


def _message(said: bytes) -> str:
    """What ``sops`` says, in one line, without secrets."""
    line = _BESIDE.sub(" ", said.decode("utf-8", "replace")).strip()
    return short(_LONG.sub(HIDDEN, ReportedSecrets().clean(line)), _LONGEST)
