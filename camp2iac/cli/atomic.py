"""Write a file or a folder whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from camp2iac.diagnostics import Diagnostic

_STAGE = ".camp2iac-"  # begins the name of what is written until it is complete


class OccupiedError(Exception):
    """What is at a place must not be replaced."""


def _stage(folder: Path) -> Path:
    return folder / f"{_STAGE}{secrets.token_hex(8)}"


@contextmanager
def new_file(place: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """Write a file beside ``place``. It gets the name at the end of the ``with`` block, and is removed if the block
    raises. OSError if it cannot be written."""
    stage = _stage(place.parent)
    try:
        with stage.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        yield stage
        stage.replace(place)
    except BaseException:
        stage.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """A folder to fill. Its files get their places in the folder ``place`` at the end of the ``with`` block, and are
    removed if the block raises. OccupiedError if ``place`` is not a new or empty folder."""
    if os.path.lexists(place) and not (place.is_dir() and not any(place.iterdir())):
        raise OccupiedError
    exists = place.is_dir()
    if not exists:
        place.parent.mkdir(parents=True, exist_ok=True)
    stage = _stage(place if exists else place.parent)
    stage.mkdir()
    try:
        yield stage
        if not exists:
            stage.rename(place)
            return
        if list(place.iterdir()) != [stage]:
            raise OccupiedError
        for each in list(stage.iterdir()):
            each.rename(place / each.name)
        stage.rmdir()
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(stage)
        raise


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(2**20):
            found.update(piece)
    return found.hexdigest()


def unwritable(place: Path, error: OSError) -> Diagnostic:
    """CAMP743."""
    reason = error.strerror or str(error)
    return Diagnostic("CAMP743", f"{place.as_posix()} cannot be written: {reason}", help="write to another place")
