"""Operating systems: which family one is of, and which of them are the same to those who install on them."""

from __future__ import annotations

import re

# Builds of Red Hat's sources, and what they are built like; their minor releases have one set of names
_LIKE_RHEL = ("rhel", "rocky", "alma", "almalinux", "centos", "centos-stream", "oracle")
_NAME = re.compile(r"([a-z]+(?:-[a-z]+)*)-([0-9]+)((?:\.[0-9]+)*)")


def like(os: str) -> str:
    """The system that a catalogue entry names for it: ``rocky-9.4`` is ``rhel-9``; others are what they are."""
    found = _NAME.fullmatch(os)
    return f"rhel-{found[2]}" if found and found[1] in _LIKE_RHEL else os


def family(os: str) -> str:
    """``debian`` or ``rhel``: which package manager and which layout of files."""
    return "rhel" if like(os).startswith("rhel-") else "debian"


def words(systems: list[str]) -> str:
    """``debian-12, ubuntu-24.04 and rhel-9 (rocky, alma and centos-stream are like it)``."""
    shown = [f"{os} (also rocky, alma, centos-stream)" if os.startswith("rhel-") else os for os in systems]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
