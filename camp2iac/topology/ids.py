"""Ids, derived from the names in a plan. Addresses, host names and file names contain them.

An id has lowercase letters, digits and dashes, and begins with a letter. It never contains a counter or a position.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache

from camp2iac.camp.model import Artifact

MOST = 40  # characters, which leaves space in a host name for the application's name and a number


@cache
def slug(name: str) -> str:
    """Derive an id: ``stock web`` to ``stock-web``, ``Über.Café`` to ``uber-cafe``, or a digest if nothing is left."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not words:
        words = "x" + hashlib.sha256(name.encode()).hexdigest()[:8]
    if not words[0].isalpha():
        words = f"n{words}"
    if len(words) > MOST:
        words = f"{words[: MOST - 9].rstrip('-')}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    return words


def artifact_name(artifact: Artifact) -> str:
    """An artifact's name as written, else its file's name without suffix, else ``app`` (the whole package)."""
    if artifact.labels.name is not None:
        return artifact.labels.name.value
    href = artifact.content.href.value if artifact.content.href else ""
    stem = re.split(r"[?#]", href)[0].rstrip("/").rpartition("/")[2]
    stem = re.sub(r"(\.tar)?\.[A-Za-z0-9]+$", "", stem)
    if href == "pdp:!" or artifact.content.home == "":
        return "app"
    return stem if stem else artifact.artifact_type.value.rpartition(":")[2]


def part_of(owner: str, tier: str) -> str:
    """The id of the part of a component or service on a tier: ``web-background``, or the tier's if it begins so."""
    return tier if tier.startswith(f"{owner}-") else slug(f"{owner}-{tier}")
