"""Run what was deployed: simplified buildpacks, and the commands of a Procfile."""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import pytest

_TAKEN: dict[int, TextIO] = {}  # 0: the file with the locks, which must stay open
TOOLS = "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin"


def have(tool: str) -> str:
    """The path of a program. If it does not exist, skip the test and say what was not run."""
    found = shutil.which(tool, path=TOOLS)
    if found is None:
        pytest.skip(f"NO {tool} HERE: the copy that needs it was not started")
    return found


def free_port() -> int:
    """A free port that other tests do not use until this process ends.

    The system could give a port of its own choice to another process before the server starts. Ports below that range
    are not used for connections. Locks on bytes of a file separate the processes of tests.
    """
    if not _TAKEN:
        _TAKEN[0] = (Path(tempfile.gettempdir()) / f"camp2iac-ports-{os.getuid()}").open("w")
    for port in random.SystemRandom().sample(range(20000, 32000), 200):
        with contextlib.suppress(OSError), socket.socket() as probe:
            if port not in _TAKEN:
                fcntl.lockf(_TAKEN[0], fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
                _TAKEN[port] = _TAKEN[0]
                probe.bind(("127.0.0.1", port))
                return port
    pytest.fail("no free port")


def ask(url: str, patience: float = 60, data: bytes | None = None) -> tuple[int, str]:
    """The status and text of a page, as soon as a server responds."""
    end = time.monotonic() + patience
    while (found := _asked(url, data)) is None and time.monotonic() < end:
        time.sleep(0.2)
    assert found is not None, f"nobody answers at {url}"
    return found


def _asked(url: str, data: bytes | None) -> tuple[int, str] | None:
    try:
        with urllib.request.urlopen(url, data, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()
    except OSError:
        return None


# Buildpacks, as far as the Procfile's commands need them


def python(copy: Path, work: Path) -> Path:
    """``heroku/python``: install requirements.txt into a new environment. Return the folder for PATH."""
    subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True, timeout=300)
    pip = [work / "venv/bin/pip", "install", "-q", "-r", "requirements.txt"]
    _build(pip, copy)
    return work / "venv/bin"


def nodejs(copy: Path, work: Path) -> Path:
    """``heroku/nodejs``: npm installs the packages in package.json."""
    _build([have("npm"), "install", "--no-audit", "--no-fund", "--omit=dev"], copy)
    return work


def nodejs_built(copy: Path, work: Path) -> Path:
    """``heroku/nodejs`` with a script ``heroku-postbuild``: all packages, the script, then only those that run."""
    npm = have("npm")
    _build([npm, "ci", "--no-audit", "--no-fund"], copy)
    _build([npm, "run", "heroku-postbuild"], copy)
    _build([npm, "prune", "--omit=dev", "--no-audit", "--no-fund"], copy)
    return work


def maven(copy: Path, work: Path) -> Path:
    """``heroku/java``: Maven builds the copy's pom.xml."""
    have("java")
    _build([have("mvn"), "-q", "-B", "package"], copy)
    return work


def go(copy: Path, work: Path) -> Path:
    """``heroku/go``: build the module's packages into programs in bin/."""
    environment = {**os.environ, "GOBIN": str(copy / "bin"), "GOFLAGS": "-mod=mod"}
    _build([have("go"), "install", "./..."], copy, environment)
    return work


def php(copy: Path, work: Path) -> Path:
    """``heroku/php``, with PHP's own server instead of Apache. It supports only the document root."""
    (work / "heroku-php-apache2").write_text(f'#!/bin/sh\nexec {have("php")} -S 0.0.0.0:$PORT -t "${{1:-.}}"\n')
    (work / "heroku-php-apache2").chmod(0o755)
    return work


def composer(copy: Path, work: Path) -> Path:
    """``heroku/php`` for an application with packages, extensions or classes that Composer loads."""
    php(copy, work)
    _build([have("composer"), "install", "--no-dev", "--no-interaction", "--no-plugins"], copy)
    return work


def jvm(copy: Path, work: Path) -> Path:
    """``heroku/jvm``: a JDK without a build."""
    have("java")
    return work


def inline(copy: Path, work: Path) -> Path:
    """``heroku-community/inline``: the copy's own bin/compile."""
    _build([copy / "bin/compile", copy, work, work], copy)
    return work


def _build(command: list[str | Path], copy: Path, environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=copy, env=environment, timeout=400, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} (is there a package index?):\n{done.stdout}{done.stderr}"


def environment(copy: Path, tools: Path, config: Mapping[str, str], port: int) -> dict[str, str]:
    """The environment of a dyno: the app's configuration, $PORT and $HOME."""
    return {"PATH": f"{tools}:{TOOLS}", "HOME": str(copy), "PORT": str(port), "LANG": "C.UTF-8", **config}


def release(copy: Path, command: str, told: Mapping[str, str]) -> str:
    """Run the release command. Return its output."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=copy, env=told, timeout=120, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@contextlib.contextmanager
def dyno(copy: Path, command: str, told: Mapping[str, str]) -> Iterator[str]:
    """Run a process of the app during the context. Yield its address."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            ["bash", "-c", command], cwd=copy, env=dict(told), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield f"http://127.0.0.1:{told['PORT']}"
        except AssertionError as fault:
            log.seek(0)
            raise AssertionError(f"{fault}\n{command}:\n{log.read().decode(errors='replace')}") from fault
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()
