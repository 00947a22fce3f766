"""The installed targets, found through entry points of the group ``camp2iac.targets``.

``importlib.metadata`` takes longer to import (35 ms) than a plan takes to read (5 ms), so our own targets have a faster
path: their entry points are in one small file with a known place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from camp2iac.targets.base import Target

GROUP = "camp2iac.targets"
_OWN = "camp2iac-*.dist-info/entry_points.txt"  # of wheels and of editable installations


def names() -> tuple[str, ...]:
    """The names of all targets, sorted. Scans every installed distribution."""
    return tuple(sorted(_installed()))


def find(name: str) -> Target | None:
    """The target with this name. None if there is none. Our own targets take precedence over others."""
    place = _own().get(name) or _installed().get(name)
    if place is None:
        return None
    module, _, attribute = place.partition(":")
    made: Target = getattr(import_module(module), attribute)()
    return made


def _installed() -> Mapping[str, str]:
    """Each target's ``module:class``, by name."""
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=GROUP)} | dict(_own())


def _own() -> Mapping[str, str]:
    """The targets of the distribution ``camp2iac``. Empty if its metadata is not in a plain folder of the path."""
    return _own_in(tuple(sys.path))


@lru_cache(maxsize=1)  # a run asks several times
def _own_in(path: tuple[str, ...]) -> Mapping[str, str]:
    for folder in path:
        for file in Path(folder).glob(_OWN) if folder else ():
            return dict(_entries(file.read_text(encoding="utf-8")))
    return {}


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Parse the lines ``name = module:class`` of our group (packaging.python.org, "Entry points specification")."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line and line[0] not in "#;":
            name, _, place = line.partition("=")
            yield name.strip(), place.strip()
