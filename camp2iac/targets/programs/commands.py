"""Scripts that command lines name: those of the plan's processes, of package.json and of a Procfile (CAMP218)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity, Span
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.programs.contents import Files
from camp2iac.topology.model import Component

_SCRIPT = re.compile(
    r"(?:exec\s+)?(?:python[23]?(?:\.\d+)?|node|ruby|php|bash|sh)\s+(?:-[A-Za-z]+\s+)*"
    r"(?:\./)?([A-Za-z0-9_][A-Za-z0-9_./-]*\.(?:py|js|mjs|cjs|rb|php|sh))(?=\s|$|;|&)"
)
_PROCFILE = re.compile(r"^([A-Za-z0-9_-]+):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_ELSEWHERE = frozenset(("image", "binary", "deb", "rpm", "jar", "war"))  # their commands run beside other files
_BUILDS = ("build", "heroku-postbuild", "postinstall", "prepare", "prestart")


def check(component: Component, files: Files, diagnostics: Diagnostics) -> None:
    """CAMP218: a command line begins with a script that the content does not have."""
    if component.kind in _ELSEWHERE or files.single:
        return
    built = any(name in _scripts(files) for name in _BUILDS)
    for what, line, place, severity in _lines(component, files):
        match = _SCRIPT.match(line.strip())
        if match is None or match[1] in files or ".." in match[1].split("/"):
            continue
        if built and "/" in match[1]:
            continue  # what a build makes, nobody knows before it
        diagnostics.add(_missing(component, what, match[1], place, severity, files))


def _lines(component: Component, files: Files) -> Iterator[tuple[str, str, Span, Severity | None]]:
    """What names a command line, the line, its place, and how bad it is."""
    for process in component.processes:
        yield f"the process {process.type}", process.command, process.said.span, None
    types = {process.type for process in component.processes}
    start = _scripts(files).get("start")
    if component.kind == "nodejs" and "web" not in types and isinstance(start, str):
        yield "the start script of package.json", start, files.span, None
    for type_, line in _PROCFILE.findall(files.text("Procfile")):
        if type_ not in types:  # platforms that read no Procfile do not miss it
            yield f"the Procfile's {type_}", line, files.span, Severity.WARNING


def _scripts(files: Files) -> dict[str, object]:
    try:
        found = json.loads(files.text("package.json") or "{}")
    except (ValueError, RecursionError):
        return {}
    scripts = found.get("scripts") if isinstance(found, dict) else None
    return scripts if isinstance(scripts, dict) else {}


def _missing(
    component: Component, what: str, script: str, place: Span, severity: Severity | None, files: Files
) -> Diagnostic:
    ending = script.rpartition(".")[2]
    alike = [name for name in files.names if name.endswith(f".{ending}")]
    same = [name for name in alike if name.rpartition("/")[2] == script.rpartition("/")[2]]
    best = same[0] if len(same) == 1 else nearest(script, alike)
    return Diagnostic(
        "CAMP218",
        f"{what} of {component.name} runs {script}, which its content does not have",
        place,
        severity=severity,
        label="no such file in its content",
        help=f"write {best} for it" if best else f"add {script} to the content, or name another",
    )
