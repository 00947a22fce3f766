"""The URL paths of components."""

from __future__ import annotations

import re

from camp2iac.topology.model import Component

_PATH = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)


def below(component: Component, otherwise: str = "") -> str:
    """The path in its option ``context``, as in a URL: ``/shop``. Empty: the root.

    ``otherwise``: the path if the plan sets none, for several components on one server. A path with characters that a
    URL must encode counts as empty.
    """
    statement = component.options.get("context")
    path = f"/{(statement.value.literal if statement else otherwise) or ''}".replace("//", "/").rstrip("/")
    return path if _PATH.fullmatch(path) else ""
