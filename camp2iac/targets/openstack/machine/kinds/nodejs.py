"""A Node.js application; npm installs what ``package.json`` names."""

from __future__ import annotations

import shlex

from camp2iac.targets.openstack.machine.kinds import Inside, Kind, Web

_MAIN = ("server.js", "index.js", "app.js", "main.js")  # npm's own default, and what is usual


def _npm(inside: Inside) -> tuple[str, ...]:
    package = inside.json("package.json")
    needed = inside.read is None or any(package.get(key) for key in ("dependencies", "optionalDependencies"))
    return ("npm",) if needed else ()


def _web(inside: Inside) -> Web:
    found = "exec npm start" if inside.read is None else _command(inside)
    if found is None:
        inside.unknown(
            f"which file of {inside.component.name} Node.js is to run, nobody can tell",
            inside.component.span,
            "no package.json with a start script, no server.js",
            "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: node FILE",
        )
    return Web(line=found or "")


def _command(inside: Inside) -> str | None:
    """The command line that starts it, for a shell; None where nothing tells it."""
    package = inside.json("package.json")
    scripts = package.get("scripts")
    if isinstance(scripts, dict) and isinstance(scripts.get("start"), str):
        return str(scripts["start"])
    main = package.get("main")
    for name in (str(main).removeprefix("./"), *_MAIN) if main else _MAIN:
        if name in inside.files:
            return f"exec node {shlex.quote(name)}"
    return None


KIND = Kind("by Node.js, on its machine", folder=True, tools=_npm, web=_web)
