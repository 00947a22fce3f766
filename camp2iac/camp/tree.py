"""The base class of folders and archives, which decides which of their files are the content of an artifact.

Content is what a repository has, or would have. In a named folder (``href: web/``), it is all files except those of
version control, those that ``.gitignore`` excludes, those that are never content (:mod:`never`), and output of
camp2iac. In the package itself (``href: pdp:!``), dot files, the plan, its manifest and certificate, and environment
files are not content either. Every file that git tracks is content, even a dot file or an ignored file (:mod:`folder`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from threading import RLock

from camp2iac.camp import never
from camp2iac.camp.git import IgnoreRule
from camp2iac.camp.ignore import (
    MOST_PATTERNS,
    MOST_PATTERNS_ALL,
    MOST_RULES,
    Ignore,
    Work,
    excluded_by,
    ignored,
    parse,
)
from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record, replace

PLAN = "camp.yaml"
OUR_OUTPUT = ".camp2iac.json"
OUR_STAGE = ".camp2iac-new"  # a folder that exists while output is written, or if that was interrupted
PACKAGING = frozenset((PLAN, "camp.mf", "camp.cert"))
_DEEPEST = 64
_MOST_EXCESSIVE = 5  # .gitignore files that are reported


def unreadable(name: str) -> bool:
    """Whether a name has characters that are not safe in text files: controls, line breaks, bytes not in UTF-8."""
    return not name.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)


def left_by_macos(path: str) -> bool:
    """Whether macOS added a file to an archive or a folder."""
    return path.split("/")[0] == "__MACOSX" or path.rpartition("/")[2].startswith("._") or path.endswith(".DS_Store")


class Scope(Record, frozen=True):
    """How to walk a folder.

    ``whole``: the folder is the package itself. ``freed``: the plan names the folder although rules above it exclude
    all of it, so these rules do not apply inside. ``doubtful``: only files that a repository tracks are content.
    ``all``: find all files that a copy of the folder needs, not only content.
    """

    whole: bool = False
    freed: bool = False
    doubtful: bool = False
    all: bool = False


def _speaks(ignore: Ignore, folder: str, under: str) -> bool:
    """Whether the ``.gitignore`` of a folder could exclude a file in another folder that would otherwise be content."""
    if ignore.excess:
        return True
    patterns = [pattern for pattern in ignore.patterns if not never.known(pattern, whole=not under)]
    if f"{folder}/".startswith(f"{under}/" if under else ""):
        return bool(patterns)
    if folder and not under.startswith(f"{folder}/"):
        return False
    names = under[len(folder) :].strip("/").split("/")
    return any(pattern.reaches_into(names) for pattern in patterns)


def _escaped(path: str) -> str:
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", path)


class Tree(Package):
    """A package with folders. ``leave_out``: paths that are never content."""

    def __init__(self, name: str, folder: str | None, leave_out: frozenset[str] = frozenset()) -> None:
        super().__init__(name, folder)
        self._leave_out = leave_out
        self._files: dict[str, tuple[str, ...]] = {}
        self._ruled: dict[str, Ignore] = {}  # the .gitignore files that were found, by their folders
        self._prefix = ""  # from the folder of the outermost .gitignore to the package
        self._kept: frozenset[str] = frozenset()
        self._read: dict[str, tuple[Ignore, ...]] = {}
        self._work = Work()
        self._patterns = 0
        self._excessive: set[str] = set()  # rules that were reported
        self._walking = RLock()  # walking changes counters, and several threads can compile one plan

    def refuse(self, path: str) -> None:
        """Called for an entry that cannot be content, in a folder whose content is needed."""

    def accept(self) -> None:
        """From now on, the same question always gets the same answer."""
        self._work.bounded = self._work.too_much

    def keep(self, paths: Iterable[str]) -> None:
        """See the package. The folders of these files are walked too."""
        folders: set[str] = set()
        listed = frozenset(paths)
        for path in listed:
            while (path := path.rpartition("/")[0]) and path not in folders:
                folders.add(path)
        self._kept = listed | folders | {""}
        self._files.clear()

    def files(self, under: str = "") -> tuple[str, ...]:
        """The content files ``under`` a folder (``""``: the package itself), sorted."""
        with self._walking:
            if under not in self._files:
                rules, freed = self._rules_above(under)
                self._files[under] = tuple(sorted(self._walk(under, rules, Scope(not under, freed), 0)))
            return self._files[under]

    def everything(self) -> tuple[str, ...]:
        """The files of a copy of the package: its plan, environment files and rules as well as its content, sorted."""
        return tuple(sorted(self._walk("", self._outer_rules(), Scope(all=True), 0)))

    def held(self, under: str = "") -> Iterator[str]:
        """The files in a folder, content or not."""
        yield from self._held_in(under, 0)

    def _held_in(self, folder: str, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            return
        for name, is_folder in self.children(folder):
            path = f"{folder}/{name}" if folder else name
            if name in never.VERSION_CONTROL or path in self._leave_out or left_by_macos(path):
                continue
            if is_folder:
                yield from self._held_in(path, depth + 1)
            else:
                yield path

    def listed(self, path: str) -> bool:
        """Whether the package's manifest lists a file, so that no rule excludes it."""
        return path in self._kept

    def travels(self, path: str) -> bool:
        """Whether no rule excludes a file. A file that the plan names is content anyway."""
        folder, _, _ = path.rpartition("/")
        rules, freed = self._rules_above(folder)
        return freed or not self._ignored(path, False, (*rules, *self._rules(folder)))

    def freed(self, under: str) -> bool:
        """Whether rules exclude all of a folder, so that they do not apply if the plan names the folder."""
        return self._rules_above(under)[1]

    def kept_out(self, path: str) -> bool:
        """Whether a path is left out of this run: the plan, an environment file or an output folder."""
        return path in self._leave_out

    def excluded(self, under: str, paths: Mapping[str, bool]) -> Mapping[str, IgnoreRule]:
        """The rules that exclude paths from the content of the folder ``under``. ``paths``: which are folders."""
        above, _ = self._rules_above(under)
        found = {}
        for path, is_folder in paths.items():
            by, rules, at = None, (*above, *self._rules(under)), under
            names = path[len(under) :].strip("/").split("/")
            for depth, name in enumerate(names, 1):
                at = f"{at}/{name}" if at else name
                by = by or excluded_by(self._prefix + at, is_folder or depth < len(names), rules, self._work)
                rules = (*rules, *(self._rules(at) if depth < len(names) else ()))
            if by is not None:
                found[path] = IgnoreRule(by[0].where(by[1]), by[1].written)
        return found

    def ruled(self, under: str) -> bool:
        """Whether a ``.gitignore``, in a folder's content or above it, could exclude files in the folder."""
        self.files(under)
        return any(_speaks(ignore, folder, under) for folder, ignore in self._ruled.items())

    def stays(self) -> tuple[str, ...]:
        """Regular expressions (RE2) for files that are not content of the package itself, although they could be
        content of a folder. Output folders are not among them, so that an output does not depend on the others:
        :data:`OUR_OUTPUT` marks them.
        """
        paths = _alternatives(PACKAGING.union(filter(self.is_file, self._leave_out)))
        return (r"(^|/)\.", r"(^|/)(CVS)/", _ENVIRONMENTS, f"^({paths})(/|$)")

    def never(self, under: str) -> str:
        """A regular expression for the files ``under`` a folder that are not content, even if a repository tracks them.
        Output of camp2iac is not content either: folders with :data:`OUR_OUTPUT`.
        """
        files = frozenset(filter(self.is_file, self._leave_out))
        if under:
            inside = f"{under}/"
            given = sorted(_escaped(path.removeprefix(inside)) for path in files if path.startswith(inside))
            return never.CONTROL_FILES + (f"|^({'|'.join(given)})$" if given else "")
        return "|".join((never.CONTROL_FILES, never.FORGES, _ENVIRONMENTS, f"^({_alternatives(PACKAGING | files)})$"))

    def _rules_above(self, under: str) -> tuple[tuple[Ignore, ...], bool]:
        """The rules above a folder, and whether they exclude all of it, so that none of them applies."""
        rules = self._outer_rules()
        parts = under.split("/") if under else []
        for depth, _ in enumerate(parts):
            rules = (*rules, *self._rules("/".join(parts[:depth])))
            if self._ignored("/".join(parts[: depth + 1]), True, rules):
                return ((), True) if not self._tracks(under) else (rules, False)
        # build/* also excludes all of build, but  *  with  !*.py  does not, so folders are tried too.
        inside = f"{under}/\x01"
        if (
            under
            and self._ignored(inside, False, rules)
            and self._ignored(inside, True, rules)
            and not self._tracks(under)
        ):
            return (), True
        return rules, False

    def _outer_rules(self) -> tuple[Ignore, ...]:
        """The rules above the package."""
        return ()

    def _tracks(self, folder: str) -> bool:
        """Whether a repository tracks files of a folder."""
        del folder
        return False

    def _rules(self, folder: str) -> tuple[Ignore, ...]:
        if folder not in self._read:
            path = f"{folder}/.gitignore" if folder else ".gitignore"
            if not self.is_file(path):
                return ()
            found = parse(self.start(path, MOST_RULES + 1), (self._prefix + folder).rstrip("/"))
            self._patterns += len(found.patterns)
            if self._patterns > MOST_PATTERNS_ALL:
                found = Ignore(
                    found.folder, (), f"all .gitignore files together have more than {MOST_PATTERNS_ALL:,} patterns"
                )
            self._ruled[folder] = found
            self._read[folder] = (self._ruled[folder],)
        return self._read[folder]

    def _ignored(self, path: str, is_folder: bool, rules: tuple[Ignore, ...]) -> bool:
        """Whether rules exclude a path. Rules that exceed the limits are reported when they are first used."""
        for ignore in rules:
            if ignore.excess and ignore.folder not in self._excessive and len(self._excessive) < _MOST_EXCESSIVE:
                self._excessive.add(ignore.folder)
                place = f"{ignore.folder}/.gitignore" if ignore.folder else ".gitignore"
                self.problems.append(_too_many_rules(f"{short(place)} exceeds the limits: {ignore.excess}"))
        if self._work.too_much:
            return False
        found = ignored(self._prefix + path, is_folder, rules, self._work)
        if self._work.too_much:
            self.problems.append(_too_many_rules(f"{self.name} has too many .gitignore patterns for its files"))
        return found

    def _walk(
        self, folder: str, rules: tuple[Ignore, ...], scope: Scope, depth: int, listed: bool = False
    ) -> Iterator[str]:
        """``listed``: a rule excludes the folder, except for the files that the manifest lists."""
        children = self.children(folder)
        if depth > _DEEPEST:
            return
        for marker in {(OUR_OUTPUT, False), (OUR_STAGE, True)}.intersection(children):
            if folder not in self._kept or (f"{folder}/{marker[0]}" if folder else marker[0]) in self._kept:
                return
            listed = True
        rules = (*rules, *self._rules(folder))
        for name, is_folder in children:
            path = f"{folder}/{name}" if folder else name
            steers = name in (never.CONTROL if not scope.all else never.VERSION_CONTROL)
            if steers or path in self._leave_out or (scope.whole and self._stays(path, name)):
                continue
            doubtful = scope.doubtful or (scope.whole and name[0] == ".") or (not scope.freed and never.is_junk(name))
            inner = replace(scope, doubtful=True) if doubtful else scope
            within = None if listed else self._wanted(folder, name, is_folder, rules, inner)
            if within is None and path not in self._kept:
                continue
            if is_folder is None:
                self.refuse(path)
            elif is_folder:
                yield from self._walk(path, rules, within or scope, depth + 1, within is None)
            else:
                yield path

    def _wanted(
        self, folder: str, name: str, is_folder: bool | None, rules: tuple[Ignore, ...], scope: Scope
    ) -> Scope | None:
        """How to walk an entry of a folder; None if it is not content."""
        path = f"{folder}/{name}" if folder else name
        return None if scope.doubtful or self._ignored(path, bool(is_folder), rules) else scope

    def _stays(self, path: str, name: str) -> bool:
        """Whether a file is not content of the package itself, tracked or not."""
        return path in PACKAGING or is_environment(path) or never.steers_a_forge(name)


_ENVIRONMENTS = r"^environments/.*\.ya?ml$"


def _alternatives(paths: Iterable[str]) -> str:
    """Paths in a regular expression. Without those of ``_ENVIRONMENTS``: an output does not depend on the others."""
    return "|".join(sorted(_escaped(path) for path in paths if not is_environment(path)))


def is_environment(path: str) -> bool:
    """Whether a path of the package is an environment file by its name."""
    return path.startswith("environments/") and path.endswith((".yaml", ".yml"))


def _too_many_rules(message: str) -> Diagnostic:
    return Diagnostic(
        "CAMP135",
        message,
        notes=(
            f"a .gitignore can have up to {MOST_RULES:,} bytes and {MOST_PATTERNS:,} patterns",
            f"all of them together can have {MOST_PATTERNS_ALL:,} patterns, and the time to match them is limited",
        ),
        help="remove patterns that match nothing, or exclude whole folders instead of their files",
    )
