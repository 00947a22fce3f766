"""Python: a WSGI application for gunicorn, an ASGI application for uvicorn, or scripts."""

from __future__ import annotations

import re
import shlex

from camp2iac.detect.files import aside
from camp2iac.detect.starts import Line, Project, Start
from camp2iac.targets import wsgi
from camp2iac.targets.programs.languages.python import KEY, candidates

_MODULE = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::([A-Za-z_]\w*))?")
_QUIET = frozenset(
    ("--log-file", "--access-logfile", "--error-logfile", "--bind", "-b", "--workers", "-w", "--timeout", "-t")
)
_CALLS = (
    r"^(?:app|application|wsgi)\b[^=\n]*=\s*(?:\w+\.)*"
    r"(?:Flask|Bottle|API|App|Application|\w*create_app|make_app|get_wsgi_application|make_wsgi_app)\s*\("
)
_DEFAULT = r"\s*\w+\s*(?::[^=,()\n]+)?=[^,()\n]*"  # a parameter that may be left out
_FACTORY = rf"^def (create_app|make_app|create_application)\((?:{_DEFAULT}(?:,{_DEFAULT})*,?)?\s*\)"
_MAIN = r"""^if __name__ == ["']__main__["']"""
_SCRIPTS = ("main.py", "app.py", "run.py", "bot.py", "worker.py", "__main__.py")
_SERVERS = ("uvicorn", "uvicorn[standard]", "fastapi[standard]", "fastapi[all]")


def find(project: Project) -> list[Start]:
    """The application that the Procfile names, else the one that the modules have."""
    line = project.procfile.get("web", "")
    named = _served(line)
    if project.framework is not None and project.framework.file == "manage.py":
        return _django(project, named)
    if named and _file(named.partition(":")[0], project):
        return [_wsgi(named, f"{project.shown('Procfile')}: web", project)]
    if line:
        return [Start(processes=(Line("web", line, project.shown("Procfile")),), requirement=_plain(project))]
    found = _below(project) or _asgi(project) or _application(project) or _factory(project)
    return [found] if found is not None else _scripts(project)


def _plain(project: Project) -> str:
    return project.language.plain_requirement


def _served(line: str) -> str:
    """The ``module:name`` of a gunicorn command that asks for nothing special; empty for any other command."""
    try:
        words = shlex.split(line)
    except ValueError:
        return ""
    if words[:1] != ["gunicorn"] or "$" in line.replace("$PORT", ""):
        return ""
    rest, target = words[1:], ""
    while rest:
        word = rest.pop(0)
        if word.partition("=")[0] in _QUIET:
            rest = rest if "=" in word else rest[1:]
        elif word.startswith("-") or target:
            return ""
        else:
            target = word
    match = _MODULE.fullmatch(target)
    return f"{match[1]}:{match[2] or 'application'}" if match else ""


def _file(module: str, project: Project) -> str:
    path = module.replace(".", "/")
    return next((name for name in (f"{path}.py", f"{path}/__init__.py") if name in project.folder), "")


def _wsgi(target: str, why: str, project: Project) -> Start:
    module, _, name = target.partition(":")
    return Start(options=(Line(KEY, f"{module.replace('.', '/')}/{name}", why),))


def _django(project: Project, named: str) -> list[Start]:
    folder = project.folder
    target = named or wsgi.application(None, folder.names, folder.data)
    if target is None:
        found = [name for name, _ in folder.search("*wsgi.py", r"^application\s*=")]
        target = f"{found[0].removesuffix('.py').replace('/', '.')}:application" if found else None
    if target is None or not _file(target.partition(":")[0], project):
        return [Start(question="The WSGI application of the Django project, as module/variable", key=KEY)]
    start = _wsgi(target, project.shown(_file(target.partition(":")[0], project)), project)
    module = (wsgi.settings(folder.names, folder.data) or "").replace(".", "/")
    texts = [folder.text(name) for name in folder.names if module and name.startswith(module) and name.endswith(".py")]
    if any("django.db.backends.sqlite3" in text for text in texts) and "DATABASE_URL" not in "".join(texts):
        note = "The settings use SQLite: instances and dynos lose such a database when they are replaced."
        return [Start(options=start.options, notes=(note,))]
    return [start]


def _below(project: Project) -> Start | None:
    """The only Django project in a folder below, whose requirements are above it."""
    managed = [name.removesuffix("/manage.py") for name in project.folder.matching("*/manage.py") if not aside(name)]
    if len(managed) != 1 or not project.needs("django"):
        return None
    root = managed[0]
    below = project.folder.below(root)
    target = wsgi.application(None, below.names, below.data)
    if target is None:
        return None
    release = Line(
        "release", f"python {shlex.quote(root)}/manage.py migrate --noinput", project.shown(f"{root}/manage.py")
    )
    start = _wsgi(target, project.shown(f"{root}/{_module(target)}.py"), project)
    return Start(
        options=start.options,
        processes=(release,),
        variables=(Line("PYTHONPATH", root, f"{project.shown(root)}: the Django project"),),
        notes=("The processes do not collect static files: manage.py is not beside the requirements.",),
    )


def _module(target: str) -> str:
    return target.partition(":")[0].replace(".", "/")


def _root(file: str, project: Project) -> str:
    """The folder from which a module imports the modules beside it; empty for the application's own folder."""
    folder = file.removesuffix("/__init__.py").rpartition("/")[0]
    if not folder or f"{folder}/__init__.py" in project.folder:
        if folder.startswith("src/") or folder == "src":
            return "src"
        return ""
    if folder.startswith("src/"):
        return "src"
    names = {
        name.removeprefix(f"{folder}/").partition("/")[0].removesuffix(".py")
        for name in project.folder.names
        if name.startswith(f"{folder}/")
    }
    above = {name.partition("/")[0].removesuffix(".py") for name in project.folder.names}
    imported = set(re.findall(r"^(?:from|import)[ \t]+(\w+)", project.folder.text(file), re.MULTILINE))
    return folder if folder == "src" or imported & (names - above) else ""


def _placed(file: str, project: Project) -> tuple[str, tuple[Line, ...]]:
    """The module of a file, and the variable that lets Python find it."""
    root = _root(file, project)
    module = file.removeprefix(f"{root}/" if root else "").removesuffix(".py").removesuffix("/__init__")
    why = f"{project.shown(file)} imports the modules beside it"
    return module.replace("/", "."), (Line("PYTHONPATH", root, why),) if root else ()


def _asgi(project: Project) -> Start | None:
    if project.framework is None or not project.framework.asgi:
        return None
    call = rf"^(\w+)\b[^=\n]*=\s*(?:\w+\.)*{re.escape(project.framework.asgi)}\s*\("
    found = next(project.folder.search("*.py", call), None)
    if found is None:
        return None
    file, match = found
    module, variables = _placed(file, project)
    notes = (
        () if project.needs(*_SERVERS) else (f"Add uvicorn to the dependencies: it serves {project.framework.name}.",)
    )
    command = f"uvicorn {module}:{match[1]} --host 0.0.0.0 --port $PORT"
    return Start(
        processes=(Line("web", command, f"{project.shown(file)}: {match[1]} = {project.framework.asgi}(...)"),),
        variables=variables,
        requirement=_plain(project),
        notes=notes,
    )


def _application(project: Project) -> Start | None:
    """A module that has an application; one that calls a framework goes first."""
    if not project.needs(*project.language.serves) and not any(
        name in project.folder for name in ("wsgi.py", "app.py", "main.py", "application.py")
    ):
        return None
    shown = [each for each in candidates(project.folder.content()) if not aside(each)]
    files = {each: _file(each.rpartition("/")[0], project) for each in shown}
    calls = {name for name, _ in project.folder.search("*.py", _CALLS)}
    sure = [each for each in shown if files[each] in calls] or shown
    if not sure:
        return None
    module, variables = _placed(files[sure[0]], project)
    name = sure[0].rpartition("/")[2]
    return Start(
        options=(Line(KEY, f"{module.replace('.', '/')}/{name}", f"{project.shown(files[sure[0]])} defines {name}"),),
        variables=variables,
    )


def _factory(project: Project) -> Start | None:
    found = next(project.folder.search("*.py", _FACTORY), None)
    if found is None:
        return None
    module, variables = _placed(found[0], project)
    why = f"{project.shown(found[0])} defines {found[1][1]}()"
    return Start(options=(Line(KEY, f"{module.replace('.', '/')}/{found[1][1]}()", why),), variables=variables)


def _scripts(project: Project) -> list[Start]:
    """A script that runs by itself: a bot, a worker. Nothing for a library."""
    found = [name for name, _ in project.folder.search("*.py", _MAIN) if "/" not in name and name != "setup.py"]
    usual = [name for name in _SCRIPTS if name in found] or found[:1]
    if usual and not project.needs(*project.language.serves):
        worker = Line("worker", f"python {shlex.quote(usual[0])}", f"{project.shown(usual[0])} runs by itself")
        return [Start(web=False, processes=(worker,), requirement=_plain(project))]
    workers = [kind for kind in project.procfile if kind not in ("web", "release")]
    if workers:
        return [Start(web=False, requirement=_plain(project))]
    if project.needs(*project.language.serves):
        return [Start(question="The WSGI application, as module/variable, such as app/app", key=KEY)]
    return []
