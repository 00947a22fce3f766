"""Node.js: the packages of package.json, its build, and its start script."""

from __future__ import annotations

import re
import shlex

from camp2iac.diagnostics.suggest import listed, short
from camp2iac.targets.containers.images import ImageBuild
from camp2iac.targets.programs.builds import node, workspaces
from camp2iac.targets.programs.builds.node import MANAGERS, NodeContent
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.languages.nodejs import MAIN, package_json, scripts

_LOCKS = {
    "npm": ("package-lock.json", "npm-shrinkwrap.json"),
    "pnpm": ("pnpm-lock.yaml",),
    "yarn": ("yarn.lock",),
}
_OLD = ((b"5", "7"), (b"6", "8"))  # the lock file's version, and the release of pnpm that reads it
_HOOKS = frozenset(("preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare", "prepublish"))
_ELSEWHERE = ("file:", "link:", "portal:", "workspace:", ".", "/", "~/")
_DEPENDENCIES = ("dependencies", "devDependencies", "optionalDependencies")


def prepare(build: ImageBuild) -> None:
    """Find how the packages are installed, what builds the application and what starts it."""
    content = packages(build)
    if content is None:
        return
    if port := build.component.options.get("port"):
        build.keep(port, "PORT in its environment")
    if build.serves:
        _web(build, content)


def packages(build: ImageBuild) -> NodeContent | None:
    """What installs the packages and builds the application. None if its files are wrong (CAMP479)."""
    copy, component = build.copy, build.component
    place = component.content
    content = node.of(tuple(copy.files), copy.read, place.at, place.span)
    for files in (content.home, content.top):
        if package_json(files) is None:
            build.wrong(
                "has a package.json that is not a JSON object",
                "npm cannot read its package.json",
                "write a JSON object into package.json",
            )
            return None
    manager = content.manager
    if manager not in MANAGERS:
        build.wrong(
            f"names the package manager {short(manager)} in package.json",
            f"images have {listed(MANAGERS, 'or')}",
            "name one of them in  packageManager,  and add its lock file",
        )
        return None
    build.command = build.command or content.command()
    _facts(build, content, manager)
    names = (package_json(content.home) or {}).get("dependencies")
    build.compiles += sorted(names) if isinstance(names, dict) else []
    return content


def _facts(build: ImageBuild, content: NodeContent, manager: str) -> None:
    installs = "package.json" in content.top
    files = content.top if installs else content.home
    version = _version(content, files, manager)
    found = [name for name in _LOCKS[manager] if name in files]
    needs = _needs(files) or bool(workspaces.patterns(files))
    plain = manager == "npm" and installs and needs and not content.at and not build.command and _alone(files)
    build.facts |= {
        "packages": needs,
        "folder": "" if installs else content.at,
        "manager": f"{manager}1" if manager == "yarn" and re.match(r"1(\.|$)", version) else manager,
        "version": version,
        "prunes": not build.facts.get("output") and (manager != "yarn" or not re.match(r"[23](\.|$)", version)),
        "locked": bool(found),
        "alone": ("package.json", *found) if plain else (),
    }


def _version(content: NodeContent, files: ContentFiles, manager: str) -> str:
    """The release of the package manager: that of ``packageManager``, or the one that wrote the lock file."""
    for each in (content.top, content.home):
        named = (package_json(each) or {}).get("packageManager")
        if isinstance(named, str) and "@" in named:
            return named.partition("@")[2].partition("+")[0]
    if manager == "yarn":
        return "4" if re.search(r"^__metadata:", files.text("yarn.lock"), re.MULTILINE) else "1"
    lock = files.read("pnpm-lock.yaml") if "pnpm-lock.yaml" in files else b""
    old = (release for form, release in _OLD if re.search(rb"^lockfileVersion: '?" + form, lock, re.MULTILINE))
    return next(old, "10") if manager == "pnpm" else ""


def _needs(files: ContentFiles) -> bool:
    package = package_json(files) or {}
    return any(package.get(key) for key in _DEPENDENCIES)


def _alone(files: ContentFiles) -> bool:
    """Whether npm needs no file of the code to install the packages."""
    package = package_json(files) or {}
    listed_ = [each for key in _DEPENDENCIES if isinstance(each := package.get(key), dict)]
    sources = [str(source) for each in listed_ for source in each.values()]
    return not (
        scripts(files).keys() & _HOOKS or ".npmrc" in files or any(each.startswith(_ELSEWHERE) for each in sources)
    )


def _web(build: ImageBuild, content: NodeContent) -> None:
    line = _command(content.home)
    if line is None:
        build.wrong(
            "has no start script, and no file with a usual name to run",
            "no package.json with a start script, no server.js",
            "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: node FILE",
            build.component.span,
        )
        return
    build.processes["web"] = line


def _command(files: ContentFiles) -> str | None:
    """The start script, whose shell becomes it, so that it gets the signals of the engine."""
    found = scripts(files)
    start = found.get("start")
    if isinstance(start, str):
        hooks = found.keys() & {"prestart", "poststart"}
        return "exec npm start" if hooks or not start.isprintable() else start
    main = (package_json(files) or {}).get("main")
    usual = (main.removeprefix("./"), *MAIN) if isinstance(main, str) else MAIN
    name = next((name for name in usual if name in files), None)
    return f"exec node {shlex.quote(name)}" if name else None
