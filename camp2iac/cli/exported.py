"""The folder of an export: all its files are written, or none, and files of others are never replaced.

``.camp2iac-export.json`` in it has the digest of each file, so that the next export knows which files it wrote, and
which of them were changed by hand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from camp2iac.cli import session
from camp2iac.cli.atomic import digest, new_file, unwritable
from camp2iac.compiler import EXPORT_RECORD
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.camp import Source
    from camp2iac.exporters import ExportedFile

_LARGEST = 16 * 1024 * 1024  # of a record that is read


class ExportFolder(Record, frozen=True):
    """What was written. ``files``, ``removed``: the paths in the folder ``place``, sorted."""

    place: Path
    files: tuple[str, ...]
    removed: tuple[str, ...]


def contains(place: Path, folder: Path) -> bool:
    """Whether a folder is in ``place``, or is the same."""
    return os.path.join(os.path.realpath(folder), "").startswith(os.path.join(os.path.realpath(place), ""))  # noqa: PTH118


def refused(place: Path, source: Source | None, plan: Path | None, *, given: bool) -> Diagnostic | None:
    """Why no export may be in a folder: CAMP777 if a link leads elsewhere, CAMP778 if it is content.

    ``given``: the user named it.
    """
    base = session.folder(plan)
    if not given and (trap := session.astray(place, base)):
        return _occupied(place, f"{(base / trap).as_posix()} is a link")
    folder = source.package.folder if source is not None else None
    if source is None or folder is None:
        return None
    real, root = os.path.realpath(place), os.path.realpath(folder)
    if os.path.dirname(real) == os.path.join(root, session.INFRA):  # noqa: PTH118, PTH120 - outputs are not content
        return None
    for artifact in source.plan.artifacts:
        path = artifact.content.path
        if path is None:
            continue
        inside = os.path.normpath(os.path.join(root, path))  # noqa: PTH118
        if real == inside or real.startswith(os.path.join(inside, "")):  # noqa: PTH118
            return Diagnostic(
                "CAMP778",
                f"{place.as_posix()} is in the content of an artifact",
                artifact.content.span,
                label="the exported files would become part of this content",
                help=f"leave  -o  out for {session.INFRA}/FORMAT beside the plan, or name a folder outside the content",
            )
    return None


def write(place: Path, name: str, files: Mapping[str, ExportedFile]) -> ExportFolder | Diagnostic:
    """Write the files of an export, all or none, and remove those that only an earlier export had.

    Returns: what was written, or why nothing was: CAMP777, CAMP743.
    """
    known = _known(place)
    if isinstance(known, Diagnostic):
        return known
    digests = {path: sha256(each.data).hexdigest() for path, each in sorted(files.items())}
    taken = [path for path in digests if _is_taken(place, path, {digests[path], known.get(path, "")})]
    if taken:
        more = f", and {len(taken) - 1} more" if len(taken) > 1 else ""
        return _occupied(place, f"{(place / taken[0]).as_posix()} is not a file that an export wrote{more}")
    stale = [path for path in sorted(known) if path not in files and os.path.lexists(place / path)]
    stale = [path for path in stale if not _is_taken(place, path, {known[path]})]
    record = json.dumps({"format": name, "files": digests}, indent=2) + "\n"
    try:
        with ExitStack() as stack:
            place.mkdir(parents=True, exist_ok=True)
            stack.enter_context(new_file(place / EXPORT_RECORD, [record.encode()]))  # the last to get its name
            for path, each in files.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                stage = stack.enter_context(new_file(place / path, [each.data]))
                if each.executable:
                    stage.chmod(stage.stat().st_mode | 0o111)
        for path in stale:
            (place / path).unlink()
    except OSError as error:
        return unwritable(place, error)
    return ExportFolder(place, tuple(digests), tuple(stale))


def _known(place: Path) -> dict[str, str] | Diagnostic:
    """The files of an earlier export, path to digest. CAMP777 if camp2iac did not write the record."""
    file = place / EXPORT_RECORD
    if not os.path.lexists(file):
        return {}
    if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST:
        return _occupied(place, f"{file.as_posix()} is not the record of an export")
    try:
        found = json.loads(file.read_bytes())["files"].items()
        return {path: digest_ for path, digest_ in found if _is_inside(path) and isinstance(digest_, str)}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _occupied(place, f"{file.as_posix()} is not the record of an export")


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\0" not in path


def _is_taken(place: Path, path: str, own: set[str]) -> bool:
    """Whether a file must not be replaced: another one, a changed one, or one below something that is not a folder."""
    file = place / path
    above = [place.joinpath(*PurePosixPath(path).parts[:depth]) for depth in range(1, len(PurePosixPath(path).parts))]
    if any(os.path.lexists(each) and (each.is_symlink() or not each.is_dir()) for each in above):
        return True
    if not os.path.lexists(file):
        return False
    return file.is_symlink() or not file.is_file() or digest(file) not in own


def _occupied(place: Path, why: str) -> Diagnostic:
    return Diagnostic(
        "CAMP777",
        f"{place.as_posix()} cannot be the folder of this export: {why}",
        notes=("nothing was written",),
        help="name another folder with  -o DIR,  or remove the file if you do not need it",
    )
