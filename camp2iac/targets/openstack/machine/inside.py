"""What the files of an application tell of how it wants to be installed and run."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Sequence
from typing import Any

Read = Callable[[str], bytes]
_MAIN = ("server.js", "index.js", "app.js", "main.js")  # npm's own default, and what is usual


def node_command(files: Sequence[str], read: Read) -> str | None:
    """The command line that starts a Node.js application, for a shell; None where nothing tells it."""
    package = _json(files, read, "package.json")
    scripts = package.get("scripts")
    if isinstance(scripts, dict) and isinstance(scripts.get("start"), str):
        return str(scripts["start"])
    main = package.get("main")
    for name in (str(main).removeprefix("./"), *_MAIN) if main else _MAIN:
        if name in files:
            return f"exec node {shlex.quote(name)}"
    return None


def needs_npm(files: Sequence[str], read: Read) -> bool:
    """Whether ``package.json`` names packages."""
    package = _json(files, read, "package.json")
    return any(package.get(key) for key in ("dependencies", "optionalDependencies"))


def needs_composer(files: Sequence[str], read: Read) -> bool:
    """Whether ``composer.json`` names packages, or how classes are found; PHP and its extensions are none."""
    package = _json(files, read, "composer.json")
    required = package.get("require")
    packages = any("/" in name for name in required) if isinstance(required, dict) else False
    return packages or "autoload" in package


def _json(files: Sequence[str], read: Read, name: str) -> dict[str, Any]:
    if name not in files:
        return {}
    try:
        found = json.loads(read(name))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
