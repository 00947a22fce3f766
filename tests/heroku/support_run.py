"""Running what was deployed: databases to talk to, buildpacks in small, the commands of a Procfile."""

from __future__ import annotations

import contextlib
import os
import pwd
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

import pytest

TOOLS = "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin"


def have(tool: str) -> str:
    """The path of a program; a skip that says what was not run."""
    found = shutil.which(tool, path=TOOLS)
    if found is None:
        pytest.skip(f"NO {tool} HERE: the copy that needs it was not started")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(url: str, patience: float = 60, data: bytes | None = None) -> tuple[int, str]:
    """The status and text of a page, as soon as somebody answers."""
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


def _as(user: str) -> dict[str, str | int]:
    """Servers refuse to be root: they run as their own user where the tests do."""
    with contextlib.suppress(KeyError):
        if os.getuid() == 0:
            return {"user": user, "group": pwd.getpwnam(user).pw_gid}
    return {}


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """An empty PostgreSQL on loopback, with a password that URLs must escape: ``postgres://u:...@127.0.0.1:PORT/d``."""
    initdb = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    if initdb is None:
        pytest.skip("NO POSTGRESQL HERE: what needs it was not started")
    port, folder = free_port(), Path(tempfile.mkdtemp())
    (folder / "password").write_text("s/e:c@r%t")
    user = _as("postgres")
    if user:
        folder.chmod(0o711)
        shutil.chown(folder, "postgres")
        shutil.chown(folder / "password", "postgres")
    data = str(folder / "data")
    ctl = [str(initdb.with_name("pg_ctl")), "-D", data, "-l", str(folder / "log"), "-w"]
    run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **user}
    secret = ["-A", "scram-sha-256", "--pwfile", str(folder / "password")]
    subprocess.run([str(initdb), "-D", data, "-U", "u", *secret], **run)
    subprocess.run([*ctl, "-o", f"-k {folder} -c listen_addresses=127.0.0.1 -p {port}", "start"], **run)
    try:
        yield f"postgres://u:s%2Fe%3Ac%40r%25t@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*ctl, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder)


@contextlib.contextmanager
def mariadb(sql: Path) -> Iterator[str]:
    """A MariaDB on loopback that holds what a script makes, loaded by hand: ``mysql://u:pw@127.0.0.1:PORT/d``."""
    server, install, client = have("mariadbd"), have("mariadb-install-db"), have("mariadb")
    port, folder, user = free_port(), Path(tempfile.mkdtemp()), _as("mysql")
    if user:
        shutil.chown(folder, "mysql")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **user}
    data = f"--datadir={folder}/data"
    subprocess.run([install, "--no-defaults", data, "--auth-root-authentication-method=normal"], check=True, **quiet)
    place = f"--socket={folder}/s"
    process = subprocess.Popen([server, "--no-defaults", data, place, f"--port={port}", "--bind-address=127.0.0.1",
                                "--skip-name-resolve"], **quiet)  # fmt: skip
    try:
        ready = [client, "--no-defaults", place, "-uroot", "-e"]
        make = "create database d; create user u@'127.0.0.1' identified by 'pw'; grant all on d.* to u@'127.0.0.1'"
        end = time.monotonic() + 30
        while subprocess.run([*ready, "select 1"], **quiet, check=False).returncode and time.monotonic() < end:
            time.sleep(0.3)
        subprocess.run([*ready, make], check=True, **quiet)
        subprocess.run([client, "--no-defaults", place, "-uroot", "d"], check=True, stdin=sql.open(), cwd="/")
        yield f"mysql://u:pw@127.0.0.1:{port}/d"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder)


# Buildpacks, as far as the Procfile's commands need them


def python(copy: Path, work: Path) -> Path:
    """``heroku/python``: what requirements.txt names, in an environment of its own. Gives the folder for PATH."""
    subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True, timeout=300)
    pip = [work / "venv/bin/pip", "install", "-q", "-r", "requirements.txt"]
    _build(pip, copy)
    return work / "venv/bin"


def nodejs(copy: Path, work: Path) -> Path:
    """``heroku/nodejs``: npm installs what package.json names."""
    _build([have("npm"), "install", "--no-audit", "--no-fund", "--omit=dev"], copy)
    return work


def maven(copy: Path, work: Path) -> Path:
    """``heroku/java``: Maven runs the copy's pom.xml."""
    have("java")
    _build([have("mvn"), "-q", "-B", "package"], copy)
    return work


def go(copy: Path, work: Path) -> Path:
    """``heroku/go``: the module's packages become programs in bin/."""
    environment = {**os.environ, "GOBIN": str(copy / "bin"), "GOFLAGS": "-mod=mod"}
    _build([have("go"), "install", "./..."], copy, environment)
    return work


def php(copy: Path, work: Path) -> Path:
    """``heroku/php``, with PHP's own server instead of Apache: it takes the document root alone."""
    (work / "heroku-php-apache2").write_text(f'#!/bin/sh\nexec {have("php")} -S 0.0.0.0:$PORT -t "${{1:-.}}"\n')
    (work / "heroku-php-apache2").chmod(0o755)
    return work


def jvm(copy: Path, work: Path) -> Path:
    """``heroku/jvm``: a JDK, no build."""
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
    """What a dyno is told: the app's configuration, $PORT, a home."""
    return {"PATH": f"{tools}:{TOOLS}", "HOME": str(copy), "PORT": str(port), "LANG": "C.UTF-8", **config}


def release(copy: Path, command: str, told: Mapping[str, str]) -> str:
    """A release command's output."""
    done = subprocess.run(["bash", "-c", command], cwd=copy, env=told, timeout=120, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@contextlib.contextmanager
def dyno(copy: Path, command: str, told: Mapping[str, str]) -> Iterator[str]:
    """A process of the app while the context lasts; gives the address where it is to answer."""
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
