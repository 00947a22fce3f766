"""Go: ``heroku/go`` builds the module in ``go.mod``. A built program uses ``heroku-community/inline``."""

from __future__ import annotations

import posixpath
import re
import shlex

from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.stream import beginning
from camp2iac.targets.heroku.runtimes import Build, own_databases
from camp2iac.targets.programs.contents import MOST_READ, ContentFiles
from camp2iac.targets.programs.go_programs import GoPrograms, programs
from camp2iac.targets.programs.languages.go import mains

_COMMENT = re.compile(r"^//[ \t]*\+heroku[ \t]+goVersion[ \t]+(?:go)?([0-9]+\.[0-9]+)", re.MULTILINE)
_NEEDS = re.compile(r"^go[ \t]+([0-9]+\.[0-9]+)", re.MULTILINE)


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
    own = _COMMENT.search(text)
    if own is not None:
        build.keep_version("as in go.mod")
        _old(build, text, Version(own[1]))
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


def _old(build: Build, text: str, release: Version) -> None:
    """CAMP460 if ``go.mod`` requires a newer release than its comment for Heroku has, which the buildpack installs."""
    needs = _NEEDS.search(text)
    if needs is None or not release < Version(needs[1]):
        return
    build.fault(
        Diagnostic(
            "CAMP460",
            f"go.mod of {build.component.name} requires Go {needs[1]}, but its comment  // +heroku goVersion  "
            f"has {release}",
            build.component.content.span,
            label="the build would fail",
            help=f"write  // +heroku goVersion go{needs[1]},  or  go {release}  in go.mod if the program needs no more",
        )
    )


def _programs(build: Build, module: str) -> GoPrograms:
    files = build.copy.files
    found = mains(ContentFiles(tuple(files), lambda name: beginning(files[name].content, MOST_READ), build.origin))
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
    copy.add(copy.single, program.content, program.origin, executable=True)
    return f"./{shlex.quote(copy.single)}"
