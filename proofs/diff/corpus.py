"""The corpus as data: `corpus/*.yaml`, one file per base, and how an edit is made in a copy of a package."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from camp2iac.record import Record

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(__file__).with_name("corpus")
#: keys of a file of the corpus, and of an edit in it
_BASE_KEYS = {"package", "environment", "bounded", "git", "before", "older", "edits"}
_GIT = ("git", "-c", "user.name=proof", "-c", "user.email=proof@example.org")
_EDIT_KEYS = {"what", "file", "old", "new", "changes", "rename", "answers", "explained", "applied"}


class CorpusError(ValueError):
    """A file of the corpus that says something that cannot be done."""


class Replacement(Record, frozen=True):
    """``old``, which occurs once in a file of the package, becomes ``new``. Without ``old``, ``new`` is appended."""

    file: str
    old: str
    new: str


class CorpusEdit(Record, frozen=True):
    """One edit of a base. ``rename``: paths of the package. ``explained``: why a difference to Terraform is right.

    ``applied``: it is the last one of its base, and is applied too.
    """

    what: str
    replacements: tuple[Replacement, ...]
    rename: tuple[tuple[str, str], ...] = ()
    explained: str = ""
    applied: bool = False

    def make(self, package: Path) -> None:
        """Edit a copy of the package. Raises `CorpusError` if it does not have what is replaced."""
        for old, new in self.rename:
            (package / new).parent.mkdir(parents=True, exist_ok=True)
            (package / old).rename(package / new)
        for each in self.replacements:
            replace(package, each, self.what)


class Base(Record, frozen=True):
    """What is applied once: a package with an environment, after the replacements ``before``.

    ``bounded``: whether its first edits belong to the part that CI runs. ``git``: whether its copies are repositories.
    ``older``: replacements in camp2iac itself, which make the release that compiles the base, but not its edits.
    """

    name: str
    package: str
    environment: str
    edits: tuple[CorpusEdit, ...]
    before: tuple[Replacement, ...] = ()
    bounded: bool = False
    git: bool = False
    older: tuple[Replacement, ...] = ()

    @property
    def platform(self) -> str:
        """``openstack`` or ``heroku``."""
        said = yaml.safe_load((ROOT / self.package / self.environment).read_text(encoding="utf-8"))
        return str(said["target"])

    def release(self, folder: Path) -> Path:
        """A copy of camp2iac as the older release was, in ``folder``: the folder to import it from."""
        shutil.copytree(ROOT / "camp2iac", folder / "camp2iac", ignore=shutil.ignore_patterns("__pycache__"))
        for each in self.older:
            replace(folder, each, "older")
        return folder

    def copy(self, folder: Path, edit: CorpusEdit | None = None) -> Path:
        """A copy of the package in ``folder``, without outputs, as the base or as an edit has it."""
        package = folder / Path(self.package).name
        shutil.copytree(ROOT / self.package, package, ignore=shutil.ignore_patterns("infra", "expected", ".terraform*"))
        for each in self.before:
            replace(package, each, "before")
        if edit:
            edit.make(package)
        if self.git:
            for words in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "the package")):
                subprocess.run([*_GIT, *words], cwd=package, check=True, capture_output=True)
        return package


def replace(package: Path, change: Replacement, what: str) -> None:
    """Change a file of a package. Raises `CorpusError` unless it has the old text once."""
    path = package / change.file
    if not change.old:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + change.new, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if (found := text.count(change.old)) != 1:
        raise CorpusError(f"{what}: {change.file} has {found} times, instead of once: {change.old!r}")
    path.write_text(text.replace(change.old, change.new), encoding="utf-8")


def bases(folder: Path = CORPUS) -> Iterator[Base]:
    """Every base of the corpus, by name. Raises `CorpusError` if a file has a wrong key."""
    for path in sorted(folder.glob("*.yaml")):
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        _known(path.stem, said, _BASE_KEYS)
        environment = str(said["environment"])
        edits = tuple(_edit(each, environment, path.stem) for each in said["edits"])
        names = [each.what for each in edits]
        if twice := {each for each in names if names.count(each) > 1}:
            raise CorpusError(f"{path.stem}: two edits are named {', '.join(sorted(twice))}")
        if any(each.applied for each in edits[:-1]):
            raise CorpusError(f"{path.stem}: only the last edit can be applied")
        before = tuple(_replacement(each, environment) for each in said.get("before", ()))
        marks = (bool(said.get(mark)) for mark in ("bounded", "git"))
        older = tuple(_replacement(each, environment) for each in said.get("older", ()))
        yield Base(path.stem, str(said["package"]), environment, edits, before, *marks, older)


def _edit(said: Mapping[str, Any], environment: str, base: str) -> CorpusEdit:
    _known(f"{base}: {said.get('what')}", said, _EDIT_KEYS)
    own = [said] if "old" in said or "new" in said else []
    replacements = tuple(_replacement(each, environment) for each in [*own, *said.get("changes", ())])
    rename = tuple((str(old), str(new)) for old, new in said.get("rename", {}).items())
    if not replacements and not rename:
        raise CorpusError(f"{base}: {said['what']} changes nothing")
    return CorpusEdit(
        str(said["what"]), replacements, rename, str(said.get("explained", "")), bool(said.get("applied"))
    )


def _replacement(said: Mapping[str, Any], environment: str) -> Replacement:
    file = str(said.get("file", "camp.yaml"))
    return Replacement(
        environment if file == "environment" else file, str(said.get("old", "")), str(said.get("new", ""))
    )


def _known(where: str, said: Mapping[str, Any], keys: set[str]) -> None:
    if wrong := said.keys() - keys:
        raise CorpusError(f"{where}: unknown keys {', '.join(sorted(wrong))}")
