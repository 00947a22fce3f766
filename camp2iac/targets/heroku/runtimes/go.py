"""Go: ``heroku/go`` builds the module in ``go.mod``. A built program uses ``heroku-community/inline``."""

from __future__ import annotations

import posixpath
import re
import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build, own_databases
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.go_programs import GoPrograms, programs
from camp2iac.targets.programs.languages.go import mains


def prepare(build: Build) -> str | None:
    """Source: add the release and the package to ``go.mod``. A built program: add a buildpack that builds nothing."""
    return _program(build) if build.component.kind == "binary" else _source(build)


def _source(build: Build) -> str | None:
    copy, component = build.copy, build.component
    build.keep(component.statement, "heroku/go")
    text = copy.text("go.mod")
    module = re.search(r"^module[ \t]+\"?([^\s\"]+)", text or "", re.MULTILINE)
    if text is None or module is None:
        build.fault(
            Diagnostic(
                "CAMP445",
                f"{component.name} is not a Go module",
                component.content.span,
                label="this content has no go.mod with  module NAME",
                help="run  go mod init NAME  in this folder",
            )
        )
        return None
    made = _programs(build, text)
    main = made.single or ""
    if statement := component.options.get("main"):
        build.keep(statement, "built by heroku/go")
    lines = []
    if "+heroku goVersion" in text:
        build.keep_version("as in go.mod")
    elif build.service.version is not None and (release := build.release()):
        lines.append(f"// +heroku goVersion go{release}")
        build.keep_version(str(release))
    folders = [main] if main else list(made.several.values())
    if folders and "+heroku install" not in text:
        packages = " ".join(f"./{folder}" if folder else "." for folder in folders)
        lines.append(f"// +heroku install {packages}")
    if lines:
        copy.add("go.mod", text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n", copy.files["go.mod"].origin)
    if made.single is None:
        return f"bin/{shlex.quote(made.web)}" if made.web else None
    path = main or re.sub(r"/v[0-9]+$", "", module[1])
    return f"bin/{shlex.quote(posixpath.basename(path))}"


def _programs(build: Build, module: str) -> GoPrograms:
    files = build.copy.files
    found = mains(ContentFiles(tuple(files), lambda name: files[name].data, build.origin))
    return programs(build.component, found, module, files)


def _program(build: Build) -> str | None:
    copy, component = build.copy, build.component
    build.keep(component.statement, "unchanged")
    if build.service.version is not None:
        build.keep(build.service.version, "already built")
    for path, text in own_databases.NOTHING.items():
        if path not in copy.files:
            copy.add(path, text, component.span, executable=True)
    if copy.single is None:
        return None
    program = copy.files[copy.single]
    copy.add(copy.single, program.data, program.origin, executable=True)
    return f"./{shlex.quote(copy.single)}"
