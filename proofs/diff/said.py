"""What camp2iac says of an edit, offline: from the files that `synth` wrote before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from camp2iac.review.difference.effects import effects
from camp2iac.review.difference.model import Action, ResourceChange
from camp2iac.synth.sourcemap import DIGESTS, NAME, Standing
from camp2iac.synth.sourcemap_json import standing
from diff.applied import AppliedBase
from diff.planned import Act

#: Terraform has no action of that name
_AS_PLANNED = {Action.RERUN: "update"}


def said(made: AppliedBase, package: Path) -> tuple[frozenset[Act], frozenset[Act]]:
    """The actions, and those on instances that exist only if the operator scaled."""
    module = package / "infra" / Path(made.base.environment).stem
    found = effects(_read(made.module), _read(module))
    surely = frozenset(act for change in found if not change.perhaps for act in _acts(change))
    perhaps = frozenset(act for change in found if change.perhaps for act in _acts(change))
    return surely, perhaps


def holding(made: AppliedBase, found: Iterable[Act]) -> frozenset[Act]:
    """The actions that destroy or replace what holds data in the base."""
    known = {address for address, each in _read(made.module).resources.items() if each.holds_data}
    return frozenset(
        act for act in found if act.action in ("destroy", "replace") and act.address.partition("[")[0] in known
    )


def _read(module: Path) -> Standing:
    """The output of a folder, as its source map describes it. Raises ValueError if it has none."""
    found = standing((module / NAME).read_bytes(), (module / DIGESTS).read_bytes())
    if found is None:
        raise ValueError(f"{module} has no source map")
    return found


def _acts(change: ResourceChange) -> Iterator[Act]:
    """Those of one change: what moves and changes has two."""
    if change.previous:
        yield Act("move", change.address, change.previous)
    if change.action is not Action.MOVE:
        yield Act(_AS_PLANNED.get(change.action, change.action.value), change.address)
