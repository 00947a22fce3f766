"""Names on Heroku: apps, Terraform's blocks, configuration variables."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from camp2iac.targets.kit import names as reserved
from camp2iac.targets.kit.names import identifier, variable
from camp2iac.topology.model import Component, Service

LONGEST_APP = 30
_FILES = reserved.FILES | {"imports", "pipeline", "space"}

__all__ = ["app", "app_name", "attachment", "file", "identifier", "variable"]


def app(component: Component) -> str:
    """The address of a component's app."""
    return f"heroku_app.{identifier(component.id)}"


def file(node: Component | Service) -> str:
    """The file with the blocks of a component or service."""
    return reserved.file(node.id, "app", _FILES)


def app_name(text: str) -> str:
    """A valid name for an app, from any string: 3 to 30 lower-case letters, digits and dashes.

    If the string is too long or has no such letters, the name ends in a part of its digest, so that it stays unique.
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if name[:1].isdigit():
        name = f"app-{name}"
    if 3 <= len(name) <= LONGEST_APP:
        return name
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    stem = name[: LONGEST_APP - 7].rstrip("-") or "app"
    return f"{stem}-{digest}"


def attachment(variable: str) -> str | None:
    """The name of the attachment that creates a variable. None if none can, because Heroku appends ``_URL``."""
    return variable[:-4] if variable.endswith("_URL") and re.fullmatch(r"[A-Z][A-Z0-9_]*", variable[:-4]) else None
