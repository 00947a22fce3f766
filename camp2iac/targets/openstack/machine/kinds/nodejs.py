"""A Node.js application: its packages are installed, and a script of ``package.json`` builds it."""

from __future__ import annotations

import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.targets.openstack.machine.component_build import ComponentBuild
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand
from camp2iac.targets.programs import lines
from camp2iac.targets.programs.builds.node import MANAGERS, SCRIPTS
from camp2iac.topology import command_places

_MAIN = ("server.js", "index.js", "app.js", "main.js")  # the default of npm, and usual names
_BUILDS = ("prestart",)  # scripts that build, and that instances do not run
_INSTALLS = ("preinstall", "install", "postinstall", "prepare")  # npm install runs these, and they can build
#: Programs that serve a build: the program, its subcommand, and the folder that the build creates.
_SERVE_A_BUILD = (
    ("next", "start", ".next"),
    ("nuxt", "start", ".nuxt"),
    ("nuxt", "preview", ".output"),
    ("nuxi", "preview", ".output"),
    ("vite", "preview", "dist"),
    ("astro", "preview", "dist"),
    ("nest", "start", "dist"),
    ("gatsby", "serve", "public"),
    ("docusaurus", "serve", "build"),
    ("remix-serve", "", "build"),
    ("react-router-serve", "", "build"),
)


def _made(line: str, scripts: dict[str, str], names: tuple[str, ...]) -> str:
    """The file or folder that a line needs and only a build creates, or empty. Follows ``npm run``."""
    for _ in range(5):
        found = lines.words(line)
        if found[:1] == ["npx"]:
            found = found[1:]
        if found[:1] not in (["npm"], ["yarn"], ["pnpm"]):
            break
        name = next((word for word in found[1:] if word not in ("run", "run-script") and word[:1] != "-"), "")
        if name not in scripts:
            return ""
        line = scripts[name]
    else:
        return ""
    for program, word, folder in _SERVE_A_BUILD:
        if found[:1] == [program] and (not word or found[1:2] == [word]):
            return "" if any(name.startswith(f"{folder}/") for name in names) else f"{folder}/"
    run = lines.first(line)
    return run.file if run is not None and run.file and not lines.there(run, names) else ""


def _command(inside: ArtifactOnMachine) -> str | None:
    """The shell command that starts it. None if the content does not show one."""
    package = inside.json("package.json")
    scripts = package.get("scripts")
    if isinstance(scripts, dict) and isinstance(scripts.get("start"), str):
        return str(scripts["start"]).encode("utf-8", "replace").decode("utf-8")  # JSON can have lone surrogates
    main = package.get("main")
    for name in (str(main).removeprefix("./"), *_MAIN) if main else _MAIN:
        if name in inside.files:
            return f"exec node {shlex.quote(name)}"
    return None


def _no_manager(inside: ArtifactOnMachine, manager: str) -> None:
    """CAMP223: no instance has this package manager."""
    content = inside.component.content
    inside.given.context.diagnostics.add(
        Diagnostic(
            "CAMP223",
            f"the package.json of {inside.component.name} names the package manager {short(manager)}",
            content.href.span if content.href else content.span,
            label=f"instances have {listed(MANAGERS, 'or')}",
            help="name one of them in  packageManager,  and add its lock file",
        )
    )


class NodeJs(ArtifactKind):
    """A Node.js application."""

    words = "run by Node.js on its instances"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """npm, if package.json has dependencies, or if the content is unknown."""
        package = inside.json("package.json")
        needed = inside.read is None or any(package.get(key) for key in ("dependencies", "optionalDependencies"))
        return ("npm",) if needed and self.build(inside) is None else ()

    def build(self, inside: ArtifactOnMachine) -> ComponentBuild | None:
        """The plan's command, or the scripts of package.json. Other package managers than npm have no other way."""
        content, planned = inside.node, inside.component.build
        if content is None:
            return ComponentBuild(planned.command if planned else "", node=True)
        if planned is None and content.plain:
            return None
        if content.manager not in MANAGERS:
            _no_manager(inside, content.manager)
        return ComponentBuild(planned.command if planned else content.command(), node=True)

    def check(self, inside: ArtifactOnMachine) -> None:
        """Report a start command that needs a file which only a build creates (CAMP218)."""
        statement = inside.json("package.json").get("scripts")
        scripts = (
            {name: line for name, line in statement.items() if isinstance(line, str)}
            if isinstance(statement, dict)
            else {}
        )
        build = next((name for name in _BUILDS if name in scripts), None)
        if build is None or any(name in scripts for name in (*SCRIPTS, *_INSTALLS)) or inside.component.build:
            return
        processes = [
            (f"the process {each.type}", each.command, command_places.written(each))
            for each in inside.component.processes
        ]
        processes += [
            (f"the schedule {each.name}", each.command, command_places.written(each))
            for each in inside.component.schedules
        ]
        if not any(each.type == "web" for each in inside.component.processes):
            content = inside.component.content
            place = content.href.span if content.href else content.span
            processes.append(("the start script of package.json", scripts.get("start", ""), place))
        for what, line, span in processes:
            made = _made(line, scripts, inside.files)
            if made:
                inside.given.context.diagnostics.add(
                    Diagnostic(
                        "CAMP218",
                        f"{what} of {inside.component.name} runs what its build makes: {made} is not in its content",
                        span,
                        label=f"instances do not run the script {build} of package.json",
                        help=f"rename the script to  build,  or add to its requirements\n"
                        f"  - requirement_type: org.camp2iac:Process\n    build: npm run {build}",
                    )
                )

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The start script of package.json, or a file with a usual name."""
        found = "exec npm start" if inside.read is None else _command(inside)
        if found is None:
            inside.unknown(
                f"the content of {inside.component.name} does not show which file to run",
                inside.component.span,
                "no package.json with a start script, no server.js",
                "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: node FILE",
            )
        return StartCommand(line=found or "")

    def dependencies(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The packages in package.json."""
        found = inside.json("package.json").get("dependencies")
        return tuple(found) if isinstance(found, dict) else ()


KIND = NodeJs()
