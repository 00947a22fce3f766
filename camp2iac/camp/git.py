"""Ask git about a folder.

The repository can be hostile, so git runs nothing from its configuration, fetches nothing and writes nothing. The
user's own settings, such as global excludes, are not read, because the same commit would compile differently for two
people. ``--git-dir`` is set, so that the owner of the folder, who is another user in many CI containers, does not
matter.
"""

# ruff: noqa: PTH113, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from camp2iac.record import Record

_SECONDS = 60
_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "-c",
    "core.excludesFile=/dev/null",
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.untrackedCache=false",
    "-c",
    "core.quotePath=false",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "PATH": os.defpath,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone can name the command that fetches its missing objects
}
_GITLINK = "160000"
EXCLUDE = ".git/info/exclude"  # as shown, wherever the repository has it


class GitError(Exception):
    """git is not installed or failed; the text says why."""


class Listing(Record, frozen=True):
    """The files below a folder, by their paths from it.

    ``tracked``: in the index. ``untracked``: neither in the index nor ignored; another repository ends with ``/``.
    ``modules``: submodules.
    """

    tracked: frozenset[str]
    untracked: frozenset[str]
    modules: frozenset[str]


class IgnoreRule(Record, frozen=True):
    """A line that makes git ignore a path: ``.gitignore:3``, ``build/``."""

    where: str
    pattern: str


def top(folder: str) -> str | None:
    """The top of the work tree that contains a folder (an absolute path); None if there is none."""
    while not is_top(folder):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def is_top(folder: str) -> bool:
    """Whether a folder is the top of a work tree: it has a repository, or the file ``.git`` of a linked work tree."""
    git = os.path.join(folder, ".git")
    return os.path.isfile(git) or os.path.isfile(os.path.join(git, "HEAD"))


def own_folder(root: str) -> str:
    """The folder with the work tree's index: ``.git``, or the folder that the file ``.git`` names."""
    git = os.path.join(root, ".git")
    return _led(git, root, b"gitdir: ") or git


def common_folder(root: str) -> str:
    """The folder with ``info/exclude``, which the work trees of a repository share."""
    git = own_folder(root)
    return _led(os.path.join(git, "commondir"), git) or git


def _led(path: str, base: str, mark: bytes = b"") -> str:
    """The path that a file contains; empty if it has none."""
    if not os.path.isfile(path):  # reading a pipe could never end
        return ""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            line = file.read(5000)
    except OSError:
        return ""
    return os.path.normpath(os.path.join(base, os.fsdecode(line[len(mark) :].strip(b"\n")))) if mark in line else ""


def listing(root: str, folder: str) -> Listing:
    """The files below ``folder``, in the work tree ``root``, that git tracks or would add."""
    out = run(root, folder, "ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard")
    tracked: set[str] = set()
    untracked: set[str] = set()
    modules: set[str] = set()
    for record in os.fsdecode(out).split("\0"):
        tag, _, rest = record.partition(" ")
        if tag == "?":
            untracked.add(rest)
        elif rest:
            staged, _, path = rest.partition("\t")
            (modules if staged.startswith(_GITLINK) else tracked).add(path)
    return Listing(frozenset(tracked), frozenset(untracked), frozenset(modules))


def ignored(root: str, folder: str, paths: Iterable[str]) -> Mapping[str, IgnoreRule]:
    """The paths, from ``folder``, that git ignores, with the rule for each. Tracked files are never among them."""
    lines = (f"./{path}\0" if path.startswith(":") else f"{path}\0" for path in paths)  # :(top)  means something to git
    given = "".join(lines).encode("utf-8", "surrogateescape")
    out = run(root, folder, "check-ignore", "-z", "-v", "--stdin", given=given, accept=(0, 1))
    words = os.fsdecode(out).split("\0")
    found = {}
    for source, line, pattern, path in zip(words[0::4], words[1::4], words[2::4], words[3::4], strict=False):
        if not pattern.startswith("!"):
            found[path.removeprefix("./")] = IgnoreRule(f"{source}:{line}", pattern)
    return found


def shown(rule: IgnoreRule, root: str) -> IgnoreRule:
    """The same with the file's path from the top of the work tree ``root``, wherever the repository is."""
    file, _, line = rule.where.rpartition(":")
    exclude = os.path.join(common_folder(root), "info", "exclude")
    return IgnoreRule(f"{EXCLUDE}:{line}", rule.pattern) if os.path.join(root, file) == exclude else rule


def staged(root: str, folder: str) -> Mapping[str, tuple[str, str]]:
    """The modes and object ids of the files below ``folder`` in the index, by their paths from it."""
    out = run(root, folder, "ls-files", "-z", "--stage")
    records = (record.partition("\t") for record in os.fsdecode(out).split("\0") if record)
    return {path: (about.split(" ")[0], about.split(" ")[1]) for about, _, path in records}


def kept_back(root: str, folder: str) -> frozenset[str]:
    """The files below ``folder`` that git does not compare with the work tree (sparse checkouts, assume-unchanged)."""
    out = run(root, folder, "ls-files", "-z", "-v")
    records = (record.partition(" ") for record in os.fsdecode(out).split("\0") if record)
    return frozenset(path for tag, _, path in records if tag == "S" or tag.islower())


def stores_modes(root: str) -> bool:
    """Whether git reads from the file system which files are executable (``core.fileMode``)."""
    out = run(root, root, "config", "--local", "--no-includes", "--type=bool", "core.fileMode", accept=(0, 1))
    return out.strip() != b"false"


def stored(root: str, paths: Sequence[str]) -> list[str]:
    """The object ids that files would have in the index, by their paths from the top. git converts line ends,
    encodings and ``$Id$`` as the attributes say, so there must be no filters (:func:`filtered`), which are commands.
    """
    lines = "".join(f"{_quoted(path)}\n" for path in paths).encode("utf-8", "surrogateescape")
    return run(root, root, "hash-object", "--stdin-paths", given=lines).decode().split() if paths else []


def keeps_returns(root: str, folder: str) -> frozenset[str]:
    """The files below ``folder`` whose line ends git does not convert, because the index has carriage returns."""
    records = (
        record.partition("\t") for record in os.fsdecode(run(root, folder, "ls-files", "-z", "--eol")).split("\0")
    )
    found = ((about.split(), path) for about, _, path in records if path)
    auto = ("attr/text=auto", "attr/")
    return frozenset(path for words, path in found if words[0] in ("i/crlf", "i/mixed") and words[2] in auto)


def _quoted(path: str) -> str:
    r"""A path as a line for git, where a quote at the beginning means that ``\`` and ``"`` are escaped."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if path.startswith('"') else path


def sha256(root: str) -> bool:
    """Whether object ids are SHA-256, not SHA-1."""
    return run(root, root, "rev-parse", "--show-object-format").strip() == b"sha256"


def filtered(root: str, folder: str, paths: Iterable[str]) -> Mapping[str, str]:
    """The paths, from ``folder``, that git stores through a filter (``lfs``), with the name of the filter."""
    given = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    words = os.fsdecode(run(root, folder, "check-attr", "-z", "--stdin", "filter", given=given)).split("\0")
    named = zip(words[0::3], words[2::3], strict=False)
    return {path: name for path, name in named if name not in ("unspecified", "unset")}


def committed(root: str, path: str) -> bytes | None:
    """A file in the last commit (HEAD), by its path from the top of the work tree; None if the commit does not have
    it.
    """
    return run(root, root, "cat-file", "blob", f"HEAD:{path}", accept=(0, 128)) or None


def remotes(root: str) -> Mapping[str, str]:
    """The first URL of each remote in the repository's own configuration, unchanged: it can have credentials."""
    words = ("config", "--local", "--no-includes", "-z", "--get-regexp", r"^remote\..*\.url$")
    found: dict[str, str] = {}
    for record in os.fsdecode(run(root, root, *words, accept=(0, 1))).split("\0"):
        key, _, url = record.partition("\n")
        if url:
            found.setdefault(key.removeprefix("remote.").removesuffix(".url"), url)
    return found


def branch(root: str, remote: str) -> str | None:
    """The branch that the remote's HEAD names, or else the branch that is checked out; None if neither is known."""
    for name, above in ((f"refs/remotes/{remote}/HEAD", f"refs/remotes/{remote}/"), ("HEAD", "refs/heads/")):
        named = os.fsdecode(run(root, root, "symbolic-ref", "-q", name, accept=(0, 1, 128))).strip("\n")
        if named.startswith(above):
            return named.removeprefix(above)
    return None


def run(root: str, folder: str, *command: str, given: bytes = b"", accept: tuple[int, ...] = (0,)) -> bytes:
    """The output of a git command, run in ``folder`` of the work tree ``root``. ``accept``: exit statuses that do
    not mean an error. ``GitError`` if git is not installed or fails.
    """
    import shutil
    import subprocess

    git = shutil.which("git")
    if git is None:
        raise GitError("git is not installed")
    place = (f"--git-dir={os.path.join(root, '.git')}", f"--work-tree={root}")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            [git, *place, *_OPTIONS, *command],
            cwd=folder,
            env=_ENVIRONMENT,
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise GitError(f"git could not be run: {type(error).__name__}") from None
    if done.returncode not in accept:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        failure = f"git exited with {done.returncode}"
        raise GitError(next((line.removeprefix("fatal: ") for line in lines if line), failure))
    return done.stdout
