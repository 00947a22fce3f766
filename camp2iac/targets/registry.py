"""The targets that are installed, by the entry points of the group ``camp2iac.targets``: ours and those of others.

The quick look-up exists because ``importlib.metadata`` takes longer to import (35 ms) than a plan takes to read (5 ms).
Almost every run names one of our own targets, and their entry points are in one small file whose place is known.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from camp2iac.targets.base import Target

GROUP = "camp2iac.targets"
_OWN = "camp2iac-*.dist-info/entry_points.txt"  # as installers name it, of wheels and of editable installations


def names() -> tuple[str, ...]:
    """The names of all targets, sorted. Scans every installed distribution."""
    return tuple(sorted(_installed()))


def find(name: str) -> Target | None:
    """The target of that name; None if there is none. Our own win over those of other distributions."""
    place = _own().get(name) or _installed().get(name)
    if place is None:
        return None
    module, _, attribute = place.partition(":")
    made: Target = getattr(import_module(module), attribute)()
    return made


def _installed() -> Mapping[str, str]:
    """Every target's ``module:class`` by its name."""
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=GROUP)} | _own()


def _own() -> dict[str, str]:
    """What the distribution ``camp2iac`` registers; nothing where its metadata is not in a plain folder of the path."""
    for folder in sys.path:
        for file in Path(folder).glob(_OWN) if folder else ():
            return dict(_entries(file.read_text(encoding="utf-8")))
    return {}


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """The lines ``name = module:class`` of our group (packaging.python.org, "Entry points specification")."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line and line[0] not in "#;":
            name, _, place = line.partition("=")
            yield name.strip(), place.strip()
