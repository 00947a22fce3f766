"""Graphviz, which draws a picture: the program ``dot`` on the PATH."""

from __future__ import annotations

import shutil
import subprocess

from camp2iac.diagnostics import Diagnostic

_SECONDS = 120
_OTHERWISE = "or use  --output mermaid,  which needs no other program"


def svg(source: str) -> str | Diagnostic:
    """A picture as SVG; CAMP718 if Graphviz is missing or fails."""
    program = shutil.which("dot")
    if program is None:
        return Diagnostic(
            "CAMP718",
            "Graphviz, which draws SVG, is not installed: there is no program dot on the PATH",
            help=f"install it:  apt install graphviz,  dnf install graphviz  or  brew install graphviz;  {_OTHERWISE}",
        )
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, and the picture is its input
            [program, "-Tsvg"], input=source.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except OSError as problem:
        return _failed(problem.strerror or "it cannot be started")
    except subprocess.TimeoutExpired:
        return _failed(f"it did not end within {_SECONDS} seconds")
    if done.returncode != 0 or not done.stdout:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        return _failed(words[0] if words else f"exit status {done.returncode}")
    return done.stdout.decode(errors="replace")


def _failed(reason: str) -> Diagnostic:
    return Diagnostic(
        "CAMP718",
        "Graphviz cannot draw the picture",
        notes=(f"dot: {reason}",),
        help=f"run  dot -V  to see whether it works, {_OTHERWISE}",
    )
