"""What command lines run: those of the plan's processes, of package.json and of a Procfile (CAMP218)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity, Span
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import Record, replace
from camp2iac.targets.programs import java_projects, lines, tools
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.languages import nodejs
from camp2iac.targets.programs.languages.python import described, installed, requires, source
from camp2iac.targets.programs.standard import MODULES
from camp2iac.topology import command_places
from camp2iac.topology.model import Component

_ELSEWHERE = frozenset(("image", "deb", "rpm", "war"))  # their commands run beside other files
_BUILT = frozenset(("go",))  # a build creates what they run: bin/server
_PROJECTS = java_projects.KINDS  # a build creates the classes and archives
_ONE_FILE = {"binary": "app", "jar": "app.jar"}  # kinds that can be one file, and its name on instances
_BUILDS = ("build", "heroku-postbuild", "postinstall", "prepare", "prestart")


def check(case: Case, diagnostics: Diagnostics) -> None:
    """CAMP218 if a command line runs what the content does not have."""
    component, files = case.component, case.files
    if component.kind in _ELSEWHERE or component.kind in _PROJECTS:
        return
    for what, line, place, severity in _lines(component, files):
        found = _wrong(case, _Line(what, line, place, severity))
        if found is not None:
            diagnostics.add(found)


class _Line(Record, frozen=True):
    """A command line, where it comes from, its place, and the severity of errors."""

    what: str
    line: str
    place: Span
    severity: Severity | None


def _wrong(case: Case, said: _Line) -> Diagnostic | None:
    component, files = case.component, case.files
    run, command = lines.first(said.line), lines.command(said.line)
    if files.single and component.kind not in _ONE_FILE:
        return None
    if run is None:
        java = command is not None and (command.words[0] == "java" or not files.single)
        fault = tools.check(command, case) if command is not None and java else None
        return _told(case, said, fault) if fault is not None else None
    if files.single:
        return _single(case, said, run)
    if not run.by and component.kind in _BUILT:
        return None
    if run.module:
        return _no_module(component, said.what, run, said.place, said.severity, files)
    if not run.by and run.file in files and files.executable is not None and not files.executable(run.file):
        return _told(case, said, _not_executable(run))
    if lines.there(run, files.names):
        return None
    built = component.build is not None and said.line != component.build.command
    scripts = [str(line) for name, line in nodejs.scripts(files).items() if name in _BUILDS]
    if built or (scripts and "/" in run.file) or any(run.file in line for line in scripts):
        return None  # a build can create the file; a platform that builds nothing checks again
    return _missing(component, said.what, run, said.place, said.severity, files)


def _single(case: Case, said: _Line, run: lines.Run) -> Diagnostic | None:
    """Content that is one file has its own name. Instances call it ``app`` if no command of the plan says its name."""
    single = case.files.single
    if run.file == single or run.module:
        return None
    problem = tools.CommandFault(
        f"{run.file}, but its content is the file {single}",
        "the content has no such file",
        f"write {single if run.by else f'./{single}'}",
    )
    other = run.file == _ONE_FILE[case.component.kind]
    return _told(case, replace(said, severity=Severity.WARNING) if other else said, problem)


def _not_executable(run: lines.Run) -> tools.CommandFault:
    return tools.CommandFault(
        f"{run.file}, which is not executable",
        "Linux does not run a file without this permission",
        f"run  chmod +x {run.file}  in the content, or write the program that runs it, such as  sh {run.file}",
    )


def _told(case: Case, said: _Line, problem: tools.CommandFault) -> Diagnostic:
    return Diagnostic(
        "CAMP218",
        f"{said.what} of {case.component.name} runs {problem.what}",
        said.place,
        severity=said.severity,
        label=problem.label,
        help=problem.help,
    )


def _lines(component: Component, files: ContentFiles) -> Iterator[tuple[str, str, Span, Severity | None]]:
    """The origin of each command line, the line, its place, and the severity of errors."""
    stated = [process for process in component.processes if not process.procfile]
    for process in (*stated, *((component.build,) if component.build else ())):
        yield f"the process {process.type}", process.command, command_places.written(process), None
    for schedule in component.schedules:
        yield f"the schedule {schedule.name}", schedule.command, command_places.written(schedule), None
    types = {process.type for process in stated}
    start = nodejs.scripts(files).get("start")
    if component.kind == "nodejs" and "web" not in types and isinstance(start, str):
        yield "the start script of package.json", start, files.span, None
    for type_, line in files.procfile.items():
        if type_ not in types:  # only a warning: the plan does not name it
            yield f"the Procfile's {type_}", line, files.span, Severity.WARNING


def _missing(
    component: Component, what: str, run: lines.Run, place: Span, severity: Severity | None, files: ContentFiles
) -> Diagnostic:
    ending = lines.ending(run)
    plain = run.file.rpartition("/")[2].count(".") == 0  # as php artisan
    alike = [n for n in files.names if n.endswith(ending) or (plain and "." not in n.rpartition("/")[2])]
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
    if installed(run.module, component, files) or source(run.module, component, files, run.folder):
        return None
    own = any(name.startswith((f"{folder}{package}/", f"{folder}{package}.py")) for name in files.names)
    unsure = not own and (requires(files) or ("requirements.txt" not in files and described(files)))
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
