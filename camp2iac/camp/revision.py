"""The digest of content as git stores it, which an instance computes again from a commit.

It is the SHA-256 of the entries that ``git ls-tree -r`` prints for the content: mode, object id and path, each ending
with a zero byte, sorted by path. So it covers each byte, but neither the plan nor the output, which name the digest and
are in the same commit. ``targets/openstack/machine/scripts/repository.py`` is the other side.
"""

# ruff: noqa: PTH112, PTH113, PTH114, PTH115, PTH118, PTH119, PTH120
from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from camp2iac.camp import git
from camp2iac.camp.package import Package
from camp2iac.camp.tree import OUR_OUTPUT
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
    hexadecimal digits. ``left_out``: a regular expression for paths in the folder that are not content. ``spare``:
    files in the folder that are not content, but become it if they are committed.
    """

    path: str
    digest: str
    left_out: str
    spare: tuple[str, ...] = ()


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
        spare = () if package.is_file(path) else _spare(package, path.strip("/"), top, folder)
    except git.GitError as error:
        raise RevisionError(f"git cannot read the repository: {error}", "check that  git status  works") from None
    inside = os.path.relpath(place, top)
    listing = "".join(f"{mode} {id_}\t{name}\0" for name, (mode, id_) in sorted(entries, key=_by_bytes))
    digest = hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()
    return Revision("" if inside == "." else inside.replace(os.sep, "/"), digest, package.never(path.strip("/")), spare)


_OWN = "commit its files in the plan's own repository, or deliver the content another way"


def _by_bytes(entry: tuple[str, object]) -> bytes:
    return entry[0].encode("utf-8", "surrogateescape")


def _entries(package: Package, path: str, top: str, folder: str) -> list[tuple[str, tuple[str, str]]]:
    """The entries of the content: a name, and its mode and object id."""
    names = _names(package, path, folder)
    links = dict(_links(folder, names))
    plain = {name: file for name, file in names.items() if links.keys().isdisjoint(_above(name))}
    index = git.staged(top, folder)
    _in_this(top, folder, names, whole=not package.is_file(path))
    _stored_as_they_are(top, folder, index, [*plain, *links])
    sha256, modes = git.sha256(top), git.stores_modes(top)
    found = {name: (_LINK, _id(os.fsencode(target), sha256=sha256)) for name, target in links.items()}
    for name, file in plain.items():
        mode = (_PROGRAM if package.is_executable(file) else _FILE) if modes else index.get(name, (_FILE,))[0]
        found[name] = (mode, _id(package.read(file), sha256=sha256))
    changed = [name for name in plain if found[name][1] != index.get(name, ("", ""))[1]]
    converted = _converted(top, folder, changed)
    found |= {name: (found[name][0], id_) for name, id_ in converted.items()}
    if not package.is_file(path):
        left_out = re.compile(package.never(path.strip("/")))
        _complete(top, folder, index, found, lambda name: left_out.search(name) is None)
    return list(found.items())


def _spare(package: Package, path: str, top: str, folder: str) -> tuple[str, ...]:
    """What git would add that is not content: dot files of a package, and files that tools leave behind."""
    content, left_out = _names(package, path, folder), re.compile(package.never(path))
    others = (name for name in git.listing(top, folder).untracked if name not in content and not name.endswith("/"))
    return tuple(sorted(name for name in others if not left_out.search(name) and not _in_output(folder, name)))


def _in_output(folder: str, name: str) -> bool:
    """Whether a file is in an output of camp2iac."""
    return any(os.path.lexists(os.path.join(folder, above, OUR_OUTPUT)) for above in ("", *_above(name)))


def _names(package: Package, path: str, folder: str) -> dict[str, str]:
    """The names of the files in the content, and their paths in the package. A single file can be a link's target."""
    if package.is_file(path):
        return {os.path.basename(os.path.realpath(os.path.join(package.folder or folder, path))): path}
    inside = f"{path}/" if path else ""
    return {file.removeprefix(inside): file for file in package.files(path)}


def _in_this(top: str, folder: str, names: Iterable[str], *, whole: bool) -> None:
    """Raises for files of other repositories."""
    listing = git.listing(top, folder)
    if whole and listing.modules:
        raise RevisionError(f"{min(listing.modules)} is a submodule, whose files are not in this repository", _OWN)
    others = sorted(each.rstrip("/") for each in listing.untracked if each.endswith("/"))
    if other := next((each for each in others if any(_within(name, each) for name in names)), None):
        raise RevisionError(f"{other} is another repository, whose files are not in this one", _OWN)


def _stored_as_they_are(top: str, folder: str, index: Mapping[str, tuple[str, str]], names: Sequence[str]) -> None:
    """Raises for files that no clone has, or that are something else there."""
    ignored = git.ignored(top, folder, [name for name in names if name not in index])
    if name := min(ignored, default=""):
        reason = f"git ignores {name} ({ignored[name].where}), so no commit has it"
        raise RevisionError(reason, f"run  git add --force {name}  or deliver what a build makes another way")
    for name, filter_ in git.filtered(top, folder, sorted(names)).items():
        what = "in Git LFS" if filter_ == "lfs" else f"through the filter {filter_}"
        raise RevisionError(f"git stores {name} {what}, so a clone has another file", "store the file itself in git")


def _converted(top: str, folder: str, names: Sequence[str]) -> Mapping[str, str]:
    """The object ids of files that are not in the index as they are: git can store other line ends or encodings."""
    kept = git.keeps_returns(top, folder) if names else frozenset()
    asked = [name for name in names if name not in kept]
    inside = "" if folder == top else os.path.relpath(folder, top).replace(os.sep, "/") + "/"
    return dict(zip(asked, git.stored(top, [inside + name for name in asked]), strict=True))


def _complete(
    top: str,
    folder: str,
    index: Mapping[str, tuple[str, str]],
    found: Mapping[str, tuple[str, str]],
    is_content: Callable[[str], bool],
) -> None:
    """Raises if a commit would have other files than the content."""
    for name in sorted(filter(is_content, git.kept_back(top, folder))):
        if found.get(name) != index[name]:
            reason = f"git does not compare {name} with its commit (a sparse checkout, or assume-unchanged)"
            raise RevisionError(reason, "run  git sparse-checkout disable  or  git update-index --really-refresh")
    links = (name for name, (mode, _) in sorted(index.items()) if mode == _LINK and name not in found)
    for name in filter(is_content, links):
        if os.path.isdir(os.path.join(folder, name)):
            raise RevisionError(f"{name} is a link to a folder without content", "remove the link")


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
        target = os.readlink(place)
        # the target must also be in a copy of the folder with another name, so  ../web/a  in web/ is not
        written = os.path.normpath(os.path.join(os.path.dirname(path), target))
        outside = f"{written}/".startswith(("/", "../"))
        if outside or not os.path.realpath(place).startswith(os.path.join(folder, "")):
            reason = f"{path} is a link to a file that is not in the content"
            raise RevisionError(reason, "replace the link with the file, or write a target inside the content")
        yield path, target


def _id(data: bytes, *, sha256: bool) -> str:
    made = hashlib.sha256() if sha256 else hashlib.sha1(usedforsecurity=False)  # git's own object ids
    made.update(b"blob %d\0" % len(data))
    made.update(data)
    return made.hexdigest()
