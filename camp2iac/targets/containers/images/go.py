"""Go: the programs of a module, or a program that is built already."""

from __future__ import annotations

import re
import shlex

from camp2iac.targets.containers.images import ImageBuild
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.go_programs import programs
from camp2iac.targets.programs.languages.go import mains

_LOCAL = re.compile(r"=>\s*\.{0,2}/")


def prepare(build: ImageBuild) -> None:
    """Find the programs, and which of them answers requests."""
    build.facts |= {"programs": (), "alone": (), "single": False, "file": ""}
    if build.component.kind == "binary":
        _built(build)
    else:
        _source(build)


def _built(build: ImageBuild) -> None:
    single = build.copy.single
    if single is not None:
        build.facts["file"] = single
        build.processes["web"] = f"exec ./{shlex.quote(single)}"
    elif build.serves:
        build.wrong(
            "does not show which file to run",
            "more than one file",
            "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: exec ./FILE",
            build.component.span,
        )


def _source(build: ImageBuild) -> None:
    names, read = build.copy.home
    files = ContentFiles(names, read, build.origin)
    text = files.text("go.mod")
    if not text:
        build.wrong("is not a Go module", "this content has no go.mod", "run  go mod init NAME  in this folder")
        return
    if statement := build.component.options.get("main"):
        build.keep(statement, "built in the image")
    at = f"{build.component.content.at}/" if build.component.content.at else ""
    found = [name for name in ("go.mod", "go.sum") if name in names]
    if "go.work" not in build.copy.files and not _LOCAL.search(text) and "vendor/modules.txt" not in names:
        build.facts["alone"] = tuple(f"content/{at}{name}" for name in found)
    made = programs(build.component, mains(files), text, names)
    if made.single is not None:
        build.facts |= {"programs": (("/opt/app", f"./{made.single}"),), "single": True}
        build.processes["web"] = "exec /opt/app"
        return
    build.facts["programs"] = tuple((f"bin/{name}", f"./{folder}") for name, folder in made.several.items())
    if made.web:
        build.processes["web"] = f"exec bin/{shlex.quote(made.web)}"
