"""A PostgreSQL server outside a plan: this host's own, at the gateway of the instances' networks."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roots.fleet import Fleet

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/nonexistent"))
_OWNER = ("runuser", "-u", "postgres", "--")


@contextmanager
def postgresql(fleet: Fleet, address: str, port: int, name: str, password: str) -> Iterator[None]:
    """Serve the database ``name`` of the user with the same name. The networks must exist."""
    folder = Path(tempfile.mkdtemp(prefix="outside-"))
    data, secret = folder / "data", folder / "password"
    secret.write_text(password)
    for path in (folder, secret):
        shutil.chown(path, "postgres")
    words = (PROGRAMS / "initdb", "-D", data, "-A", "scram-sha-256", "-U", name, f"--pwfile={secret}")
    _run(*map(str, words))
    (data / "postgresql.auto.conf").write_text(
        f"listen_addresses = '{address}'\nport = {port}\nunix_socket_directories = '{folder}'\n"
    )
    (data / "pg_hba.conf").write_text("host all all 0.0.0.0/0 scram-sha-256\n")
    _run(str(PROGRAMS / "postgres"), "--single", "-D", str(data), "postgres", text=f"create database {name}\n")
    control = (*_OWNER, PROGRAMS / "pg_ctl", "-D", data, "-l", folder / "log", "-w")
    try:
        fleet.vm("net-exec", *control, "start")
        yield
    finally:
        fleet.vm("net-exec", *control, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder)


def _run(*words: str, text: str = "") -> None:
    subprocess.run([*_OWNER, *words], input=text, text=True, check=True, capture_output=True, cwd="/")
