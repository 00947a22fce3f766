"""Ids from the names that a plan gives: what addresses, host names and file names are made of.

Lower-case letters, digits and dashes, beginning with a letter; never a counter or a position.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from camp2iac.camp.model import Artifact

MOST = 40  # characters, so that host names have room for an application's name and a number


def slug(name: str) -> str:
    """``stock web`` is ``stock-web``; ``Über.Café`` is ``uber-cafe``; a name of no such letters becomes its digest."""
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
    """An artifact's name as written; without one, its file's name without suffix; ``app`` for the whole package."""
    if artifact.labels.name is not None:
        return artifact.labels.name.value
    href = artifact.content.href.value if artifact.content.href else ""
    stem = re.split(r"[?#]", href)[0].rstrip("/").rpartition("/")[2]
    stem = re.sub(r"(\.tar)?\.[A-Za-z0-9]+$", "", stem)
    if href == "pdp:!" or artifact.content.path == "":
        return "app"
    return stem if stem else artifact.artifact_type.value.rpartition(":")[2]
