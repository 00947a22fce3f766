"""Below which path a component answers."""

from __future__ import annotations

import re

from camp2iac.topology.model import Component

_PATH = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)


def below(component: Component, otherwise: str = "") -> str:
    """The path of its option ``context``, as a URL takes it: ``/shop``; empty: at the root.

    ``otherwise``: where the plan says nothing, its name among several on one server. What no server takes (signs that
    a URL would have to encode) is none.
    """
    statement = component.options.get("context")
    path = f"/{(statement.value.literal if statement else otherwise) or ''}".replace("//", "/").rstrip("/")
    return path if _PATH.fullmatch(path) else ""
