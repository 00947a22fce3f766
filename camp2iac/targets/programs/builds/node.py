"""The build of a Node.js application: its package manager and the scripts of package.json that run, in their order."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.programs.builds import workspaces
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.languages.nodejs import package_json, scripts

#: Scripts that build, the first that a package.json has. Heroku runs the same ones.
SCRIPTS = ("heroku-postbuild", "build")
MANAGERS = ("npm", "pnpm", "yarn")
_LOCKS = (("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"))


class NodeContent(Record, frozen=True):
    """Content with a package.json. ``top``: all of its files. ``at``: the folder in it where the application runs."""

    top: ContentFiles
    at: str = ""

    @property
    def home(self) -> ContentFiles:
        """The files of the folder where the application runs."""
        return below(self.top, self.at)

    @property
    def manager(self) -> str:
        """The package manager: that of the field ``packageManager``, or of the lock file, or npm."""
        for files in (self.top, self.home):
            named = (package_json(files) or {}).get("packageManager")
            if isinstance(named, str) and named:
                return named.partition("@")[0]
            for lock, manager in _LOCKS:
                if lock in files:
                    return manager
        return "npm"

    @property
    def script(self) -> str:
        """The script of its package.json that builds it; empty: there is none."""
        return script(self.home)

    def command(self) -> str:
        """The command line that builds it, in the folder where it runs. Empty: nothing builds it.

        The workspaces that it depends on are built first.
        """
        if not self.script:
            return ""
        run = f"{self.manager if self.manager in MANAGERS else 'npm'} run"
        before = [
            f"(cd {shlex.quote(posixpath.relpath(folder or '.', self.at or '.'))} && {run} {script(files)})"
            for folder in workspaces.needed(self.top, self.at)
            if script(files := below(self.top, folder))
        ]
        return " && ".join((*before, f"{run} {self.script}"))

    @property
    def plain(self) -> bool:
        """Whether npm installs packages in the folder where it runs, and nothing is built."""
        return not self.at and self.manager == "npm" and not self.script


def script(files: ContentFiles) -> str:
    """The script of a package.json that builds, or empty."""
    found = scripts(files)
    return next((name for name in SCRIPTS if isinstance(found.get(name), str)), "")


def of(names: tuple[str, ...], read: Callable[[str], bytes], at: str, span: Span) -> NodeContent:
    """The content with these files."""
    return NodeContent(ContentFiles(names, read, span), at)


def below(files: ContentFiles, folder: str) -> ContentFiles:
    """The files in a folder."""
    if not folder:
        return files
    prefix = f"{folder}/"
    names = tuple(name.removeprefix(prefix) for name in files.names if name.startswith(prefix))
    return ContentFiles(names, lambda name: files.read(f"{prefix}{name}"), files.span)
