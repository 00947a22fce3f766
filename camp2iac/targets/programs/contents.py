"""The files of content by their deployed names: of a folder, of one file, or of an archive."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from camp2iac.camp.archive import read_archive
from camp2iac.camp.members import BLOCK, sniff
from camp2iac.camp.model import Content
from camp2iac.camp.package import Package
from camp2iac.camp.spool import Spool
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.record import Record

MOST_READ = 4 * 1024 * 1024  # bytes of a file, unless it is an archive
_ARCHIVE = r"\.(zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$"
_PROCFILE = re.compile(r"^([A-Za-z0-9_-]+):[ \t]*(\S.*)$", re.MULTILINE)
_CONTROL = r"[\x00-\x08\x0a-\x1f]"  # no command line has them
_KINDS = (
    ("go.mod", "a Go module", "org.golang:src"),
    ("pom.xml", "a Java project that Maven builds", ""),
    ("build.gradle", "a Java project that Gradle builds", ""),
    ("build.gradle.kts", "a Java project that Gradle builds", ""),
    ("composer.json", "PHP", "org.php:src"),
    ("index.php", "PHP", "org.php:src"),
    ("manage.py", "a Django project", "org.djangoproject:Project"),
    ("requirements.txt", "Python", "org.python:src"),
    ("pyproject.toml", "Python", "org.python:src"),
    ("package.json", "a Node.js application", "org.nodejs:src"),
    ("config.ru", "a Rack application", "org.ruby:src"),
    ("Gemfile", "Ruby", "org.ruby:src"),
    ("Cargo.toml", "Rust", ""),
    ("index.html", "a static site", "org.html:Site"),
)


class ContentFiles(Record, frozen=True):
    """Sorted names, and a function that reads a file, or the beginning of a large one (:func:`known`). ``span``: of the
    content in the plan.

    ``single``: the content is only this file. ``folder``: the content is a folder of the package. ``executable``:
    whether a file may be executed; None if that is not known. ``pieces``: a function that reads all of a file.
    """

    names: tuple[str, ...]
    read: Callable[[str], bytes]
    span: Span
    single: str = ""
    folder: bool = False
    executable: Callable[[str], bool] | None = None
    pieces: Callable[[str], Iterator[bytes]] | None = None

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def text(self, name: str) -> str:
        """A file as text. Empty if it does not exist."""
        return self.read(name).decode("utf-8", "replace") if name in self.names else ""

    def archive(self, name: str) -> Spool:
        """A file that is an archive, which can be large."""
        return Spool.of(self.pieces(name)) if self.pieces is not None else Spool(self.read(name))

    @property
    def procfile(self) -> dict[str, str]:
        """The process types and command lines of its ``Procfile``."""
        text = self.text("Procfile").removeprefix("\ufeff")
        return {
            type_: line.rstrip() for type_, line in _PROCFILE.findall(text) if not re.search(_CONTROL, line.rstrip())
        }

    def folders(self, name: str) -> list[str]:
        """The folders that have a file with this name, those nearest to the top first. Empty: the top itself."""
        found = [path.rpartition("/")[0] for path in self.names if f"/{path}".endswith(f"/{name}")]
        return sorted(found, key=lambda path: (path.count("/") + bool(path), path))

    def what(self) -> tuple[str, str, str]:
        """What the content seems to be: the file that shows it, a description, an artifact type. Empty if not known."""
        return next((found for found in _KINDS if found[0] in self.names), ("", "", ""))


def look(content: Content, package: Package) -> ContentFiles | None:
    """The files of content. None if the files or their names are not known at compile time."""
    path = content.home
    span = content.href.span if content.href else content.span
    if path is None:
        return None
    if path and package.is_file(path):
        name = posixpath.basename(path)
        if re.search(_ARCHIVE, name, flags=re.IGNORECASE):
            return _inside(package, path, span)
        return ContentFiles((name,), lambda _: known(package, path), span, name, pieces=lambda _: package.chunks(path))
    prefix = f"{path.rstrip('/')}/" if path else ""
    names = tuple(file.removeprefix(prefix) for file in package.files(path.rstrip("/")))
    executable = lambda name: package.is_executable(f"{prefix}{name}")  # noqa: E731
    return ContentFiles(
        names,
        lambda name: known(package, f"{prefix}{name}"),
        span,
        folder=True,
        executable=executable,
        pieces=lambda name: package.chunks(f"{prefix}{name}"),
    )


def known(package: Package, path: str) -> bytes:
    """What camp2iac looks at in a file: its bytes, or the first of them if there are more than MOST_READ."""
    return package.read(path) if package.size(path) <= MOST_READ else package.start(path, MOST_READ)


def procfiles(package: Package) -> Callable[[Content], Mapping[str, str]]:
    """A function that reads the Procfile of content, once for each path. Content that is not readable has none here."""
    found: dict[str | None, Mapping[str, str]] = {None: {}}

    def read(content: Content) -> Mapping[str, str]:
        if content.home not in found:
            try:
                files = look(content, package)
                found[content.home] = files.procfile if files is not None else {}
            except OSError:  # reported when the content is checked
                found[content.home] = {}
        return found[content.home]

    return read


def _inside(package: Package, path: str, span: Span) -> ContentFiles | None:
    """The members of an archive. A single folder at the top is removed from their names, as at deployment."""
    kind = sniff(package.start(path, BLOCK))
    if kind not in ("zip", "tar", "gzip"):
        return None
    found = read_archive(Spool.of(package.chunks(path)), kind, posixpath.basename(path), Diagnostics())
    if found is None:
        return None
    paths = found.supplied()
    tops = {path.partition("/")[0] for path in paths}
    top = f"{next(iter(tops))}/" if len(tops) == 1 and all("/" in path for path in paths) else ""
    names = tuple(path.removeprefix(top) for path in paths)
    return ContentFiles(
        names, lambda each: known(found, f"{top}{each}"), span, pieces=lambda each: found.chunks(f"{top}{each}")
    )
