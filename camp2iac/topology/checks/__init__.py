"""Checks of a whole topology, one per file. Each module here has ``check(topology, catalogue)``.

A check yields its diagnostics: ``-> Iterator[Diagnostic]``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.topology.model import Topology


def run(topology: Topology, catalogue: Catalogue, diagnostics: Diagnostics) -> None:
    """Run every check in this folder, in the order of their names."""
    for check in _checks():
        found: Iterable[Diagnostic] = check.check(topology, catalogue)
        diagnostics.extend(found)


@cache
def _checks() -> tuple[ModuleType, ...]:
    return tuple(
        import_module(f"{__name__}.{name}") for name in sorted(each.name for each in pkgutil.iter_modules(__path__))
    )
