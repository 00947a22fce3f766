"""WSGI applications: the module is in the content or in its requirements, and defines the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Fix, Severity
from camp2iac.diagnostics.suggest import listed, nearest, short
from camp2iac.targets import wsgi
from camp2iac.targets.programs.case import PROCESS, Case
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.names import top
from camp2iac.targets.programs.python_packages import installer
from camp2iac.topology.model import Component

KEY = "com.python.wsgi.application"
_OBJECTS = ("application", "app", "wsgi")
_FACTORIES = ("create_app", "make_app", "create_application")
_INSTALLS = r"requirements[^/]*\.(txt|in)|requirements/[^/]*|pyproject\.toml|setup\.(py|cfg)|Pipfile|(poetry|uv)\.lock"
_SPEAKS = rb"application|app|wsgi"
_MOST_FILES, _MOST_BYTES, _SHOWN = 300, 1_000_000, 3


def check(case: Case) -> Iterator[Diagnostic]:
    """CAMP216 if the content does not have the application that the plan names, or none that can be found."""
    component, files = case.component, case.files
    yield from _locks(case)
    if case.has_web:
        return
    statement = component.options.get("application")
    if statement is None:
        if (
            files.names
            and case.serves
            and _wants_application(case)
            and wsgi.application(None, files.names, files.read) is None
        ):
            yield _none(case)
        return
    text = statement.value.literal
    if text is None:
        return  # a parameter
    target = wsgi.application(text)
    if target is None:
        yield _no_application(case, text)
        return
    module, _, name = target.partition(":")
    name = name.removesuffix("()")
    found = source(module, component, files)
    if found is None:
        if not installed(module, component, files):
            yield _no_module(component, target, text, files)
        return
    names = names_of(found, files)
    if names is not None and name not in names and source(f"{module}.{name}", component, files) is None:
        yield _no_name(component, found, module, name, names, files)


def _locks(case: Case) -> Iterator[Diagnostic]:
    """CAMP225: a lock file without the file that it belongs to. A warning for a Pipfile that is not locked."""
    files, found = case.files, installer(case.files.names)
    project = "Pipfile" if found.tool == "pipenv" else "pyproject.toml"
    if found.locks and project not in files:
        yield Diagnostic(
            "CAMP225",
            f"{case.component.name} has {found.file}, but no {project}",
            files.span,
            label=f"{found.tool} cannot install the packages",
            help=f"add {project} to the content, or remove {found.file}",
        )
    elif "Pipfile" in files and found.tool in ("", "project"):
        yield Diagnostic(
            "CAMP225",
            f"{case.component.name} has a Pipfile, but no Pipfile.lock",
            files.span,
            severity=Severity.WARNING,
            label="no platform installs the packages in this Pipfile",
            help="run  pipenv lock  and add Pipfile.lock to the content",
        )


def _wants_application(case: Case) -> bool:
    """Whether its product serves a WSGI application. Products of other catalogues may start another program."""
    return case.service.product.name in ("python", "django")


def names_of(file: str, files: ContentFiles) -> frozenset[str] | None:
    """The names that a file defines at its top level. None if they are not known."""
    data = files.read(file)
    return top(data) if len(data) <= _MOST_BYTES else None


def roots(component: Component, files: ContentFiles) -> list[str]:
    """The folders of the content in which Python looks for modules, as far as they are known."""
    found = [""]
    for variable in component.variables:
        if variable.name == "PYTHONPATH" and variable.value.literal is not None:
            found += [each.removeprefix("./").strip("/") for each in variable.value.literal.split(":") if each]
    return [*found, "src"] if _installable(files) else found


def source(module: str, component: Component, files: ContentFiles, folder: str = "") -> str | None:
    """The file of a module, in a folder of the content or where Python looks for modules."""
    for root in (folder, *roots(component, files)):
        file = _find(module, files, f"{root}/" if root else "")
        if file is not None:
            return file
    return None


def _find(module: str, files: ContentFiles, folder: str = "") -> str | None:
    """The file of a module: ``shop/web.py``, ``shop/web/__init__.py``."""
    path = f"{folder}{module.replace('.', '/')}"
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
    return any(wanted in _plain(files.text(name)) for name in files.names if re.fullmatch(_INSTALLS, name))


def _installable(files: ContentFiles) -> bool:
    """Whether the content is a Python distribution, which can have its own layout (``src/``)."""
    return any(name in files for name in ("pyproject.toml", "setup.py", "setup.cfg"))


def may_come(module: str, component: Component, files: ContentFiles) -> bool:
    """Whether a module may come from elsewhere: an installed package, also one that another package requires.

    ``celery -A shop.celery``: the last part may be a name in the module above it.
    """
    above, _, last = module.rpartition(".")
    package = source(above, component, files) if above else None
    names = names_of(package, files) if package is not None else frozenset()
    if names is None or last in names:
        return True
    path = f"/{module.replace('.', '/')}/"
    if any(path in f"/{name}" for name in files.names):  # a folder without __init__.py is a package, too
        return True
    first = module.partition(".")[0]
    own = any(name.startswith((f"{first}/", f"{first}.py")) for name in files.names)
    return installed(module, component, files) or (not own and (described(files) or requires(files)))


def requires(files: ContentFiles) -> bool:
    """Whether ``requirements.txt`` names any package."""
    return any(line.strip() and not line.startswith("#") for line in files.text("requirements.txt").splitlines())


def described(files: ContentFiles) -> bool:
    """Whether a file other than ``requirements.txt`` says what to install."""
    return any(name in files for name in ("pyproject.toml", "Pipfile", "setup.py", "setup.cfg"))


def _plain(text: str) -> str:
    return re.sub(r"[-_. ]", "", re.sub(r"#[^\n]*", "", text)).lower()


def candidates(files: ContentFiles) -> list[str]:
    """The applications in the content, as plans write them: ``main/app``."""
    found = []
    sources = [name for name in files.names if name.endswith(".py") and not re.search(r"(^|/)(tests?|docs?)/", name)]
    for file in sorted(sources, key=lambda name: (name.count("/"), name))[:_MOST_FILES]:
        data = files.read(file)
        names = (top(data) if len(data) <= _MOST_BYTES and re.search(_SPEAKS, data) else None) or frozenset[str]()
        module = file.removesuffix(".py").removesuffix("/__init__")
        name = next((name for name in _OBJECTS if name in names), None)
        if name and re.fullmatch(r"\w+(/\w+)*", module) and f"{module}/__init__.py" not in files.names:
            found.append(f"{module}/{name}")
    return found


def _none(case: Case) -> Diagnostic:
    """No application where camp2iac looks for one: name those that the content has."""
    component, shown = case.component, candidates(case.files)
    help_ = f"write  {KEY}: {shown[0] if shown else 'MODULE/NAME'}  in the requirement for its runtime"
    if not shown:
        help_ += f", or {PROCESS}COMMAND"
    return Diagnostic(
        "CAMP216",
        f"the WSGI application of {component.name} is not known",
        component.span,
        label=f"the content has {listed(shown[:_SHOWN], 'and')}" if shown else "no WSGI application found",
        notes=_looks(case.files),
        help=help_,
    )


def _no_application(case: Case, text: str) -> Diagnostic:
    shown = candidates(case.files)
    return Diagnostic(
        "CAMP216",
        f"this is not the name of a WSGI application: {short(' '.join(text.split()))}",
        case.component.options["application"].value.span,
        label="not MODULE/NAME",
        help=f"write  {KEY}: {shown[0] if shown else 'MODULE/NAME'}",
    )


def _looks(files: ContentFiles) -> tuple[str, ...]:
    """A note if the content looks like another language."""
    tells, what, type_ = files.what()
    python = type_ in ("org.python:src", "org.djangoproject:Project") or any(n.endswith(".py") for n in files.names)
    return (f"the content has a {tells}, so it looks like {what}, not like Python",) if what and not python else ()


def _no_module(component: Component, target: str, statement: str, files: ContentFiles) -> Diagnostic:
    module, _, name = target.partition(":")
    place = component.options["application"].value.span
    shown = candidates(files)
    near = nearest(module.replace(".", "/"), (each.rpartition("/")[0] for each in shown))
    best = next((each for each in shown if each.rpartition("/")[0] == near), shown[0] if len(shown) == 1 else None)
    tells, _, type_ = files.what()
    looks = _looks(files)
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
    elif looks:
        notes = looks
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
    listed_ = [each for each in files.names if re.fullmatch(_INSTALLS, each)]
    if listed_ and component.kind != "django" and not any(f"{above}/{each}" in files for each in listed_):
        more = other.replace("  and", "write", 1) + ", and " if other else ""
        return f"{more}add to its requirements\n  - requirement_type: org.camp2iac:Env\n    PYTHONPATH: {above}"
    return (
        f"write  content: {{ href: {(component.content.path or '').strip('/')}/{above}/ }}".replace(" /", " ") + other
    )


def _no_name(
    component: Component, file: str, module: str, name: str, names: frozenset[str], files: ContentFiles
) -> Diagnostic:
    usual = [each for each in _OBJECTS if each in names] + [f"{each}()" for each in _FACTORIES if each in names]
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
