"""Node.js: the start script of ``package.json``, or a file with a usual name."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.targets.programs.case import PROCESS, Case
from camp2iac.targets.programs.contents import ContentFiles

MAIN = ("server.js", "index.js", "app.js", "main.js")  # the default of npm, and usual names
_ASIDE = r"(^|/)(tests?|__tests__|docs?|examples?|public|static|assets)/|\.(test|spec|config)\."


def check(case: Case) -> Iterator[Diagnostic]:
    """A ``package.json`` that can be read, and something to start (CAMP217)."""
    files = case.files
    package = package_json(files)
    if package is None:
        yield case.missing(
            "has a package.json that is not a JSON object",
            "npm cannot read its package.json",
            "write a JSON object into package.json",
        )
    elif files.names and case.serves and case.service.product.name == "nodejs" and not _starts(package, files):
        yield _nothing(case, package)


def package_json(files: ContentFiles) -> dict[str, object] | None:
    """The object in ``package.json``, empty without the file. None if the file has none."""
    try:
        found = json.loads(files.text("package.json").removeprefix("\ufeff") or "{}")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def scripts(files: ContentFiles) -> dict[str, object]:
    """The scripts of ``package.json``. Empty if there are none."""
    found = (package_json(files) or {}).get("scripts")
    return found if isinstance(found, dict) else {}


def _starts(package: dict[str, object], files: ContentFiles) -> bool:
    main = package.get("main")
    named = (main.removeprefix("./"),) if isinstance(main, str) else ()
    return isinstance(scripts(files).get("start"), str) or any(name in files for name in (*named, *MAIN))


def _nothing(case: Case, package: dict[str, object]) -> Diagnostic:
    """Name the files that may be meant: what ``main`` names, almost, or files with a usual name in a folder."""
    files, main = case.files, package.get("main")
    sources = [name for name in files.names if name.endswith((".js", ".mjs", ".cjs")) and not re.search(_ASIDE, name)]
    usual = [name for name in sources if name.rpartition("/")[2].rpartition(".")[0] in {each[:-3] for each in MAIN}]
    shown = sorted(usual or sources, key=lambda name: (name.count("/"), name))
    near = nearest(main, sources) if isinstance(main, str) else None
    label = "no package.json with a start script, no server.js"
    if isinstance(main, str):
        label = f"no start script, and its main file {main} is not in the content"
    elif "package.json" in files:
        label = "no start script in package.json, no server.js"
    if isinstance(main, str) and "/" in main and "build" in scripts(files):
        help_ = f'add to the scripts of package.json  "start": {json.dumps(f"node {main}")}'
    elif near:
        help_ = f'write  "main": {json.dumps(near)}  in package.json'
    else:
        help_ = f"{PROCESS}node {shlex.quote(shown[0]) if shown else 'FILE'}"
        if shown[1:]:
            help_ = f"the content has {listed(shown[:3])}: {help_}"
    return case.missing(
        "has no start script, and no file with a usual name to run", label, help_, place=case.component.span
    )
