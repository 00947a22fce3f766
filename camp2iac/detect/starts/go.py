"""Go: each folder with package main is a program."""

from __future__ import annotations

import re

from camp2iac.detect.files import aside
from camp2iac.detect.starts import Line, Project, Start
from camp2iac.targets.programs.languages.go import mains

KEY = "org.golang.main"
_LISTENS = r"\bListenAndServe|\bnet\.Listen\(|\.Listen\(|\.Run\(|\.Start\("


def find(project: Project) -> list[Start]:
    """The program at the top; else those in folders, with servers and workers apart."""
    if "go.mod" not in project.folder:
        return []
    found = [path for path in mains(project.folder.content()) if not aside(path)]
    if "" in found:
        return [Start(why=f"{project.shown('go.mod')}: package main")]
    if len(found) == 1:
        return [Start(options=(_main(found[0], project),))]
    starts = [each for each in (_program(path, project) for path in found) if each is not None]
    return starts or [Start(name=path.rpartition("/")[2], options=(_main(path, project),)) for path in found]


def _main(path: str, project: Project) -> Line:
    return Line(KEY, path, f"{project.shown(path)}: package main")


def _program(path: str, project: Project) -> Start | None:
    """A server or a worker; None for a tool, which neither listens nor works in the background."""
    name = path.rpartition("/")[2]
    worker = bool(re.search(project.language.workers, name))
    below = project.folder.below(path)
    listens = next(below.search("*.go", _LISTENS), None) is not None
    server = not worker and (listens or bool(re.search(project.language.servers, name)))
    return Start(name=name, web=server, options=(_main(path, project),)) if server or worker else None
