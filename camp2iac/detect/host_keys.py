"""The SSH host keys of git servers: those that hosting services publish, and those that the user's SSH knows."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from camp2iac.record import Record, convert

_FILE = Path(__file__).parent / "host_keys.yaml"
_PREFERRED = "ssh-ed25519"
_KEY = re.compile(r"\S+ ((?:ssh|ecdsa|sk)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+=*)(?: .*)?")
PORT = 22  # of SSH
_SECONDS = 10


class PublishedKey(Record, frozen=True, forbid_unknown_fields=True):
    """The key of a hosting service, and the page that publishes it."""

    key: str
    source: str


@cache
def published() -> Mapping[str, PublishedKey]:
    """The keys of hosting services, by host."""
    return convert(yaml.safe_load(_FILE.read_text(encoding="utf-8")), dict[str, PublishedKey])


def known(host: str, port: int, known_hosts: Path) -> str:
    """A key of a host in a file ``known_hosts``; empty if it has none. An Ed25519 key, if there is one.

    ``ssh-keygen`` also finds hosts whose names are hashed. Certificate authorities and revoked keys are not keys of a
    host.
    """
    program = shutil.which("ssh-keygen")
    if program is None or not known_hosts.is_file():
        return ""
    named = host if port == PORT else f"[{host}]:{port}"
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            [program, "-F", named, "-f", known_hosts],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    revoked = {line.split(" ")[3] for line in lines if line.startswith("@revoked ") and line.count(" ") > 2}
    matches = [found for found in map(_KEY.fullmatch, lines) if found and found[2] not in revoked]
    keys = [f"{found[1]} {found[2]}" for found in matches]
    return next((key for key in keys if key.startswith(f"{_PREFERRED} ")), keys[0] if keys else "")
