"""What camp2iac says of an edit, offline."""

from __future__ import annotations

from pathlib import Path

from diff.applied import AppliedBase
from diff.planned import Act


def said(made: AppliedBase, package: Path) -> tuple[frozenset[Act], frozenset[Act]]:
    """The actions, and those on instances that exist only if the operator scaled."""
    return frozenset(), frozenset()
