"""Pictures as text. One file per format, found by its name: ``NAME.py`` has ``render(picture) -> str``."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camp2iac.review.graph.model import Picture


def names() -> tuple[str, ...]:
    """The names of the formats, sorted. Modules whose names begin with ``_`` are something else."""
    return tuple(sorted(each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_")))


def render(picture: Picture, form: str) -> str:
    """A picture in complete lines. ``form``: one of :func:`names` (``LookupError`` if it is not)."""
    if form not in names():
        raise LookupError(f"there is no format {form}")
    text: str = import_module(f"{__name__}.{form}").render(picture)
    return text
