"""Operating systems: their families, and which of them have the same packages."""

from __future__ import annotations

import re

# Red Hat's own builds and those of others. Their minor releases have the same package names
_LIKE_RHEL = ("rhel", "rocky", "alma", "almalinux", "centos", "centos-stream", "oracle")
_CODENAMES = {
    "debian-11": "bullseye",
    "debian-12": "bookworm",
    "debian-13": "trixie",
    "ubuntu-22.04": "jammy",
    "ubuntu-24.04": "noble",
}
_NAME = re.compile(r"([a-z]+(?:-[a-z]+)*)-([0-9]+)((?:\.[0-9]+)*)")


def like(os: str) -> str:
    """Return its name in the catalogue: ``rhel-9`` for ``rocky-9.4``, or the same name."""
    found = _NAME.fullmatch(os)
    return f"rhel-{found[2]}" if found and found[1] in _LIKE_RHEL else os


def family(os: str) -> str:
    """Return ``debian`` or ``rhel``, which have different package managers and paths."""
    return "rhel" if like(os).startswith("rhel-") else "debian"


def distribution(os: str) -> str:
    """Return its name without the release: ``debian``."""
    return like(os).rpartition("-")[0]


def codename(os: str) -> str:
    """Return the name of its release in package archives: ``bookworm``. Empty: it has none."""
    return _CODENAMES.get(os, "")


def known_family(os: str) -> str:
    """Return the family of a distribution whose packages camp2iac knows, or an empty string for another one."""
    if like(os).startswith("rhel-"):
        return "rhel"
    return "debian" if os.partition("-")[0] in ("debian", "ubuntu") else ""


def words(systems: list[str]) -> str:
    """List systems: ``debian-12, ubuntu-24.04 and rhel-9 (also rocky, alma, centos-stream)``."""
    shown = [f"{os} (also rocky, alma, centos-stream)" if os.startswith("rhel-") else os for os in systems]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
