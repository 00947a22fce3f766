"""Ask git about revisions, and get the files of one: without a change to the repository or its work tree.

The files come out as git would check them out, except that no filter runs: filters are commands. Files in Git LFS are
taken from the repository's own store, if it has them.
"""

# ruff: noqa: PTH118
from __future__ import annotations

import hashlib
import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from camp2iac.camp import git
from camp2iac.record import Record

_REMOTE = "refs/remotes/origin/"
_USUAL = ("main", "master")
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n")
_POINTER_BYTES = 1024
_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ABOVE = (".gitignore", ".gitattributes")  # files in folders above that matter for the files in a folder


class DefaultBranch(Record, frozen=True):
    """The branch that others are merged into. ``ref``: for git. ``name``: for people (``main``, ``origin/main``)."""

    ref: str
    name: str


class Export(Record, frozen=True):
    """The files of a revision in a folder. ``missing``: paths of files and submodules that are not in the clone."""

    folder: Path
    missing: tuple[str, ...] = ()


def commit(root: str, name: str) -> str | None:
    """The object id of the commit that a revision names (``main``, ``HEAD~3``, ``v1.2``, a hash); None if there is
    none. The name is never an option to git.
    """
    if not name or name.startswith("-") or ".." in name or not name.isprintable():
        return None
    out = git.run(root, root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", accept=(0, 1, 128))
    found = out.decode("ascii", "replace").strip()
    return found if _OBJECT.fullmatch(found) else None


def default_branch(root: str) -> DefaultBranch | None:
    """The branch that the remote ``origin`` names as its HEAD, else ``main``, else ``master``; None if none exists."""
    named = git.run(root, root, "symbolic-ref", "-q", f"{_REMOTE}HEAD", accept=(0, 1, 128))
    refs = [each for each in os.fsdecode(named).split("\n") if each.startswith(_REMOTE)]
    refs += [f"{above}{name}" for name in _USUAL for above in (_REMOTE, "refs/heads/")]
    for ref in refs:
        if commit(root, ref) is not None:
            return DefaultBranch(ref, ref.removeprefix("refs/heads/").removeprefix("refs/remotes/"))
    return None


def merge_base(root: str, one: str, other: str) -> str | None:
    """The newest commit that two commits have in common; None if the clone has none."""
    out = git.run(root, root, "merge-base", one, other, accept=(0, 1))
    return out.decode("ascii", "replace").split("\n")[0] or None


def is_shallow(root: str) -> bool:
    """Whether the clone has only a part of the history."""
    return git.run(root, root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def short(root: str, id_: str) -> str:
    """An abbreviated object id."""
    return git.run(root, root, "rev-parse", "--short", id_).decode("ascii", "replace").strip()


def paths(root: str, id_: str, name: str) -> list[str]:
    """The paths of a commit's files with this name, in any folder, sorted."""
    out = git.run(root, root, "ls-tree", "-r", "-z", "--name-only", id_)
    return sorted(each for each in os.fsdecode(out).split("\0") if posixpath.basename(each) == name)


def export(root: str, id_: str, inside: str, into: Path) -> Export:
    """Write the files of a commit below the folder ``inside`` into the empty folder ``into``, which becomes the top of
    a work tree with that commit as its index. git then says about these files what it would say in a clone.

    ``inside``: from the top of the work tree; empty: the top itself.
    """
    _repository(root, into)
    top = str(into)
    git.run(top, top, "read-tree", id_)
    wanted = [*_above(inside), inside] if inside else ["."]
    modules: list[tuple[str, str]] = []
    files: list[str] = []
    for path, mode, object_ in _staged(top, wanted):
        if mode == "160000":
            modules.append((path, object_))
        else:
            files.append(path)
    given = "".join(f"{path}\0" for path in files).encode("utf-8", "surrogateescape")
    git.run(top, top, "checkout-index", "--force", "-z", "--stdin", given=given)
    missing = list(_large(root, top, files))
    for path, object_ in modules:
        missing += _submodule(root, path, object_, into)
    return Export(into, tuple(sorted(missing)))


def _repository(root: str, into: Path) -> None:
    """A repository in ``into`` that reads the objects of another one."""
    own = into / ".git"
    for folder in ("objects/info", "refs"):
        (own / folder).mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    config = "[core]\n\trepositoryFormatVersion = {}\n\tfileMode = true\n\tbare = false\n{}"
    sha256 = git.sha256(root)
    (own / "config").write_text(
        config.format(1, "[extensions]\n\tobjectFormat = sha256\n") if sha256 else config.format(0, "")
    )
    objects = os.path.join(os.path.realpath(git.common_folder(root)), "objects")
    if "\n" in objects:
        escaped = objects.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        objects = f'"{escaped}"'
    (own / "objects" / "info" / "alternates").write_bytes(os.fsencode(f"{objects}\n"))


def _above(inside: str) -> Iterator[str]:
    """The files in folders above that say what is ignored, and how files are stored."""
    parts = inside.split("/")
    for depth in range(len(parts)):
        for name in _ABOVE:
            yield "/".join([*parts[:depth], name])


def _staged(top: str, wanted: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Path, mode and object id of the files in the index at these paths."""
    named = [f":(top,literal){path}" if path != "." else ":(top)" for path in wanted]
    out = git.run(top, top, "ls-files", "-z", "--stage", "--", *named)
    for record in os.fsdecode(out).split("\0"):
        about, _, path = record.partition("\t")
        if path:
            mode, object_, _ = about.split(" ")
            yield path, mode, object_


def _large(root: str, top: str, files: Sequence[str]) -> Iterator[str]:
    """Replace pointers to files in Git LFS with these files; yields the paths of those that are not there."""
    for path in files:
        place = os.path.join(top, path)
        id_ = _pointed(place)
        if id_ is None:
            continue
        store = os.path.join(git.common_folder(root), "lfs", "objects", id_[:2], id_[2:4], id_)
        data = next(
            (found for each in (store, os.path.join(root, path)) if (found := _with(each, id_)) is not None), None
        )
        if data is None:
            yield path
        else:
            Path(place).write_bytes(data)


def _pointed(place: str) -> str | None:
    """The SHA-256 of the file that a pointer of Git LFS names; None if the file is not a pointer."""
    if os.path.islink(place) or not os.path.isfile(place) or os.path.getsize(place) > _POINTER_BYTES:  # noqa: PTH113, PTH114, PTH202
        return None
    found = _POINTER.match(Path(place).read_bytes())
    return found[1].decode() if found else None


def _with(place: str, sha256: str) -> bytes | None:
    """The bytes of a file, if they have this digest."""
    if os.path.islink(place) or not os.path.isfile(place):  # noqa: PTH113, PTH114
        return None
    try:
        data = Path(place).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _submodule(root: str, path: str, id_: str, into: Path) -> Iterator[str]:
    """Write the files of a submodule, if it is checked out and has the commit; yields what is missing."""
    there = os.path.join(root, path)
    place = into / path
    place.mkdir(parents=True, exist_ok=True)
    if os.path.islink(there) or not git.is_top(there) or commit(there, id_) is None:  # noqa: PTH114
        yield path
        return
    for missing in export(there, id_, "", place).missing:
        yield f"{path}/{missing}"
