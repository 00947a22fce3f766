"""The formats that are there: ours, and those of extensions.

An extension names its format by an entry point of the group ``camp2iac.formats``: ``junit = "camp2iac_junit:writer"``,
where ``writer`` is as in :mod:`camp2iac.diagnostics.formats.base`. Ours win over another of the same name. Entry points
are read only for names that are not ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from camp2iac.diagnostics.formats.base import Format

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "camp2iac.formats"
FORMATS = ("pretty", "plain", "json", "sarif", "github")
"""Our formats, each a module of this folder."""


def names() -> tuple[str, ...]:
    """The names of all formats: ours, then those of extensions, sorted. Reads the entry points."""
    return (*FORMATS, *sorted({point.name for point in _entry_points()} - set(FORMATS)))


def writer(name: str, *, colour: bool) -> Format:
    """The format of that name. ``colour``: for ``pretty`` alone.

    ``LookupError`` for a name that nothing has; ``ImportError`` or ``AttributeError`` for an extension that is not
    installed as a whole.
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
