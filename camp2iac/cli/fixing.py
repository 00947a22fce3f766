"""``validate --fix``: apply the fixes that are sure to the user's files, or show them as a diff."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path

from camp2iac.camp.bounded import read_start
from camp2iac.camp.integrity import MOST_BYTES
from camp2iac.camp.manifest import MANIFEST
from camp2iac.cli import session
from camp2iac.cli.session import PLAN
from camp2iac.diagnostics import Diagnostic, Fix
from camp2iac.diagnostics.excerpt import harmless, shown
from camp2iac.diagnostics.fix import applied
from camp2iac.diagnostics.secrets import HIDDEN, Masked, Ranges, censored, hidden, lines
from camp2iac.record import Record, replace

ROUNDS = 10  # a corrected line can reveal the next error, so the files are checked again this many times
_MARK = b"\xef\xbb\xbf"
_CONTEXT = 3


class Edit(Record, frozen=True):
    """The new text of a file. ``data``: its bytes now; ``before`` and ``after``: its text without a byte order mark;
    ``made``: the fixes that were applied.
    """

    path: Path
    data: bytes
    before: str
    after: str
    made: tuple[Fix, ...]

    @property
    def written(self) -> bytes:
        """The new bytes of the file."""
        return (_MARK if self.data.startswith(_MARK) else b"") + self.after.encode("utf-8")

    def then(self, later: Edit) -> Edit:
        """This edit and a later one of its result, as one."""
        return replace(self, after=later.after, made=(*self.made, *later.made))


def editable(plan: Path | None, environments: Iterable[Path], names: Mapping[str, str]) -> dict[str, Path]:
    """The files that can be edited, by their names in diagnostics: a plan that is a file, and environment files. Not
    archives, standard input, or files whose digest is in a manifest.

    ``names``: shown names to paths as typed (see :func:`camp2iac.cli.session.shown`).
    """
    file = plan / PLAN if plan is not None and plan.is_dir() else plan
    given = (path for path in (file, *environments) if path is not None and not locked(path, plan))
    paths = {path.as_posix(): path for path in given}
    return {name: paths[typed] for name, typed in names.items() if typed in paths}


def locked(path: Path, plan: Path | None) -> bool:
    """Whether the manifest beside a plan could list a file, so that an edit would make its digest wrong."""
    if plan is None:
        return False
    try:
        return path.name in read_start(session.folder(plan) / MANIFEST, MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return False


def sure(diagnostic: Diagnostic) -> Fix | None:
    """The sure fix of a diagnostic, if there is exactly one."""
    fixes = [fix for fix in diagnostic.fixes if fix.sure and fix.replaces is not None]
    return fixes[0] if len(fixes) == 1 else None


def edits(
    found: Iterable[Diagnostic], texts: Mapping[str, str], files: Mapping[str, Path], before: Mapping[Path, Edit]
) -> list[Edit]:
    """The edits of the files, each after the one ``before``, by all fixes that are sure. A file that changed since it
    was read is not edited.
    """
    wanted: dict[str, list[Fix]] = {}
    for fix in filter(None, map(sure, found)):
        if fix.replaces is not None and fix.replaces.file in files:
            wanted.setdefault(fix.replaces.file, []).append(fix)
    made = []
    for name, fixes in wanted.items():
        path = files[name]
        data = before[path].written if path in before else path.read_bytes()
        with suppress(UnicodeDecodeError):
            text = data.decode("utf-8-sig")
            after, done = applied(text, fixes)
            if _plain(text) == _plain(texts.get(name, "")) and after != text:
                made.append(Edit(path, data, text, after, done))
    return made


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def save(edit: Edit) -> None:
    """Write the file completely or not at all; for a link, its target. OSError if that fails, or if another program
    changed the file.
    """
    target = edit.path.resolve()
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "you do not have permission to write it", str(edit.path))
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(edit.written)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, temporary)
        if target.read_bytes() != edit.data:
            raise OSError(errno.EBUSY, "another program changed it", str(edit.path))
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def told(edit: Edit, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> Iterator[str]:
    """A line for each diagnostic that an edit fixed, without secrets."""
    masked = Masked(texts)
    for diagnostic in found:
        if (fix := sure(diagnostic)) in edit.made and fix is not None and fix.replaces is not None:
            message = harmless(censored(diagnostic, masked).message)
            yield f"{edit.path.as_posix()}:{fix.replaces.line}:{fix.replaces.column}: {diagnostic.code}: {message}"


def diff(edit: Edit) -> str:
    """A unified diff. ``git apply`` can read it if no line has a secret, because these are shown as ``•••``."""
    old, new = _Lines(edit.before), _Lines(edit.after)
    path = harmless(edit.path.as_posix())
    out = [f"--- {path}\n", f"+++ {path}\n"]
    for group in SequenceMatcher(None, old.raw, new.raw).get_grouped_opcodes(_CONTEXT):
        first, last = group[0], group[-1]
        out.append(f"@@ -{_extent(first[1], last[2])} +{_extent(first[3], last[4])} @@\n")
        for kind, a, b, c, d in group:
            if kind == "equal":
                out += [old.show(" ", number) for number in range(a, b)]
                continue
            out += [old.show("-", number) for number in range(a, b)]
            out += [new.show("+", number) for number in range(c, d)]
    return "".join(out)


def _extent(start: int, stop: int) -> str:
    length = stop - start
    return f"{start + (length > 0)},{length}"


class _Lines:
    """The lines of a file for a diff."""

    def __init__(self, text: str) -> None:
        self.raw = lines(text)
        self.hidden = hidden(self.raw)
        self.ended = self.raw[-1] == ""
        if self.ended:
            self.raw.pop()

    def show(self, sign: str, number: int) -> str:
        text = _visible(self.raw[number], self.hidden.get(number + 1, ()))
        whole = self.ended or number < len(self.raw) - 1
        return f"{sign}{text}\n" + ("" if whole else "\\ No newline at end of file\n")


def _visible(line: str, ranges: Ranges) -> str:
    for start, end in reversed(ranges):
        line = line[:start] + HIDDEN + line[end:]
    return "".join(sign if sign == "\t" else shown(sign) for sign in line)
