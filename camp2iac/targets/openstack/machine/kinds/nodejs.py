"""A Node.js application; npm installs what ``package.json`` names, and builds nothing."""

from __future__ import annotations

import shlex

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand
from camp2iac.targets.programs import lines

_MAIN = ("server.js", "index.js", "app.js", "main.js")  # npm's own default, and what is usual
_BUILDS = ("build", "heroku-postbuild", "prestart")  # scripts that a machine does not run
_INSTALLS = ("preinstall", "install", "postinstall", "prepare")  # npm runs these when it installs: they may build
#: What serves a build: the program, its word, and the folder that the build leaves.
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
    """What a line needs that only a build makes; empty where it needs nothing of the kind. ``npm run`` is followed."""
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
    """The command line that starts it, for a shell; None where nothing tells it."""
    package = inside.json("package.json")
    scripts = package.get("scripts")
    if isinstance(scripts, dict) and isinstance(scripts.get("start"), str):
        return str(scripts["start"]).encode("utf-8", "replace").decode("utf-8")  # JSON may have lone surrogates
    main = package.get("main")
    for name in (str(main).removeprefix("./"), *_MAIN) if main else _MAIN:
        if name in inside.files:
            return f"exec node {shlex.quote(name)}"
    return None


class NodeJs(ArtifactKind):
    """A Node.js application."""

    words = "by Node.js, on its machine"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """npm, where package.json names packages, or may."""
        package = inside.json("package.json")
        needed = inside.read is None or any(package.get(key) for key in ("dependencies", "optionalDependencies"))
        return ("npm",) if needed else ()

    def check(self, inside: ArtifactOnMachine) -> None:
        """CAMP218: what starts is made by a build, and is not in the content."""
        statement = inside.json("package.json").get("scripts")
        scripts = (
            {name: line for name, line in statement.items() if isinstance(line, str)}
            if isinstance(statement, dict)
            else {}
        )
        build = next((name for name in _BUILDS if name in scripts), None)
        if build is None or any(name in scripts for name in _INSTALLS):
            return
        processes = [
            (f"the process {each.type}", each.command, each.statement.span) for each in inside.component.processes
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
                        label=f"machines run npm install --omit=dev, and never npm run {build}",
                        help=f"add {made} to the content, built beforehand, or to its requirements a command that "
                        "needs no build\n  - requirement_type: org.camp2iac:Process\n    web: COMMAND",
                    )
                )

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """The start script of package.json, or the usual file."""
        found = "exec npm start" if inside.read is None else _command(inside)
        if found is None:
            inside.unknown(
                f"which file of {inside.component.name} Node.js is to run, nobody can tell",
                inside.component.span,
                "no package.json with a start script, no server.js",
                "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: node FILE",
            )
        return StartCommand(line=found or "")


KIND = NodeJs()
