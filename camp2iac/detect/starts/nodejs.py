"""Node.js: a server that package.json starts, or a front end whose build is a static site."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

from camp2iac.detect.starts import Line, Project, Start, site
from camp2iac.targets.programs import lines
from camp2iac.targets.programs.builds import sites
from camp2iac.targets.programs.languages.nodejs import scripts

_MAIN = ("server.js", "index.js", "app.js", "main.js")
_SOURCES = ("src/server.js", "src/index.js", "src/app.js", "src/main.js", "bin/www", "dist/index.js", "server/index.js")
_BUILDS = ("build", "heroku-postbuild")
_INSTALLS = ("preinstall", "install", "postinstall", "prepare")
_LISTENS = r"\.listen\(|\bcreateServer\(|[\"']node:"  # not in a script that browsers run


def find(project: Project) -> list[Start]:
    """The Procfile's web process, else the start script, else the main file; or the site that a build creates."""
    found = {name: line for name, line in scripts(project.folder.content()).items() if isinstance(line, str)}
    line = project.procfile.get("web", "")
    if line and not re.fullmatch(r"(npm|yarn|pnpm)\s+(run\s+)?start", line):
        return [Start(processes=(Line("web", line, project.shown("Procfile")),))]
    start = found.get("start", "")
    ready = _built(start, project) if not project.needs(*project.language.serves) else None
    if start and ready is None and not _for_development(start, project) and _exists(start, found, project):
        return [Start(why=f"{project.shown('package.json')}: start: {_short(start)}")]
    page = _site(found, project) or _built(start, project)
    file = _file(start, project)
    if page is not None and (not file or not project.needs(*project.language.serves)):
        return [page]
    if "package.json" not in project.folder and not any(project.folder.search(file, _LISTENS) if file else ()):
        return []  # a script that a page loads
    if file in _MAIN and not start:
        return [Start(why=project.shown(file))]
    if file:
        why = f"{project.shown(file)}; the start script is for development" if start else project.shown(file)
        command = f"node {shlex.quote(file)}"
        return [Start(processes=(Line("web", command, why),))]
    if start or project.needs(*project.language.serves):
        return [Start(question="The command that starts the server, such as node server.js")]
    return []


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= 60 else f"{line[:57]}..."


def _for_development(start: str, project: Project) -> bool:
    """Whether a command is for development: a tool that reloads, or one that is installed only for development."""
    words = lines.words(start)
    words = words[1:] if words[:1] == ["npx"] else words
    short = " ".join(words[:2])
    return any(
        short == each or words[:1] == [each] for each in project.language.development if each not in ("vite",)
    ) or words == ["vite"]


def _exists(start: str, found: Mapping[str, str], project: Project) -> bool:
    run = lines.first(start)
    built = any(name in found for name in (*_BUILDS, *_INSTALLS))
    return run is None or not run.file or lines.there(run, project.folder.names) or (built and "/" in run.file)


def _file(start: str, project: Project) -> str:
    """The file that Node.js runs: the one that the start script names, the main file, or one with a usual name."""
    words = [word for word in lines.words(start) if word.endswith((".js", ".mjs", ".cjs"))]
    package = project.folder.json("package.json")
    main = package.get("main") if isinstance(package, dict) else None
    named = [*words, *([main] if isinstance(main, str) else [])]
    usual = (*named, *_MAIN, *(_SOURCES if project.needs(*project.language.serves) else ()))
    return next((name for each in usual if (name := each.removeprefix("./")) in project.folder), "")


def _built(start: str, project: Project) -> Start | None:
    """A site that is in the repository, if the start script only shows it to a developer."""
    folder = next(
        (each for each in ("dist", "public", "docs", "_site") if f"{each}/index.html" in project.folder), None
    )
    if folder is None or not re.search(
        r"run build|live-server|browser-sync|http-server|lite-server|\bserve\b|gulp|grunt", start
    ):
        return None
    return site(f"{folder}/", project.shown(f"{folder}/index.html"))


def _site(found: Mapping[str, str], project: Project) -> Start | None:
    """The folder that the build of a front end fills."""
    package = project.folder.json("package.json")
    development = package.get("devDependencies") if isinstance(package, dict) else None
    known = {*project.dependencies, *(development if isinstance(development, dict) else {})}
    tool = next((tool for tool in project.language.sites if tool in known), None)
    if tool is None or "build" not in found:
        return None
    folder = sites.found(project.folder.content()) or project.language.sites[tool]
    why = f"what  npm run build  creates with {tool}"
    if f"{folder}/index.html" in project.folder:
        return site(f"{folder}/", why)
    return site("", "", (Line("org.html.output", folder, why),))
