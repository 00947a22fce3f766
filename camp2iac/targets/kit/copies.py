"""The copy of a component's content that a platform builds, ``build/<component>/``.

The user's files are never modified.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable

from camp2iac.camp.package import Package, PackageFile
from camp2iac.diagnostics import Span
from camp2iac.record import Record, field
from camp2iac.synth.module import Document
from camp2iac.synth.stream import FileData, beginning, size
from camp2iac.targets.programs.contents import MOST_READ
from camp2iac.topology.model import Component

# Dotfiles are not content of a package, but runtimes read these to choose a release.
_DOTFILES = (".python-version", ".slugignore", ".npmrc", ".nvmrc")
# Names for content without a name, by kind.
_NAMES = {
    "war": "ROOT.war",
    "jar": "app.jar",
    "binary": "app",
    "nodejs": "server.js",
    "php": "index.php",
    "static": "index.html",
    "ruby": "config.ru",
}
#: A line of a Procfile.
PROCESS = re.compile(r"^([A-Za-z0-9_-]+):[ \t]*(.+?)[ \t]*$")


class Copy(Record):
    """Files by their paths in the copy. ``single``: the content is only this file."""

    component: Component
    files: dict[str, Document] = field(default_factory=dict)
    single: str | None = None

    @property
    def folder(self) -> str:
        """Its path in the module's folder."""
        return f"build/{self.component.id}"

    def add(self, path: str, data: FileData | str, origin: Span | None, *, executable: bool = False) -> None:
        """Add or replace a file."""
        raw = data.encode() if isinstance(data, str) else data
        self.files[path] = Document(f"{self.folder}/{path}", raw, executable, origin)

    def text(self, path: str) -> str | None:
        """A file's text. None if it does not exist, is not text, or is too large for text."""
        document = self.files.get(path)
        if document is None or size(document.content) > MOST_READ:
            return None
        try:
            return document.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    @property
    def home(self) -> tuple[tuple[str, ...], Callable[[str], bytes]]:
        """The files in the folder where the component runs, by their names there, and a function that reads one."""
        at = f"{self.component.content.at}/" if self.component.content.at else ""
        names = tuple(name.removeprefix(at) for name in self.files if name.startswith(at))
        return names, lambda name: self.read(f"{at}{name}")

    def read(self, path: str) -> bytes:
        """The bytes of a file, or the first of them if there are more than MOST_READ."""
        return beginning(self.files[path].content, MOST_READ)

    def under(self, folder: str) -> None:
        """Move everything into a folder."""
        files, self.files = self.files, {}
        for path, document in files.items():
            self.add(f"{folder}/{path}", document.content, document.origin, executable=document.executable)

    def documents(self) -> list[Document]:
        """The files, sorted by path."""
        return [self.files[path] for path in sorted(self.files)]


def take(component: Component, package: Package, dotfiles: tuple[str, ...] = ()) -> Copy | None:
    """An unchanged copy of a component's content. None if the content is a URL. ``dotfiles``: others to take, too."""
    copy, content = Copy(component), component.content
    span = content.href.span if content.href else content.span
    if content.data is not None:
        copy.single = _inline_name(component)
        copy.add(copy.single, content.data, span)
        return copy
    if content.path is None:
        return None
    if package.is_file(content.path):
        copy.single = posixpath.basename(content.path)
        copy.add(
            copy.single,
            PackageFile(package, content.path).checked(),
            span,
            executable=package.is_executable(content.path),
        )
        return copy
    root = content.path.strip("/")
    folders = dict.fromkeys((root, posixpath.join(root, content.at)))
    hidden = (posixpath.join(folder, name) for folder in folders for name in (*_DOTFILES, *dotfiles))
    read = (path for path in hidden if package.is_file(path) and package.travels(path))
    for path in dict.fromkeys((*package.files(root), *read)):
        if package.is_file(path):
            inside = path[len(root) + 1 :] if root else path
            copy.add(inside, PackageFile(package, path).checked(), span, executable=package.is_executable(path))
    return copy


def _inline_name(component: Component) -> str:
    """The file name for content inside the plan: the module that the component names, or a name for its kind."""
    if component.kind == "python":
        application = component.options.get("application")
        module = re.split(r"[/:]", (application.value.literal or "") if application else "")[0]
        return f"{module}.py" if re.fullmatch(r"[A-Za-z_]\w*", module) else "main.py"
    return _NAMES.get(component.kind, "content")


def processes(procfile: str | None) -> dict[str, str]:
    """The process types and commands of a Procfile."""
    lines = re.split(r"\r?\n", procfile or "")
    return {match[1]: match[2] for line in lines if (match := PROCESS.match(line))}


def formatted(value: object, indent: int) -> str:
    """JSON with a line end. Characters stay as they are, except lone surrogates, which UTF-8 does not have."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        text = json.dumps(value, indent=indent)
    return f"{text}\n"
