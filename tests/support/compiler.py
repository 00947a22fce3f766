"""Running `camp2iac` as users do: as a process of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from camp2iac.cli import run

COMMAND = (sys.executable, "-m", "camp2iac.cli")


def camp2iac(
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    accept: tuple[int, ...] = (0,),
    prefix: tuple[str, ...] = (),
    stdin: bytes | None = None,
) -> str:
    """The standard output of one command; another exit status than those is an error that shows all that was said."""
    return output_of(*arguments, cwd=cwd, environment=environment, accept=accept, prefix=prefix, stdin=stdin)[0]


def output_of(
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    accept: tuple[int, ...] = (0,),
    prefix: tuple[str, ...] = (),
    stdin: bytes | None = None,
) -> tuple[str, str]:
    """What one command wrote to standard output and to standard error."""
    done = subprocess.run(
        [*prefix, *COMMAND, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        timeout=120,
        input=stdin,
    )
    out, err = (each.decode("utf-8", "replace") for each in (done.stdout, done.stderr))
    if done.returncode not in accept:
        raise AssertionError(f"camp2iac {' '.join(map(str, arguments))}: exit {done.returncode}\n{out}{err}")
    return out, err


def in_process(*arguments: str | Path) -> str:
    """The standard output of one command, run in this process: a tenth of the cost of `camp2iac`.

    For what does not depend on the process: tests/properties holds that surroundings change nothing.
    """
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(list(map(str, arguments)))
    if status:
        said = f"{out.getvalue()}{err.getvalue()}"
        raise AssertionError(f"camp2iac {' '.join(map(str, arguments))}: exit {status}\n{said}")
    return out.getvalue()


def permitted(output: Path) -> list[str]:
    """Options that let `synth` destroy whatever an output holds: a regenerated one is reviewed, and never applied."""
    found = output / ".camp2iac.json"
    resources = json.loads(found.read_text()).get("resources", {}) if found.exists() else {}
    nodes = sorted({each["node"] for each in resources.values() if each["holds_data"]})
    return [word for node in nodes for word in ("--lose", node)]


def tree(folder: Path) -> dict[str, tuple[bool, bytes]]:
    """Every file below a folder: whether it is executable, and its bytes. What Terraform leaves behind is left out."""
    return {
        path.relative_to(folder).as_posix(): (bool(path.stat().st_mode & 0o100), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".terraform") for part in path.relative_to(folder).parts)
    }


def difference(expected: dict[str, tuple[bool, bytes]], actual: dict[str, tuple[bool, bytes]]) -> str:
    """What a person wants to know of two trees that should be one; empty when they are."""
    import difflib

    lines: list[str] = []
    for path in sorted({*expected, *actual}):
        if path not in actual:
            lines.append(f"{path}: is no longer written")
        elif path not in expected:
            lines.append(f"{path}: is new")
        elif expected[path] != actual[path]:
            (was, old), (now, new) = expected[path], actual[path]
            lines += [f"{path}: executable: {was}, now {now}"] if was != now else []
            before, after = (each.decode("utf-8", "replace").splitlines() for each in (old, new))
            lines += list(difflib.unified_diff(before, after, f"{path}, committed", f"{path}, now", "", "", 2, ""))
    return "\n".join(lines[:400])
