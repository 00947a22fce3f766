"""Checks of a whole topology, one per file. Each module here has ``check(topology, catalogue)``.

A check yields its diagnostics: ``-> Iterator[Diagnostic]``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.topology.model import Topology


def run(topology: Topology, catalogue: Catalogue, diagnostics: Diagnostics) -> None:
    """Run every check in this folder, in the order of their names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        found: Iterable[Diagnostic] = import_module(f"{__name__}.{name}").check(topology, catalogue)
        diagnostics.extend(found)
