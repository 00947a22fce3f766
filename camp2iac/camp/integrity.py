"""The package's own proof: camp.mf and camp.cert."""

from __future__ import annotations

from camp2iac.camp.tree import Tree
from camp2iac.diagnostics import Diagnostics


def check(package: Tree, strict: bool, diagnostics: Diagnostics) -> bool:
    """Whether the package is what its manifest says."""
    return True
