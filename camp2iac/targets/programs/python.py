"""WSGI applications: the module is in the content or in its requirements, and defines the name."""

from __future__ import annotations

import re

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.targets import wsgi
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.names import top
from camp2iac.topology.model import Component

KEY = "com.python.wsgi.application"
_OBJECTS = ("application", "app", "wsgi")
_INSTALLS = re.compile(
    r"requirements[^/]*\.(txt|in)|requirements/[^/]*|pyproject\.toml|setup\.(py|cfg)|Pipfile|(poetry|uv)\.lock"
)
_SPEAKS = re.compile(rb"application|app|wsgi")
_MOST_FILES, _MOST_BYTES, _SHOWN = 300, 1_000_000, 3


def check(component: Component, files: ContentFiles, diagnostics: Diagnostics) -> None:
    """CAMP216 if the content does not have the application that the plan names."""
    statement = component.options.get("application")
    if (
        statement is None
        or statement.value.literal is None
        or any(process.type == "web" for process in component.processes)
    ):
        return
    if component.kind == "django" and "manage.py" not in files:
        return  # not a Django project: each platform reports that
    target = wsgi.application(statement.value.literal)
    if target is None:
        return  # not the name of an application: each platform reports that
    module, _, name = target.partition(":")
    file = _find(module, files)
    if file is None:
        if not installed(module, component, files):
            diagnostics.add(_no_module(component, target, statement.value.literal, files))
        return
    names = top(files.read(file)) if len(files.read(file)) <= _MOST_BYTES else None
    name = name.removesuffix("()")
    if names is not None and name not in names and _find(f"{module}.{name}", files) is None:
        diagnostics.add(_no_name(component, file, module, name, names, files))


def _find(module: str, files: ContentFiles) -> str | None:
    """The file of a module: ``shop/web.py``, ``shop/web/__init__.py``."""
    path = module.replace(".", "/")
    return next((name for name in (f"{path}.py", f"{path}/__init__.py") if name in files), None)


def installed(module: str, component: Component, files: ContentFiles) -> bool:
    """Whether it may come from an installed package, another path or compiled code."""
    first = module.partition(".")[0]
    path = module.replace(".", "/")
    if any(re.fullmatch(rf"(.*/)?{re.escape(path)}(\.[^/]*)?\.(so|pyd|pyc|pyx)", name) for name in files.names):
        return True
    deeper = any(f"/{name}".endswith((f"/{path}.py", f"/{path}/__init__.py")) for name in files.names)
    if deeper and (_installable(files) or any(variable.name == "PYTHONPATH" for variable in component.variables)):
        return True
    wanted = _plain(first)
    return any(wanted in _plain(files.text(name)) for name in files.names if _INSTALLS.fullmatch(name))


def _installable(files: ContentFiles) -> bool:
    """Whether the content is a Python distribution, which can have its own layout (``src/``)."""
    return any(name in files for name in ("pyproject.toml", "setup.py", "setup.cfg"))


def _plain(text: str) -> str:
    return re.sub(r"[-_. ]", "", re.sub(r"#[^\n]*", "", text)).lower()


def candidates(files: ContentFiles) -> list[str]:
    """The applications in the content, as plans write them: ``main/app``."""
    found = []
    sources = [name for name in files.names if name.endswith(".py") and not re.search(r"(^|/)(tests?|docs?)/", name)]
    for file in sorted(sources, key=lambda name: (name.count("/"), name))[:_MOST_FILES]:
        data = files.read(file)
        names = (top(data) if len(data) <= _MOST_BYTES and _SPEAKS.search(data) else None) or frozenset[str]()
        module = file.removesuffix(".py").removesuffix("/__init__")
        name = next((name for name in _OBJECTS if name in names), None)
        if name and re.fullmatch(r"\w+(/\w+)*", module) and f"{module}/__init__.py" not in files.names:
            found.append(f"{module}/{name}")
    return found


def _no_module(component: Component, target: str, statement: str, files: ContentFiles) -> Diagnostic:
    module, _, name = target.partition(":")
    place = component.options["application"].value.span
    shown = candidates(files)
    near = nearest(module.replace(".", "/"), (each.rpartition("/")[0] for each in shown))
    best = next((each for each in shown if each.rpartition("/")[0] == near), shown[0] if len(shown) == 1 else None)
    tells, what, type_ = files.what()
    python = type_ == "org.python:src" or any(name.endswith(".py") for name in files.names)
    notes: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    first = best or (shown[0] if shown else None)
    above = _above(module, first, files)
    if above and files.folder:
        help_ = _from_there(component, above, module, first, files)
    elif best:
        help_, fixes = "", edits.value(place, best, sure=False, write=f"{KEY}: {best}")
    elif shown:
        help_ = f"the content has {listed(shown[:_SHOWN], 'and')}: write  {KEY}: {shown[0]}"
    elif what and not python:
        notes = (f"the content has a {tells}, so it looks like {what}, not like Python",)
        help_ = f"write  artifact_type: {type_}  and the requirement for its runtime"
        if not type_:
            help_ = "deploy what the build creates:  artifact_type: "
            help_ += "org.elf:Executable" if tells == "Cargo.toml" else "com.java:JAR"
    else:
        path = module.replace(".", "/")
        help_ = f"add {path}.py with a definition of {name.removesuffix('()')}"
        help_ += f", or write  {KEY}: MODULE/NAME  with an existing name"
    return Diagnostic(
        "CAMP216",
        f"{component.name} serves {' '.join(statement.split())}, but its content has no module {module}",
        place,
        label="no such module",
        notes=notes,
        help=help_,
        fixes=fixes,
    )


def _above(module: str, first: str | None, files: ContentFiles) -> str:
    """The folder whose modules import each other by their own names, and which should be the top of the content.

    The named module is inside it, or the suggested application is in a folder that is not a package: gunicorn would
    import it as ``backend.site1.wsgi``, and its own ``import site1`` would fail.
    """
    path = module.replace(".", "/")
    ends = (f"/{path}.py", f"/{path}/__init__.py")
    found = [name for name in files.names if name.endswith(ends)]
    if len(found) == 1:
        return found[0].removesuffix(next(end for end in ends if found[0].endswith(end)))
    file = _find((first or "").rpartition("/")[0], files) or ""
    folder = file.removesuffix("/__init__.py").rpartition("/")[0]
    while folder and f"{folder}/__init__.py" in files:
        folder = folder.rpartition("/")[0]
    top_ = re.escape(folder.partition("/")[0])
    own = folder and re.search(rf"^\s*(from\s+\.|(from|import)\s+{top_}\b)", files.text(file), re.MULTILINE)
    return folder if not own or "/__init__.py" in file else ""


def _from_there(component: Component, above: str, module: str, first: str | None, files: ContentFiles) -> str:
    """The help that makes this folder the place for imports, without losing the requirements."""
    name = (first or "").removeprefix(f"{above}/")
    other = f"  and  {KEY}: {name}" if name and name.rpartition("/")[0] != module.replace(".", "/") else ""
    listed_ = [each for each in files.names if _INSTALLS.fullmatch(each)]
    if listed_ and component.kind != "django" and not any(f"{above}/{each}" in files for each in listed_):
        more = other.replace("  and", "write", 1) + ", and " if other else ""
        return f"{more}add to its requirements\n  - requirement_type: org.camp2iac:Env\n    PYTHONPATH: {above}"
    return (
        f"write  content: {{ href: {(component.content.path or '').strip('/')}/{above}/ }}".replace(" /", " ") + other
    )


def _no_name(
    component: Component, file: str, module: str, name: str, names: frozenset[str], files: ContentFiles
) -> Diagnostic:
    usual = [each for each in _OBJECTS if each in names]
    best = nearest(name, names) or (usual[0] if usual else None)
    path = module.replace(".", "/")
    shown = [f"{path}/{best}"] if best else candidates(files)
    help_ = f"define {name} in {file}, or write  {KEY}: {path}/NAME  with another name"
    if shown:
        help_ = f"write  {KEY}: {shown[0]}" + (f"  (or {listed(shown[1:_SHOWN], 'or')})" if shown[1:] else "")
    return Diagnostic(
        "CAMP216",
        f"{component.name} serves {name} from {file}, which does not define {name}",
        component.options["application"].value.span,
        label="the module does not define this name",
        help=help_,
    )
