"""The members of a ZIP archive."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from io import BytesIO

from camp2iac.camp.members import MOST_ENTRIES, BadArchiveError, Budget, Member, damaged, too_large
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNIX = 3


def members(data: bytes, name: str) -> Iterator[Member]:
    """The members of a ZIP archive, one by one. BadArchiveError (CAMP130, CAMP135, CAMP136) ends it."""
    if data.count(b"PK\x01\x02") > 2 * MOST_ENTRIES:
        raise BadArchiveError(too_large(name, f"{name} holds more than {MOST_ENTRIES:,} entries"))
    try:
        # The standard library's reader raises exceptions of many kinds for damaged archives.
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from _members(archive, Budget(name, len(data)))
    except BadArchiveError:
        raise
    except Exception as error:
        raise BadArchiveError(damaged(name)) from error


def _members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    for info in archive.infolist():
        budget.entry()
        path = info.orig_filename
        if info.flag_bits & _ENCRYPTED:
            raise BadArchiveError(
                Diagnostic(
                    "CAMP136",
                    f"{budget.name} is encrypted, at {short(path)}",
                    help="pack it again without a password; secrets belong in no package",
                )
            )
        if info.compress_type not in _METHODS:
            raise BadArchiveError(damaged(budget.name, f"{short(path)} is compressed in a way that PDPs do not use"))
        mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
        kind = stat.S_IFMT(mode)
        if path.endswith("/") or kind == stat.S_IFDIR:
            yield Member(path, is_folder=True)
        elif kind not in (0, stat.S_IFREG, stat.S_IFLNK):
            yield Member(path, special="a device, pipe or socket")
        elif mode & (stat.S_ISUID | stat.S_ISGID):
            yield Member(path, special="a file that runs with another user's rights (setuid or setgid)")
        else:
            content = _content(archive, info, budget)
            if kind == stat.S_IFLNK:
                yield Member(path, link=content.decode("utf-8", "replace"))
            else:
                yield Member(path, content, executable=bool(mode & stat.S_IXUSR))


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of a member, whatever the header says of their number."""
    with archive.open(info) as file:
        content = file.read(budget.left() + 1)
    budget.take(len(content), info.orig_filename)
    return content
