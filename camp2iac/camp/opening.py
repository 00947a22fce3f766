"""Open what the user named, and find its package and plan: a file, a folder, an archive, or standard input."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from camp2iac.camp.archive import read_archive
from camp2iac.camp.archived import ArchivePackage
from camp2iac.camp.bounded import TooLargeError, heard, opened, pieces
from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.members import BLOCK, MOST_BYTES, sniff
from camp2iac.camp.package import Package
from camp2iac.camp.spool import IN_MEMORY, Spool, SpoolError
from camp2iac.camp.text import MOST_BYTES as MOST_PLAN
from camp2iac.camp.tree import PLAN
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record


class Opened(Record, frozen=True):
    """A package, its plan's bytes, the name to show for the plan, and its path in the package."""

    package: Package
    plan: bytes
    file: str
    path: str = PLAN


def read_source(file: BinaryIO) -> Spool:
    """The bytes of a plan or an archive. If it is over the limit, one byte more than the limit. OSError if they cannot
    be read, SpoolError if there is no space for them."""
    start = file.read(BLOCK)
    most = (MOST_BYTES if sniff(start) else MOST_PLAN) + 1
    return Spool.of(chain((start,), pieces(file, most - len(start))))


def open_package(
    source: Path | bytes | Spool, name: str, leave_out: Sequence[Path], diagnostics: Diagnostics, *, whole: bool
) -> Opened | None:
    """Open what the user named; None after reporting why it cannot be opened (CAMP130 to CAMP138). ``whole``: as for
    :func:`camp2iac.camp.read`.
    """
    shown = name or (str(source) if isinstance(source, Path) else PLAN)
    try:
        if not isinstance(source, Path):
            data = Spool(source) if isinstance(source, bytes) else source
            return _bytes(data, shown, ArchivePackage(shown, {}), diagnostics)
        if source.is_dir():
            package = FolderPackage(source, shown.rstrip("/") + "/", leave_out=leave_out)
            return _packaged(package, posixpath.normpath(f"{shown}/{PLAN}"), diagnostics)
        with opened(source) as file:
            data = read_source(file)
            if not len(data):
                heard(file)
        beside = FolderPackage(source.parent, shown, plan=source.name, bare=not whole, leave_out=leave_out)
        return _bytes(data, shown, beside, diagnostics, source.name)
    except (OSError, ValueError) as error:
        diagnostics.add(unreadable(shown, error))
        return None


def unreadable(shown: str, error: Exception) -> Diagnostic:
    """CAMP138, or CAMP135 if the file is too large."""
    if isinstance(error, SpoolError):
        return _no_space(shown, error)
    if isinstance(error, TooLargeError):
        help_ = "remove what the application does not need, or write the URL of large content after  href:"
        return Diagnostic("CAMP135", f"{short(shown)} is too large: {error.strerror}", help=help_)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
    missing = isinstance(error, FileNotFoundError)
    return Diagnostic(
        "CAMP138",
        f"{short(shown)} does not exist" if missing else f"{short(shown)} cannot be read: {reason}",
        help="name a plan (camp.yaml), its folder, or an archive of the folder",
    )


def _no_space(shown: str, error: SpoolError) -> Diagnostic:
    return Diagnostic(
        "CAMP138",
        f"{short(shown)} cannot be read: {error.strerror}",
        notes=(f"camp2iac keeps what is larger than {IN_MEMORY // 2**20} MiB in a temporary file without a name",),
        help="name a folder with enough free space in the environment variable TMPDIR",
    )


def _bytes(data: Spool, shown: str, beside: Package, diagnostics: Diagnostics, path: str = PLAN) -> Opened | None:
    """Open an archive, or a plan with its content ``beside`` it."""
    kind = sniff(data.read(0, BLOCK))
    if kind in ("zip", "tar", "gzip"):
        archive = read_archive(data, kind, shown, diagnostics)
        return _packaged(archive, f"{shown}/{PLAN}", diagnostics) if archive is not None else None
    if kind:
        diagnostics.add(
            Diagnostic(
                "CAMP130",
                f"{shown} has the format {kind}, which CAMP does not support",
                help="pack it as .zip, .tar or .tgz",
            )
        )
        return None
    return Opened(beside, data.read(0, MOST_PLAN + 1), shown, path)


def _packaged(package: Package, file: str, diagnostics: Diagnostics) -> Opened | None:
    if package.is_file(PLAN):
        return Opened(package, package.start(PLAN, MOST_PLAN + 1), file)
    diagnostics.add(_no_plan(package))
    return None


def _no_plan(package: Package) -> Diagnostic:
    """CAMP131 for a package without a plan at its root, with the place where a plan is."""
    archive = package.folder is None
    root = package.children("")
    alike = [name for name, _ in root if name.casefold() in (PLAN, "camp.yml")]
    wrapped = [name for name, is_folder in root if is_folder and package.is_file(f"{name}/{PLAN}")]
    linked = package.leaves(PLAN)
    notes: tuple[str, ...] = ()
    if linked:
        notes, help_ = ("camp.yaml is a link that leads out of the folder",), "replace the link with the file itself"
    elif alike:
        notes = (f"it has {short(alike[0])}, but the name must be {PLAN}",)
        help_ = f"rename {short(alike[0])} to {PLAN}"
    elif wrapped:
        notes = (f"the folder {short(wrapped[0])}/ has one",)
        inside = f"cd {short(wrapped[0])} && zip -r ../package.zip ."
        help_ = (
            f"pack the contents of the folder, not the folder:  {inside}" if archive else f"name {short(wrapped[0])}/"
        )
    else:
        held = package.supplied() if archive else ()
        elsewhere = [path for path in held if path.endswith(f"/{PLAN}")]
        notes = (f"it has one at {short(elsewhere[0])}",) if elsewhere else ()
        help_ = f"put the plan at the root of the {'archive' if archive else 'folder'}, as {PLAN}"
    return Diagnostic("CAMP131", f"{package.name} has no {PLAN} at its root", notes=notes, help=help_)
