"""Go: ``heroku/go`` builds what ``go.mod`` says; a built program runs by ``heroku-community/inline``."""

from __future__ import annotations

import posixpath
import re
import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build

#: A buildpack in the copy itself, which builds nothing.
_INLINE = {
    "bin/detect": "#!/bin/sh\necho program\n",
    "bin/compile": "#!/bin/sh\nexit 0\n",
    "bin/release": "#!/bin/sh\necho '--- {}'\n",
}


def prepare(build: Build) -> str | None:
    """For source: the release and the package to build, in ``go.mod``. For a program: the buildpack that lets it be."""
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
                f"{component.name} is no Go module",
                component.content.span,
                label="no go.mod in it that says module NAME",
                help="write one with  go mod init NAME  beside it",
            )
        )
        return None
    main = (build.literal("main") or "").removeprefix("./").strip("/")
    if statement := component.options.get("main"):
        build.keep(statement, "built by heroku/go")
    lines = []
    if "+heroku goVersion" in text:
        build.keep_version("as go.mod says")
    elif build.service.version is not None and (release := build.release()):
        lines.append(f"// +heroku goVersion go{release}")
        build.keep_version(str(release))
    if main and "+heroku install" not in text:
        lines.append(f"// +heroku install ./{main}")
    if lines:
        copy.add("go.mod", text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n", copy.files["go.mod"].origin)
    path = main or re.sub(r"/v[0-9]+$", "", module[1])
    return f"bin/{shlex.quote(posixpath.basename(path))}"


def _program(build: Build) -> str | None:
    copy, component = build.copy, build.component
    build.keep(component.statement, "as it is")
    if build.service.version is not None:
        build.keep(build.service.version, "it is built already")
    for path, text in _INLINE.items():
        if path not in copy.files:
            copy.add(path, text, component.span, executable=True)
    if copy.single is None:
        return None
    program = copy.files[copy.single]
    copy.add(copy.single, program.data, program.origin, executable=True)
    return f"./{shlex.quote(copy.single)}"
