"""Checks of a whole topology, one a file: each module here has ``check(topology, catalogue, diagnostics)``."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostics
from camp2iac.topology.model import Topology


def run(topology: Topology, catalogue: Catalogue, diagnostics: Diagnostics) -> None:
    """Run every check of this folder, by name."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        import_module(f"{__name__}.{name}").check(topology, catalogue, diagnostics)
