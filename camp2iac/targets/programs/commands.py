"""Scripts in command lines of the plan's processes, of package.json and of a Procfile (CAMP218)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity, Span
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.programs import lines
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.python import installed
from camp2iac.targets.programs.standard import MODULES
from camp2iac.topology.model import Component

_PROCFILE = re.compile(r"^([A-Za-z0-9_-]+):[ \t]*(\S.*)$", re.MULTILINE)
_ELSEWHERE = frozenset(("image", "binary", "deb", "rpm", "jar", "war"))  # their commands run beside other files
_BUILT = frozenset(("go",))  # a build creates what they run: bin/server
_BUILDS = ("build", "heroku-postbuild", "postinstall", "prepare", "prestart")


def check(component: Component, files: ContentFiles, diagnostics: Diagnostics) -> None:
    """CAMP218 if a command line begins with a script or a module that the content does not have."""
    if component.kind in _ELSEWHERE or files.single:
        return
    built = any(name in scripts(files) for name in _BUILDS)
    for what, line, place, severity in _lines(component, files):
        run = lines.first(line)
        if run is None or (not run.by and component.kind in _BUILT):
            continue
        if run.module:
            found = _no_module(component, what, run, place, severity, files)
            if found is not None:
                diagnostics.add(found)
        elif not lines.there(run, files.names) and not (built and "/" in run.file):
            # a build can create the file; a platform that builds nothing checks again
            diagnostics.add(_missing(component, what, run, place, severity, files))


def _lines(component: Component, files: ContentFiles) -> Iterator[tuple[str, str, Span, Severity | None]]:
    """The origin of each command line, the line, its place, and the severity of errors."""
    for process in component.processes:
        yield f"the process {process.type}", process.command, process.statement.span, None
    types = {process.type for process in component.processes}
    start = scripts(files).get("start")
    if component.kind == "nodejs" and "web" not in types and isinstance(start, str):
        yield "the start script of package.json", start, files.span, None
    for type_, line in _PROCFILE.findall(files.text("Procfile")):
        if type_ not in types:  # only a warning, because some platforms do not read Procfiles
            yield f"the Procfile's {type_}", line.rstrip(), files.span, Severity.WARNING


def scripts(files: ContentFiles) -> dict[str, object]:
    """The scripts of package.json. Empty if there are none."""
    try:
        found = json.loads(files.text("package.json") or "{}")
    except (ValueError, RecursionError):
        return {}
    statement = found.get("scripts") if isinstance(found, dict) else None
    return statement if isinstance(statement, dict) else {}


def _missing(
    component: Component, what: str, run: lines.Run, place: Span, severity: Severity | None, files: ContentFiles
) -> Diagnostic:
    ending = lines.ending(run)
    alike = [name for name in files.names if name.endswith(ending)]
    same = [name for name in alike if name.rpartition("/")[2] == run.file.rpartition("/")[2]]
    best = same[0] if len(same) == 1 else nearest(run.file, alike)
    if best and run.file != run.statement.removeprefix("./"):  # after a `cd`, the path is different
        best = None
    best = f"./{best}" if best and not run.by else best
    return Diagnostic(
        "CAMP218",
        f"{what} of {component.name} runs {run.file}, which its content does not have",
        place,
        severity=severity,
        label="the content has no such file",
        help=f"write {best}" if best else f"add {run.file} to the content, or name another file",
    )


def _no_module(
    component: Component, what: str, run: lines.Run, place: Span, severity: Severity | None, files: ContentFiles
) -> Diagnostic | None:
    """Check ``python -m``: the module is in the content, in Python or installed. A warning if that is not certain."""
    path = run.module.replace(".", "/")
    package = path.partition("/")[0]
    folder = f"{run.folder}/" if run.folder else ""
    forms = (f"{path}.py", f"{path}/__main__.py", f"{path}/__init__.py")
    if any(f"{folder}{form}" in files for form in forms) or run.path or package in MODULES:
        return None
    if installed(run.module, component, files):
        return None
    own = any(name.startswith((f"{folder}{package}/", f"{folder}{package}.py")) for name in files.names)
    needs = any(line.strip() and not line.startswith("#") for line in files.text("requirements.txt").splitlines())
    unsure = not own and (needs or ("requirements.txt" not in files and _described(files)))
    ends = tuple(f"/{form}" for form in forms)
    other = next((name for name in files.names if f"/{name}".endswith(ends)), "")
    alike = [name.removesuffix(".py").replace("/", ".") for name in files.names if name.endswith(".py")]
    best = nearest(run.module, alike)
    help_ = f"add {folder}{path}.py to the content, or the package that has it to requirements.txt"
    if other and not run.folder:
        above = other[: len(other) - len(next(form for form in forms if f"/{other}".endswith(f"/{form}")))].rstrip("/")
        help_ = f"write  cd {above} && python -m {run.module}"
    elif best and not run.folder:
        help_ = f"write  python -m {best}"
    return Diagnostic(
        "CAMP218",
        f"{what} of {component.name} runs the module {run.module}, which its content does not have",
        place,
        severity=Severity.WARNING if unsure else severity,
        label="this module is neither in the content nor in requirements.txt",
        help=help_,
    )


def _described(files: ContentFiles) -> bool:
    return any(name in files for name in ("pyproject.toml", "Pipfile", "setup.py", "setup.cfg"))
