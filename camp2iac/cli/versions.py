"""The two sides of ``camp2iac diff``, as the user names them: a revision, a folder, a plan, an archive or an output."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from camp2iac.camp import git, history
from camp2iac.cli import discovery, session
from camp2iac.cli.faults import Fault
from camp2iac.compiler import Origin
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import choices, short
from camp2iac.record import Record
from camp2iac.review.difference.sides import PlanVersion, output_version, read_version
from camp2iac.synth.sourcemap import NAME

WORK_TREE = "the work tree"
_MOST = 5  # plans that a message names


class Naming(Record, frozen=True):
    """How sides are read.

    ``environments``: the files of ``-e``. ``strict``, ``signer``: as for other commands. ``temporary``: creates an
    empty folder for the files of a revision. ``from_top``: show files by their paths from the top of the repository,
    not from the working directory.
    """

    environments: tuple[Path, ...]
    strict: bool
    signer: str | None
    temporary: Callable[[], Path]
    from_top: bool


class VersionPlace(Record, frozen=True):
    """The plan in the work tree. ``plan``: the file, folder or archive; None if there is none. ``top``: of the work
    tree; None if there is no repository.
    """

    plan: Path | None
    top: str | None


class Sides:
    """Finds and reads both sides."""

    def __init__(self, naming: Naming, working: Path) -> None:
        self._naming = naming
        self._working = working
        self._place = VersionPlace(None, None)
        self._still: frozenset[str] | None = None  # the plans of NEW, if it is a revision
        self.said: list[str] = []

    def both(self, old: str | None, new: str | None) -> tuple[PlanVersion, PlanVersion]:
        """The old and the new version. ``Fault`` if one of them cannot be found or read."""
        self._place = self._standing(old, new)
        after = self._work_tree() if new is None else self._named(new, is_new=True)
        before = self._default(new) if old is None else self._named(old)
        return before, after

    def _standing(self, old: str | None, new: str | None) -> VersionPlace:
        """The plan in the work tree: that of NEW if it is a path, else of OLD, else near the working directory."""
        plan = discovery.nearest()
        for name in (new, old) if new is not None else ():
            if name is not None and _is_path(name):
                path = Path(name)
                plan = None if (path / NAME).is_file() else path / session.PLAN if path.is_dir() else path
                break
        folder = session.folder(plan) if plan is not None else self._working
        return VersionPlace(plan, git.top(os.path.realpath(folder)))

    # --- the defaults -------------------------------------------------------------------------------------------------

    def _work_tree(self) -> PlanVersion:
        if self._place.plan is None:
            raise Fault(discovery.no_plan("or name two versions:  camp2iac diff OLD NEW"))
        if len(self._place.plan.parts) > 1:
            self.said.append(f"The plan is {self._place.plan.as_posix()}.")
        return self._path(WORK_TREE, self._place.plan)

    def _default(self, new: str | None) -> PlanVersion:
        """The merge base of the new version with the default branch."""
        root = self._root("OLD")
        head = "HEAD" if new is None or _is_path(new) else new
        tip = history.commit(root, head)
        if tip is None:
            raise Fault(_no_commit())
        branch = history.default_branch(root)
        if branch is None:
            if history.is_shallow(root):
                raise Fault(_shallow("the default branch"))
            self.said.append("There is no branch origin/HEAD, main or master, so OLD is the last commit (HEAD).")
            return self._revision("HEAD", tip)
        base = history.merge_base(root, tip, branch.ref)
        if base is None:
            raise Fault(_shallow(branch.name) if history.is_shallow(root) else _unrelated(branch.name))
        if base == history.commit(root, branch.ref) == tip and new is None:
            name = "HEAD"
            self.said.append(f"OLD is the last commit (HEAD), which is the tip of {branch.name}.")
        elif base == history.commit(root, branch.ref):
            name = branch.name
            self.said.append(f"OLD is {branch.name}.")
        else:
            name = f"{branch.name} at {history.short(root, base)}"
            self.said.append(f"OLD is {history.short(root, base)}, the last commit in common with {branch.name}.")
        return self._revision(name, base)

    # --- what the user names ------------------------------------------------------------------------------------------

    def _named(self, name: str, *, is_new: bool = False) -> PlanVersion:
        """The version that an argument names. ``is_new``: it is NEW."""
        root = self._place.top
        id_ = history.commit(root, name) if root is not None else None
        if id_ is not None and _is_path(name) and not _written_as_path(name):
            raise Fault(
                Diagnostic(
                    "CAMP730",
                    f"{short(name)} is a revision and a file",
                    help=f"for the file, write  ./{short(name)}  and for the branch  refs/heads/{short(name)}",
                )
            )
        if root is not None and id_ is not None and not _written_as_path(name):
            if is_new:
                self._still = frozenset(history.paths(root, id_, self._file()))
            return self._revision(name, id_, is_new=is_new)
        if not _is_path(name):
            raise Fault(self._unknown(name))
        path = Path(name)
        if path.is_dir() and (path / NAME).exists():
            output = output_version(name, path)
            if output is None:
                raise Fault(_unreadable(path))
            return output
        return self._path(name, path)

    def _unknown(self, name: str) -> Diagnostic:
        root = self._place.top
        notes: tuple[str, ...] = () if root is not None else ("this folder is not in a git repository",)
        one, dots, other = name.partition("..")
        other = other.lstrip(".")
        help_ = (
            "write a branch, a tag or a commit that  git log  shows, or the path of a folder, plan, archive or output"
        )
        if dots and one and other:
            help_ = f"write both versions as arguments:  camp2iac diff {short(one)} {short(other)}"
        elif root is not None and history.is_shallow(root):
            notes = ("this clone has only a part of the history",)
            help_ = "get the rest of the history:  git fetch --unshallow"
        elif root is not None and history.commit(root, f"refs/remotes/origin/{name}") is not None:
            help_ = f"write  origin/{short(name)}"
        return Diagnostic("CAMP730", f"{short(name)} is neither a revision nor a file", notes=notes, help=help_)

    def _path(self, name: str, path: Path) -> PlanVersion:
        """A version in the file system."""
        folder = path if path.is_dir() else path.parent
        shown = self._shown(folder)
        plan = path / session.PLAN if path.is_dir() and (path / session.PLAN).is_file() else path
        files = [self._own(file, folder) for file in self._naming.environments]
        return self._read(name, plan, shown, files, [])

    def _read(self, name: str, plan: Path, shown: str, files: Sequence[Path], notes: Sequence[str]) -> PlanVersion:
        naming = self._naming
        origin = Origin(plan, strict=naming.strict, signer=naming.signer)
        return read_version(name, plan, origin, shown=shown, files=files, notes=notes)

    def _revision(self, name: str, id_: str, *, is_new: bool = False) -> PlanVersion:
        """A version in the history of the repository. An old one can have no plan: then everything is new."""
        root = self._root(name)
        path, notes = self._plan_at(root, name, id_, is_new=is_new)
        if not path:
            return PlanVersion(name, None, notes=tuple(notes))
        inside = path.rpartition("/")[0]
        made = history.export(root, id_, inside, self._naming.temporary())
        missing = [each for each in made.missing if not inside or each.startswith(f"{inside}/")]
        if missing:
            notes.append(
                f"the content at {name} is not complete in this clone: {choices('', missing)} "
                "(run  git lfs fetch  or  git submodule update --init)"
            )
        folder = made.folder / inside
        files = [self._own(file, folder) for file in self._naming.environments]
        shown = self._shown(Path(root, inside))
        plan = folder / path.rpartition("/")[2]
        return self._read(name, plan, shown, files, notes)

    def _plan_at(self, root: str, name: str, id_: str, *, is_new: bool) -> tuple[str, list[str]]:
        """The path of the plan in a commit, from the top: the same as now, else the only one that was moved from there.
        Empty if an old version has none.
        """
        there = history.paths(root, id_, self._file())
        now = None
        if self._place.plan is not None:
            now = Path(os.path.relpath(os.path.realpath(self._place.plan), root)).as_posix()
            if now in there:
                return now, []
            there = [path for path in there if not self._remains(root, path)] if not is_new else there
        if len(there) == 1:
            return there[0], [f"At {name}, the plan is {there[0]}."] if now is not None else []
        if not there and not is_new:
            return "", [f"{name} does not have the plan, so everything is new."]
        if not there:
            message = f"{short(name)} has no {session.PLAN}"
            help_ = "name a version that has the plan, or compare with a folder"
        else:
            named = ", ".join([*there[:_MOST], *([f"{len(there) - _MOST} more"] if len(there) > _MOST else [])])
            message = f"{short(name)} has no plan at {now}" if now else f"{short(name)} has several plans"
            help_ = f"run the command in the folder of one of the plans there: {named}"
        raise Fault(Diagnostic("CAMP733", message, help=help_))

    def _file(self) -> str:
        """The name of the plan's file."""
        return self._place.plan.name if self._place.plan is not None else session.PLAN

    def _remains(self, root: str, path: str) -> bool:
        """Whether a plan of the old version is at the same path in the new one, so that it is another plan."""
        return path in self._still if self._still is not None else Path(root, path).exists()

    # --- paths --------------------------------------------------------------------------------------------------------

    def _root(self, name: str) -> str:
        if self._place.top is not None:
            return self._place.top
        message = f"{short(name)} cannot be found: the plan is not in a git repository"
        if name == "OLD":
            message = "there is no version to compare with: the plan is not in a git repository"
        raise Fault(Diagnostic("CAMP731", message, help="name both versions:  camp2iac diff OLD NEW"))

    def _own(self, file: Path, folder: Path) -> Path:
        """An environment file of a version: the same path from the plan's folder if it is inside, else the file."""
        if self._place.plan is None:
            return file
        base = session.folder(self._place.plan)
        inside = os.path.relpath(os.path.realpath(file), os.path.realpath(base))
        return file if inside.startswith("..") else folder / inside

    def _shown(self, folder: Path) -> str:
        """A folder, to show before the names of its files."""
        base = Path(self._place.top) if self._naming.from_top and self._place.top is not None else self._working
        found = Path(os.path.relpath(os.path.realpath(folder), os.path.realpath(base))).as_posix()
        return "" if found == "." else found


def _is_path(name: str) -> bool:
    try:
        return bool(name) and Path(name).exists()
    except (OSError, ValueError):
        return False


def _written_as_path(name: str) -> bool:
    return name in (".", "..") or name.startswith(("./", "../", "/"))


def _no_commit() -> Diagnostic:
    return Diagnostic(
        "CAMP731",
        "there is no version to compare with: the repository has no commit",
        help="commit the plan, or name both versions:  camp2iac diff OLD NEW",
    )


def _shallow(branch: str) -> Diagnostic:
    return Diagnostic(
        "CAMP732",
        f"this clone does not have the last commit in common with {branch}",
        notes=("it is a shallow clone, which has only a part of the history",),
        help="get the rest of the history:  git fetch --unshallow",
    )


def _unrelated(branch: str) -> Diagnostic:
    return Diagnostic(
        "CAMP732",
        f"HEAD and {branch} have no commit in common",
        help=f"name the version to compare with:  camp2iac diff {branch}",
    )


def _unreadable(folder: Path) -> Diagnostic:
    return Diagnostic(
        "CAMP734",
        f"the source map of the output {short(folder.as_posix())} cannot be read",
        help="restore .camp2iac.json and .camp2iac.digests.json from version control, or name the plan instead",
    )


def fault_of_git(problem: git.GitError) -> Diagnostic:
    """CAMP731 if git cannot be run, or cannot read the repository."""
    return Diagnostic(
        "CAMP731",
        f"git cannot read the repository: {problem}",
        help="check that  git status  works, or name two folders:  camp2iac diff OLD NEW",
    )


def packed(versions: Sequence[PlanVersion]) -> bool:
    """Whether a plan of these versions is in an archive, so that its content is copied to the output."""
    sources = [version.reading.source for version in versions if version.reading is not None]
    return any(source is not None and source.package.folder is None for source in sources)
