"""The first phase: read a plan, once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from camp2iac import camp
from camp2iac.camp import Source
from camp2iac.camp.bounded import read_start
from camp2iac.camp.spool import Spool
from camp2iac.camp.text import MOST_BYTES
from camp2iac.camp.tree import unreadable
from camp2iac.compiler.values import EnvironmentFile
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.record import Record, field, replace
from camp2iac.synth.sourcemap import NAME as SOURCE_MAP

EXPORT_RECORD = ".camp2iac-export.json"  # in a folder that `camp2iac export` wrote


class Origin(Record, frozen=True):
    """Where to read a plan from, and how strictly.

    ``source``: a plan file, a folder, an archive, or the bytes of a plan or an archive. ``name``: its name in messages.
    ``strict``: packages must list all their files in ``camp.mf``. ``signer``: the SHA-256 of the certificate that must
    have signed the package. ``leave_out``: files and folders that are not content, such as outputs and environment
    files. ``whole``: the files beside a plan file belong to its package, because the user named the folder.
    ``edits``: bytes to read instead of those on disk, for the plan file and environment files.
    """

    source: Path | bytes | Spool
    name: str = ""
    strict: bool = False
    signer: str | None = None
    leave_out: tuple[Path, ...] = ()
    whole: bool = False
    edits: Mapping[Path, bytes] = field(default_factory=dict)

    @property
    def path(self) -> Path | None:
        """The path; None for bytes."""
        return self.source if isinstance(self.source, Path) else None

    @property
    def folder(self) -> Path | None:
        """The folder that is, or contains, the plan or its archive; None for bytes."""
        if self.path is None:
            return None
        return self.path if self.path.is_dir() else self.path.parent


class Reading(Record, frozen=True):
    """A plan as read.

    ``source``: ``None`` if the plan was not readable. ``texts``: names of files in messages, to their text.
    """

    origin: Origin
    source: Source | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]

    def shown(self, path: Path) -> str:
        """The name of a file in messages and the source map: relative to the plan's folder if it is inside, else its
        last part.
        """
        folder = self.origin.folder
        if folder is not None:
            try:
                return _place(path).relative_to(os.path.realpath(folder)).as_posix()
            except ValueError:
                pass
        return path.name

    def _trap(self, path: Path) -> str:
        """Why an environment file must not be read; empty if it may be. Its name, or where it leads, is from the
        author of the plan's folder.
        """
        if unreadable(path.name):
            return "its name is not UTF-8 or has control characters; rename it"
        folder = os.path.join(os.path.realpath(self.origin.folder), "") if self.origin.folder is not None else ""  # noqa: PTH118
        inside = folder and f"{_place(path)}".startswith(folder)
        if inside and not os.path.realpath(path).startswith(folder):
            return "it is a link that leads out of the plan's folder; replace the link with the file itself"
        return ""

    def environment(self, path: Path) -> EnvironmentFile:
        """Read an environment file. Errors are reported when it is compiled."""
        shown = self.shown(path)
        if trap := self._trap(path):
            return EnvironmentFile(path.stem, shown, b"", trap)
        if path in self.origin.edits:
            return EnvironmentFile(path.stem, shown, self.origin.edits[path])
        try:
            return EnvironmentFile(path.stem, shown, read_start(path, MOST_BYTES + 1))
        except OSError as problem:
            return EnvironmentFile(path.stem, shown, b"", problem.strerror or "unknown error")


def _place(path: Path) -> Path:
    """Where a file is, even if it is a link to another one."""
    return Path(os.path.realpath(path.parent), path.name)


def read(origin: Origin) -> Reading:
    """Read a plan. Its errors are in the value's diagnostics, in the order of their places."""
    diagnostics, texts = Diagnostics(), dict[str, str]()
    path = origin.path
    found = camp.read(
        origin.source,
        name=origin.name or (path.name if path is not None else "camp.yaml"),
        diagnostics=diagnostics,
        strict=origin.strict,
        signer=origin.signer,
        leave_out=origin.leave_out,
        texts=texts,
        whole=origin.whole,
        edited=origin.edits.get(path) if path is not None else None,
    )
    return Reading(origin, found, tuple(diagnostics.ordered()), texts)


def environment_files(folder: Path) -> list[Path]:
    """The environment files in a folder, sorted, without hidden files: editors have their own there."""
    names = sorted(folder.glob("[!.]*.y*ml"))
    return [path for path in names if path.suffix in (".yaml", ".yml") and path.is_file()]


def no_content(plan: Path) -> list[Path]:
    """Files beside a plan that are not content: folders of earlier outputs and exports, and environment files."""
    base = plan if plan.is_dir() else plan.parent
    outputs = [path.parent for name in (SOURCE_MAP, EXPORT_RECORD) for path in (base / "infra").glob(f"*/{name}")]
    return [*outputs, *(base / "environments").glob("*.y*ml")]


def without(reading: Reading, paths: Sequence[Path]) -> Reading:
    """The same plan without files and folders that are not content.

    It is read again only if some of them are in its folder and were not left out before.
    """
    folder = reading.origin.folder
    if folder is None or (reading.source is not None and reading.source.package.folder is None):
        return reading
    known = {os.path.realpath(path) for path in reading.origin.leave_out}
    inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 - realpath never raises
    new = [path for path in paths if (real := os.path.realpath(path)).startswith(inside) and real not in known]
    if not new:
        return reading
    return read(replace(reading.origin, leave_out=(*new, *reading.origin.leave_out)))
