"""Write the output folder, completely or not at all, without overwriting files that camp2iac did not write.

camp2iac's files are those that the folder's source map names with their digests, and after an interrupted run those
that its journal names. Other files, such as state, ``.terraform`` and the user's own modules, are not touched.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record, field
from camp2iac.synth import journal, sourcemap, sourcemap_json, stream
from camp2iac.synth.lock import BusyError, held
from camp2iac.synth.sourcemap import SourceMap
from camp2iac.synth.stream import FileData

_MAP = (sourcemap.NAME, sourcemap.DIGESTS)  # always camp2iac's own; the digests are written last
_LINE = r"[^\n]*\n|[^\n]+"
_BACKEND = "remove it, because  backend:  in the environment file says where the state is, or remove  backend:  there"
_REMEDIES = {
    ".gitignore": "move your lines to the .gitignore of a parent folder, and remove this file",
    "backend.tf": _BACKEND,
    "backend.tf.json": _BACKEND,
}
_MOST_DIFF = 8 * 1024 * 1024  # bytes of a file of which a diff is shown
_MOST_READ = 64 * 1024 * 1024  # bytes of a file in the folder that are read


class Output(Record, frozen=True):
    """What to write: path (relative, with ``/``) to content, which files are executable, and the source map."""

    files: Mapping[str, FileData]
    source_map: SourceMap
    executables: frozenset[str] = frozenset()

    def read(self) -> dict[str, bytes]:
        """The bytes of all files with the source map. OSError if one cannot be read."""
        return {path: stream.whole(data) for path, data in self.everything().items()}

    def everything(self) -> dict[str, FileData]:
        """The files, and the source map with their digests. OSError if one cannot be read."""
        digests = {path: stream.sha256(data) for path, data in self.files.items()}
        return {
            **self.files,
            sourcemap.NAME: sourcemap_json.source_map(self.source_map),
            sourcemap.DIGESTS: sourcemap_json.digests(self.source_map, digests),
        }


class WriteReport(Record, frozen=True):
    """What was done, or would be done: sorted paths. If anything is ``refused``, nothing was done.

    ``diff``: a unified diff of the change, only if the run checks.
    """

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    diff: str = ""

    @property
    def changed(self) -> bool:
        """Whether the folder differs, or differed, from the output."""
        return bool(self.written or self.removed)


class _Plan(Record):
    """What to do with each file, and what is refused."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)
    old: journal.Digests = field(default_factory=dict)  # of camp2iac's files

    def report(self, diff: str = "") -> WriteReport:
        return WriteReport(
            tuple(sorted(self.written)),
            tuple(sorted(self.unchanged)),
            tuple(sorted(self.removed)),
            tuple(sorted(dict.fromkeys(self.refused), key=lambda item: item.message)),
            diff,
        )


def write(output: Output, directory: Path, *, check: bool = False, force: bool = False) -> WriteReport:
    """Write ``output`` to the folder.

    ``check``: only report what would be done. ``force``: also overwrite and remove camp2iac's files that were changed
    by hand, but never other files. Raises ValueError for a path that leaves the folder, which is an error of the
    caller.
    """
    for path in output.files:
        if not sourcemap.is_safe(path):
            raise ValueError(f"not a path of an output folder: {path!r}")
    try:
        files = output.everything()
        if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
            what = "it is a symbolic link" if directory.is_symlink() else "it is not a folder"
            return WriteReport(refused=(_unwritable(directory, what),))
        if not check:
            directory.mkdir(parents=True, exist_ok=True)
        with held(directory, writes=not check) if directory.is_dir() else nullcontext():
            return _write(output, files, directory, check, force)
    except BusyError as busy:
        return WriteReport(refused=(_busy(directory, busy.file),))
    except OSError as error:
        return WriteReport(refused=(_unwritable(directory, error.strerror or str(error)),))


def _write(output: Output, files: Mapping[str, FileData], directory: Path, check: bool, force: bool) -> WriteReport:
    plan = _plan(output, files, directory, force)
    if plan.refused:
        return WriteReport(refused=plan.report().refused)
    if check:
        return plan.report("".join(_diff(files, plan, directory)))
    if plan.written or plan.removed:
        _commit(output, files, plan, directory)
    for path in plan.old.keys() - files.keys():  # an interrupted run can leave an empty folder
        if _trap(directory, path) is None:
            _prune((directory / path).parent, directory)
    journal.clear(directory)
    return plan.report()


def _plan(output: Output, files: Mapping[str, FileData], directory: Path, force: bool) -> _Plan:
    plan = _Plan()
    old = plan.old = _old(directory, force, plan)
    for path, data in files.items():
        trap = _trap(directory, path)
        if trap:
            plan.refused.append(leads_away(directory, trap))
            continue
        if not (directory / path).exists():
            plan.written.append(path)
        elif _is(directory / path, data):
            same_mode = path in _MAP or _is_executable(directory / path) == (path in output.executables)
            (plan.unchanged if same_mode else plan.written).append(path)
        else:
            if path not in _MAP:
                _may_replace(path, old, directory, force, plan)
            plan.written.append(path)
    for path in sorted(old.keys() - files.keys()):
        if not _trap(directory, path) and (directory / path).exists():
            _may_replace(path, old, directory, force, plan)
            plan.removed.append(path)
    return plan


def _old(directory: Path, force: bool, plan: _Plan) -> journal.Digests:
    """camp2iac's files in the folder, with the digests that they can have, from the source map and the journal."""
    trap = _trap(directory, f"{journal.STAGE}/{journal.JOURNAL}")
    if trap:
        plan.refused.append(leads_away(directory, trap))
        return {}
    if any(_trap(directory, name) for name in _MAP):
        return {}  # refused when the files are checked
    interrupted = journal.read(directory) or {}
    text = _read(directory / sourcemap.DIGESTS)
    if text is None:  # earlier releases wrote one file
        text = _read(directory / sourcemap.NAME)
    old = {} if text is None else sourcemap_json.files(text) if len(text) <= _MOST_READ else None
    if old is None and not force:
        plan.refused.append(unreadable_source_map(directory))
    mapped = {path: frozenset((digest,)) for path, digest in (old or {}).items()}
    none = frozenset[str]()
    return {path: mapped.get(path, none) | interrupted.get(path, none) for path in mapped.keys() | interrupted.keys()}


def _may_replace(path: str, old: journal.Digests, directory: Path, force: bool, plan: _Plan) -> None:
    if path not in old:
        plan.refused.append(_foreign(directory, path))
    elif not force and _digest(directory / path) not in old[path]:
        plan.refused.append(_by_hand(directory, path))


def _trap(directory: Path, path: str) -> str | None:
    """The first part of the path that has the wrong type. Parents must be folders; the file can be missing."""
    at = directory
    parts = path.split("/")
    for index, part in enumerate(parts):
        at = at / part
        try:
            mode = at.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        is_last = index == len(parts) - 1
        if not (stat.S_ISREG(mode) if is_last else stat.S_ISDIR(mode)):
            return "/".join(parts[: index + 1])
    return None


def _read(path: Path) -> bytes | None:
    """The bytes of a file, cut off after more than _MOST_READ."""
    try:
        with path.open("rb") as file:  # read(n) makes room for n bytes, however short the file is
            return file.read(min(_MOST_READ, os.fstat(file.fileno()).st_size) + 1)
    except FileNotFoundError:
        return None


def _is(path: Path, data: FileData) -> bool:
    """Whether a file has these bytes."""
    if path.stat().st_size != stream.size(data):
        return False
    if not isinstance(data, bytes):
        return _digest(path) == data.sha256
    with path.open("rb") as file:
        return file.read(len(data) + 1) == data


def _digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces, because files of others can be large."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def _is_executable(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IXUSR)


def _commit(output: Output, files: Mapping[str, FileData], plan: _Plan, directory: Path) -> None:
    """Create all files in the journal's folder, then move them into place, the source map last."""
    before = journal.read(directory)
    new = {path: frozenset((stream.sha256(data),)) for path, data in files.items()}
    for name in _MAP:
        del new[name]
    none = frozenset[str]()
    known = {path: plan.old.get(path, none) | new.get(path, none) for path in plan.old.keys() | new.keys()}
    begun = False
    try:
        stage = journal.begin(directory, known)
        staged = _staged(output, files, plan, stage)
        last = {name: staged.pop(name) for name in _MAP if name in staged}
        begun = True
        for path, temporary in staged.items():
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(directory / path)
        for path in plan.removed:
            (directory / path).unlink()
        for name, temporary in last.items():
            temporary.replace(directory / name)
    except BaseException:
        if not begun and before is None:  # otherwise the journal stays, because the next run needs it
            journal.clear(directory)
        raise


def _staged(output: Output, files: Mapping[str, FileData], plan: _Plan, stage: Path) -> dict[str, Path]:
    """Create the new files. Returns their temporary paths."""
    staged: dict[str, Path] = {}
    for number, path in enumerate(sorted(plan.written)):
        staged[path] = stage / str(number)
        _create(staged[path], files[path], path)
        if path in output.executables:
            mode = staged[path].stat().st_mode
            staged[path].chmod(mode | (mode & 0o444) >> 2)
    return staged


def _create(file: Path, data: FileData, path: str) -> None:
    """Write a new file. OSError if what was read is not what was compiled."""
    if isinstance(data, bytes):
        file.write_bytes(data)
        return
    digest = hashlib.sha256()
    with file.open("wb") as out:
        for piece in data.chunks():
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() != data.sha256:
        raise OSError(errno.ESTALE, f"the content for {path} changed after it was compiled", path)


def _prune(folder: Path, directory: Path) -> None:
    while folder != directory and (not folder.exists() or not any(folder.iterdir())):
        if folder.exists():
            folder.rmdir()
        folder = folder.parent


def _diff(files: Mapping[str, FileData], plan: _Plan, directory: Path) -> Iterator[str]:
    import difflib  # only --check shows a difference

    # The source map comes last: the reader has then seen everything that it describes.
    for path in sorted([*plan.written, *plan.removed], key=lambda path: (path in _MAP, path)):
        there, wanted = _read(directory / path), files.get(path)
        wanted = None if wanted is None else stream.beginning(wanted, _MOST_DIFF + 1)
        before, after = (b"" if data is None else data for data in (there, wanted))
        large = max(len(before), len(after)) > _MOST_DIFF
        if there == wanted and not large:
            yield f"{path}: the executable bit changes\n"
            continue
        try:
            if large:
                raise ValueError
            old, new = (re.findall(_LINE, text.decode()) for text in (before, after))
        except ValueError:  # not text, or too large
            yield f"Binary files a/{path} and b/{path} differ\n"
            continue
        names = ("/dev/null" if there is None else f"a/{path}", "/dev/null" if wanted is None else f"b/{path}")
        for line in difflib.unified_diff(old, new, *names):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


# --- what is refused --------------------------------------------------------------------------------------------------


def _foreign(directory: Path, path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP701",
        f"{directory / path} is in the way: camp2iac did not write it",
        notes=(f"{directory / sourcemap.DIGESTS} does not list it",),
        help=_REMEDIES.get(path, "write to another folder, or move the file away"),
    )


def _by_hand(directory: Path, path: str) -> Diagnostic:
    return Diagnostic(
        "CAMP702",
        f"{directory / path} was changed by hand after camp2iac wrote it",
        help="change the plan or the environment file instead; --force discards the change",
    )


def leads_away(directory: Path, path: str) -> Diagnostic:
    """CAMP703: a part of a path is not a plain file or folder."""
    return Diagnostic(
        "CAMP703",
        f"{directory / path} is not a plain file or folder, so camp2iac could write to another place",
        help="remove it, or write to another folder",
    )


def _unwritable(directory: Path, what: str) -> Diagnostic:
    return Diagnostic(
        "CAMP704",
        f"the output folder {directory} cannot be written: {what}",
        help="name another folder with -o",
    )


def _busy(directory: Path, file: Path | None) -> Diagnostic:
    return Diagnostic(
        "CAMP709",
        f"another camp2iac writes to {directory} now",
        help=f"wait until it ends; if none runs, remove {file}" if file else "wait until it ends",
    )


def unreadable_source_map(directory: Path, name: str = sourcemap.DIGESTS) -> Diagnostic:
    """CAMP705: it is unknown which files are generated and what the previous output contains.

    ``name``: the file of the source map that does not have the expected form.
    """
    return Diagnostic(
        "CAMP705",
        f"{directory / name} cannot be read, so camp2iac does not know which files it wrote",
        help="restore it from version control, or remove it and the generated files of the folder",
    )
