"""The digest of content as git stores it, which an instance computes again from a commit.

It is the SHA-256 of the entries that ``git ls-tree -r`` prints for the content: mode, object id and path, each ending
with a zero byte, sorted by path. So it covers each byte, but neither the plan nor the output, which name the digest and
are in the same commit. ``targets/openstack/machine/scripts/repository.py`` is the other side.
"""

# ruff: noqa: PTH113, PTH114, PTH115, PTH118, PTH120
from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping

from camp2iac.camp import git
from camp2iac.camp.package import Package
from camp2iac.record import Record

_FILE, _PROGRAM, _LINK = "100644", "100755", "120000"


class RevisionError(Exception):
    """The content is not in a repository, or differs there. ``args[0]`` is the reason, ``help`` what to do."""

    def __init__(self, reason: str, help_: str) -> None:
        super().__init__(reason)
        self.help = help_


class Revision(Record, frozen=True):
    """Content as git stores it.

    ``path``: of the file or folder, from the top of the work tree; empty: the top itself. ``digest``: SHA-256, in
    hexadecimal digits. ``left_out``: a regular expression for paths in the folder that are not content.
    """

    path: str
    digest: str
    left_out: str


def revision(package: Package, path: str) -> Revision:
    """The revision of a file or folder of a package.

    Raises:
        RevisionError: it is not in the plan's repository, or git stores something else.
    """
    if package.folder is None:
        raise RevisionError("the plan is not in a git repository", "compile the plan in a clone of its repository")
    top = git.top(package.folder)
    if top is None:
        reason = "the plan is not in a git repository"
        raise RevisionError(reason, "run  git init  and commit the application, or compile the plan in a clone")
    place = os.path.realpath(os.path.join(package.folder, path))
    folder = os.path.dirname(place) if os.path.isfile(place) else place
    if git.top(folder) != top:
        raise RevisionError("the content is in another repository (a submodule)", _OWN)
    try:
        entries = _entries(package, path.rstrip("/"), top, folder)
    except git.GitError as error:
        raise RevisionError(f"git cannot read the repository: {error}", "check that  git status  works") from None
    inside = os.path.relpath(place, top)
    listing = "".join(f"{mode} {id_}\t{name}\0" for name, (mode, id_) in sorted(entries, key=_by_bytes))
    digest = hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()
    return Revision("" if inside == "." else inside.replace(os.sep, "/"), digest, package.never(path.strip("/")))


_OWN = "commit its files in the plan's own repository, or deliver the content another way"


def _by_bytes(entry: tuple[str, object]) -> bytes:
    return entry[0].encode("utf-8", "surrogateescape")


def _entries(package: Package, path: str, top: str, folder: str) -> list[tuple[str, tuple[str, str]]]:
    """The entries of the content: a name, and its mode and object id."""
    if package.is_file(path):
        names = {path.rpartition("/")[2]: path}
    else:
        inside = f"{path}/" if path else ""
        names = {file.removeprefix(inside): file for file in package.files(path)}
    staged, modules = git.staged(top, folder), git.listing(top, folder).modules
    if module := next((each for each in modules if any(_within(name, each) for name in names)), None):
        raise RevisionError(f"{module} is a submodule, whose files are not in this repository", _OWN)
    ignored = git.ignored(top, folder, [name for name in names if name not in staged])
    if name := min(ignored, default=""):
        reason = f"git ignores {name} ({ignored[name].where}), so no commit has it"
        raise RevisionError(reason, f"run  git add --force {name}  or deliver what a build makes another way")
    links = dict(_links(folder, names))
    for name, filter_ in git.filtered(top, folder, sorted(names)).items():
        what = "in Git LFS" if filter_ == "lfs" else f"through the filter {filter_}"
        raise RevisionError(f"git stores {name} {what}, so a clone has another file", "store the file itself in git")
    sha256 = any(len(id_) == 64 for id_ in staged.values())
    found = {}
    for name, file in names.items():
        link = next((each for each in _above(name) if each in links), None)
        if link is not None:
            found[link] = (_LINK, _id(os.fsencode(links[link]), sha256=sha256))
            continue
        data = package.read(file)
        found[name] = (
            _PROGRAM if package.is_executable(file) else _FILE,
            _stored(data, staged.get(name), sha256=sha256),
        )
    return list(found.items())


def _within(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/")


def _above(name: str) -> Iterator[str]:
    """The folders above a file, from the top down, and the file itself."""
    parts = name.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _links(folder: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The links in the content, and their targets."""
    for path in {above for name in names for above in _above(name)}:
        place = os.path.join(folder, path)
        if not os.path.islink(place):
            continue
        if not os.path.realpath(place).startswith(os.path.join(folder, "")):
            reason = f"{path} is a link to a file that is not in the content"
            raise RevisionError(reason, "replace the link with the file")
        yield path, os.readlink(place)


def _stored(data: bytes, staged: str | None, *, sha256: bool) -> str:
    """The object id of a file. Git can store its lines with other ends, which the index shows."""
    own = _id(data, sha256=sha256)
    if staged in (None, own) or b"\r\n" not in data:
        return own
    normal = _id(re.sub(rb"\r\n", b"\n", data), sha256=sha256)
    return normal if staged == normal else own


def _id(data: bytes, *, sha256: bool) -> str:
    made = hashlib.sha256() if sha256 else hashlib.sha1(usedforsecurity=False)  # git's own object ids
    made.update(b"blob %d\0" % len(data))
    made.update(data)
    return made.hexdigest()
