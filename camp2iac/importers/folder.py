"""The files of a source. Nothing outside its folder is read, by whatever path or link."""

# os.path: its realpath never raises.
# ruff: noqa: PTH118
from __future__ import annotations

import os
import posixpath
import stat
from fnmatch import fnmatchcase
from pathlib import Path

from camp2iac.camp.bounded import TooLargeError, amount, read_plain
from camp2iac.camp.text import MOST_BYTES
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record, field

MOST_FILES = 500  # that an import reads
MOST_TOTAL = 32 * 1024 * 1024  # bytes of all of them
_MOST_LISTED = 10_000


class SourceFolder(Record):
    """A folder. Paths are relative to it, with slashes."""

    root: Path
    diagnostics: Diagnostics
    _read: dict[str, bytes] = field(default_factory=dict)

    def names(self, *patterns: str) -> tuple[str, ...]:
        """The files at the top whose names match a glob, in the order of the globs, then by name."""
        return self.names_in("", *patterns)

    def names_in(self, folder: str, *patterns: str) -> tuple[str, ...]:
        """The same for the files in a folder inside the source, without its path."""
        try:
            with os.scandir(self.root / folder) as found:
                names = sorted(each.name for each, _ in zip(found, range(_MOST_LISTED), strict=False) if each.is_file())
        except OSError:
            return ()
        matching = (name for pattern in patterns for name in names if fnmatchcase(name, pattern))
        return tuple(dict.fromkeys(matching))

    def inside(self, path: str, base: str = "", at: Span | None = None) -> str | None:
        """The path of a file or folder that a file in the folder ``base`` names; ``""`` is the whole source.

        None after reporting that it is outside the source (CAMP764). It need not exist.
        """
        joined = posixpath.normpath(posixpath.join(base, path))
        if path.startswith(("/", "\\", "~")) or "\0" in path or joined == ".." or joined.startswith("../"):
            self._outside(path, "", at)
            return None
        joined = "" if joined == "." else joined
        real, root = os.path.realpath(self.root / joined), os.path.realpath(self.root)
        if real != root and not real.startswith(os.path.join(root, "")):
            self._outside(path, "a link on the way to it leads out of the folder", at)
            return None
        return joined

    def _outside(self, path: str, note: str, at: Span | None) -> None:
        self.diagnostics.add(
            Diagnostic(
                "CAMP764",
                f"{short(path)} is outside the folder of the source",
                at,
                "outside the source" if at is not None else "",
                notes=(note,) if note else (),
                help="move the file into the folder, or import a folder that has all files",
            )
        )

    def is_file(self, path: str) -> bool:
        """Whether a path inside the source is a plain file."""
        return stat.S_ISREG(self._mode(path))

    def is_folder(self, path: str) -> bool:
        """Whether a path inside the source is a folder."""
        return stat.S_ISDIR(self._mode(path))

    def _mode(self, path: str) -> int:
        try:
            return (self.root / path).stat().st_mode
        except (OSError, ValueError):
            return 0

    def data(self, path: str, at: Span | None = None) -> bytes | None:
        """The bytes of a file, for a path of :meth:`inside`. None after reporting why it cannot be read (CAMP761)."""
        if path in self._read:
            return self._read[path]
        reason, help_ = "", "correct the name, or add the file"
        try:
            if len(self._read) >= MOST_FILES:
                reason, help_ = f"an import reads at most {MOST_FILES} files", "import a part of the application"
            else:
                self._read[path] = data = read_plain(self.root / path, MOST_BYTES)
                if sum(map(len, self._read.values())) <= MOST_TOTAL:
                    return data
                reason, help_ = f"an import reads at most {amount(MOST_TOTAL)}", "import a part of the application"
        except FileNotFoundError:
            reason = "it does not exist"
        except TooLargeError as error:
            reason, help_ = (
                error.strerror or "",
                "name the description of the application itself",
            )
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else "") or "its name cannot be used"
        self.diagnostics.add(Diagnostic("CAMP761", f"{short(path)} cannot be read: {reason}", at, help=help_))
        return None
