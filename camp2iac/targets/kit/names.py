"""Names in Terraform: reserved names, and names from ids of the plan."""

from __future__ import annotations

import re
from collections.abc import Collection

# https://developer.hashicorp.com/terraform/language/values/variables#arguments
VARIABLES = frozenset({"count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"})
"""Names that Terraform does not allow for variables."""

FILES = frozenset({"outputs", "providers", "secrets", "variables", "versions"})
"""Files, without ``.tf``, that :class:`~camp2iac.targets.kit.ModuleBuilder` writes in every module."""


def identifier(*parts: str) -> str:
    """A Terraform name: ``identifier("web", "dyno-size")`` is ``web_dyno_size``. Empty parts are left out."""
    text = "_".join(re.sub(r"[^A-Za-z0-9_]", "_", part) for part in parts if part)
    return text if re.match(r"[A-Za-z_]", text) else f"_{text}"


def variable(name: str, taken: Collection[str] = VARIABLES) -> str:
    """The variable of a parameter or secret: its own name, or ``plan_NAME`` if that name is taken."""
    return f"plan_{name}" if name in taken else identifier(name)


def file(id_: str, ending: str, taken: Collection[str] = FILES) -> str:
    """The file of a node of the plan: ``web.tf``, or ``outputs-app.tf`` (with ``ending``) if the name is taken."""
    return f"{id_}-{ending}.tf" if id_ in taken else f"{id_}.tf"
