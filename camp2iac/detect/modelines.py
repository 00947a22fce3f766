"""The comments by which editors find the JSON Schema of a plan or an environment file.

yaml-language-server (VS Code, Neovim, Helix, ...) reads the path relative to the file with the comment.
"""

from __future__ import annotations

FOLDER = ".camp2iac"
"""The folder of the schemas, beside ``camp.yaml``. Names with a dot are never content."""
PLAN = "camp.schema.json"
_MODELINE = "# yaml-language-server: $schema="


def environment_schema(target: str) -> str:
    """The name of the schema of a target's environment files."""
    return f"{target}.schema.json"


def plan_modeline() -> str:
    """The first line of ``camp.yaml``."""
    return f"{_MODELINE}{FOLDER}/{PLAN}"


def environment_modeline(target: str) -> str:
    """The first line of ``environments/NAME.yaml``."""
    return f"{_MODELINE}../{FOLDER}/{environment_schema(target)}"
