"""What an application runs, found in its files: one module for each kind of language, named after it.

Each has ``find(project) -> list[Start]``: nothing if the files are not an application, several if the folder has
several programs. A start never names a file that does not exist, except for the result of a build (``Start.build``).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from functools import cached_property

from camp2iac.detect.files import Folder
from camp2iac.detect.rules import Framework, Language, languages
from camp2iac.detect.wishes import Wish
from camp2iac.record import Record

_PROCFILE = re.compile(r"^([A-Za-z0-9_-]+):[ \t]*(\S.*)$", re.MULTILINE)


class Line(Record, frozen=True):
    """A key of the plan, its value, and why: the file that it comes from, with what is in it."""

    key: str
    value: str
    why: str = ""


class Start(Record, frozen=True):
    """How a program starts.

    ``name``: of one among several. ``web``: it answers requests. ``content``: a file or folder (with ``/``) in the
    application's folder, instead of the folder. ``language``, ``product`` and the others: instead of the language's.
    ``build``: the command that has to create the content first. ``wish``: the releases of its product that the code
    needs. ``notes``: what the user must know. ``question``: what
    the files do not show. The answer, ``default`` if it is empty, is the option ``key``, the content (``content``), or
    the command of the process ``web`` (no key).
    """

    name: str = ""
    web: bool = True
    options: tuple[Line, ...] = ()
    processes: tuple[Line, ...] = ()
    variables: tuple[Line, ...] = ()
    content: str = ""
    why: str = ""
    product: str = ""
    artifact: str = ""
    requirement: str = ""
    characteristic: str = ""
    build: str = ""
    wish: Wish | None = None
    notes: tuple[str, ...] = ()
    question: str = ""
    default: str = ""
    key: str = ""


class Project(Record, frozen=True, dict=True):
    """A folder with an application. ``dependencies``: their names, to the file that has each."""

    folder: Folder
    language: Language
    framework: Framework | None
    dependencies: Mapping[str, str]

    @cached_property
    def procfile(self) -> Mapping[str, str]:
        """The process types and command lines of the Procfile."""
        return {type_: line.rstrip() for type_, line in _PROCFILE.findall(self.folder.lines("Procfile"))}

    def needs(self, *names: str) -> str:
        """The file that names the first dependency of these; empty if there is none."""
        return next((self.dependencies[name] for name in names if name in self.dependencies), "")

    def shown(self, name: str) -> str:
        """The path of a file, from the repository's own folder."""
        return self.folder.shown(name)


def site(content: str, why: str, options: tuple[Line, ...] = ()) -> Start:
    """A static site that the platform builds, or that is in a folder beside its code."""
    static = next(each for each in languages() if each.kind == "static")
    return Start(
        content=content,
        why=why,
        options=options,
        product=static.product,
        artifact=static.artifact,
        requirement=static.requirement,
        characteristic=static.characteristic,
    )


def find(project: Project) -> list[Start]:
    """What the application runs."""
    module = importlib.import_module(f"{__name__}.{project.language.kind}")
    function: Callable[[Project], list[Start]] = module.find
    return function(project)
