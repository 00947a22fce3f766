"""Servers on loopback that replace add-ons."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from heroku.support_run import free_port, have


def _as(user: str) -> dict[str, str | int]:
    """The command as another user, because servers refuse to run as root."""
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
def mariadb(sql: Path, more: str = "") -> Iterator[str]:
    """A MariaDB on loopback with the data of a script, ``mysql://u:pw@127.0.0.1:PORT/d``. ``more``: SQL for root, after
    which ``u`` may create and change users.
    """
    server, install, client = have("mariadbd"), have("mariadb-install-db"), have("mariadb")
    port, folder, user = free_port(), Path(tempfile.mkdtemp()), _as("mysql")
    if user:
        shutil.chown(folder, "mysql")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **user}
    data = f"--datadir={folder}/data"
    subprocess.run([install, "--no-defaults", data, "--auth-root-authentication-method=normal"], check=True, **quiet)
    place = f"--socket={folder}/s"
    process = subprocess.Popen(
        [server, "--no-defaults", data, place, f"--port={port}", "--bind-address=127.0.0.1", "--skip-name-resolve"],
        **quiet,
    )
    try:
        ready = [client, "--no-defaults", place, "-uroot", "-e"]
        make = "create database d; create user u@'127.0.0.1' identified by 'pw'; grant all on d.* to u@'127.0.0.1'"
        end = time.monotonic() + 90
        while subprocess.run([*ready, "select 1"], **quiet, check=False).returncode and time.monotonic() < end:
            time.sleep(0.3)
        subprocess.run([*ready, make], check=True, **quiet)
        if more:
            subprocess.run(
                [*ready, f"{more}; grant all on *.* to u@'127.0.0.1' with grant option"], check=True, **quiet
            )
        subprocess.run([client, "--no-defaults", place, "-uroot", "d"], check=True, stdin=sql.open(), cwd="/")
        yield f"mysql://u:pw@127.0.0.1:{port}/d"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """An empty Redis with a password: ``redis://:pw@127.0.0.1:PORT``."""
    port = free_port()
    command = [have("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--requirepass", "pw"]
    with _server([*command, "--save", "", "--appendonly", "no"], port, 60):
        yield f"redis://:pw@127.0.0.1:{port}"


@contextlib.contextmanager
def rabbitmq(more: str = "") -> Iterator[str]:
    """An empty RabbitMQ, ``amqp://guest:guest@127.0.0.1:PORT/%2F``, with its own port mapper. ``more``: lines of its
    configuration.
    """
    server = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    if not server.exists():
        pytest.skip("NO RABBITMQ HERE: what needs it was not started")
    port, mapper, folder = free_port(), free_port(), Path(tempfile.mkdtemp())
    (folder / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\n{more}")
    (folder / "plugins").write_text("[].\n")
    own = {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": "camp2iac-test@localhost",
        "RABBITMQ_MNESIA_BASE": str(folder),
        "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_DIST_PORT": str(free_port()),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(mapper),
    }
    try:
        with (
            _server([have("epmd"), "-address", "127.0.0.1", "-port", str(mapper)], mapper, 60),
            _server([str(server)], port, 120, {**os.environ, **own}),
        ):
            yield f"amqp://guest:guest@127.0.0.1:{port}/%2F"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(command: list[str], port: int, patience: float, told: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a server during the context, after it listens. ``patience``: seconds."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    process = subprocess.Popen(command, env=told, start_new_session=True, **quiet)
    try:
        end = time.monotonic() + patience
        while not _listens(port):
            assert process.poll() is None, f"{command[0]}: exit {process.returncode}"
            assert time.monotonic() < end, f"{command[0]} does not listen within {patience:.0f} s"
            time.sleep(0.2)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
