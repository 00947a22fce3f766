"""Names on Heroku: apps, Terraform's blocks, configuration variables."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from camp2iac.targets import reserved

LONGEST_APP = 30


def identifier(*parts: str) -> str:
    """A Terraform name: ``identifier("web", "dyno-size")`` is ``web_dyno_size``."""
    text = "_".join(re.sub(r"[^A-Za-z0-9_]", "_", part) for part in parts if part)
    return text if re.match(r"[A-Za-z_]", text) else f"_{text}"


def variable(name: str) -> str:
    """The variable of a parameter or secret: its own name, unless Terraform keeps that for itself."""
    return f"plan_{name}" if name in reserved.VARIABLES else identifier(name)


def app_name(text: str) -> str:
    """A name that Heroku takes, made of any text: lower-case letters, digits and dashes, 3 to 30.

    A text that is too long or has no such letters ends in a part of its digest, so that it stays unique.
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


def url_variable(service: str) -> str:
    """The variable that every user of a service has: ``DATABASE_URL`` for the service ``database``."""
    return re.sub(r"[^A-Z0-9]", "_", service.upper()) + "_URL"


def attachment(variable: str) -> str | None:
    """The name of the attachment that makes a variable; None where none can: Heroku appends ``_URL``."""
    return variable[:-4] if variable.endswith("_URL") and re.fullmatch(r"[A-Z][A-Z0-9_]*", variable[:-4]) else None
