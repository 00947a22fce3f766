"""Find formats: ours, and those of extensions.

An extension adds a format with an entry point of the group ``camp2iac.formats``: ``junit = "camp2iac_junit:writer"``,
with ``writer`` as in :mod:`camp2iac.diagnostics.formats.base`. Our formats win over others with the same name. Entry
points are read only for names that are not ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from camp2iac.diagnostics.formats.base import Format

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "camp2iac.formats"
FORMATS = ("pretty", "plain", "json", "sarif", "github", "gitlab")
"""Our formats; each is a module in this folder."""


def names() -> tuple[str, ...]:
    """The names of all formats: ours, then those of extensions, sorted. Reads the entry points."""
    return (*FORMATS, *sorted({point.name for point in _entry_points()} - set(FORMATS)))


def writer(name: str, *, colour: bool) -> Format:
    """The format with this name. ``colour``: only for ``pretty``.

    ``LookupError`` if there is no such format; ``ImportError`` or ``AttributeError`` if the installation of an
    extension is incomplete.
    """
    if name in FORMATS:
        ours: Format = import_module(f"camp2iac.diagnostics.formats.{name}").writer(colour=colour)
        return ours
    for point in sorted(_entry_points(), key=lambda point: point.value):
        if point.name == name:
            theirs: Format = point.load()(colour=colour)
            return theirs
    raise LookupError(f"there is no format {name}")


def _entry_points() -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points

    return tuple(entry_points(group=GROUP))
