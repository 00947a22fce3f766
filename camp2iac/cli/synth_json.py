"""What ``synth --output json`` prints; docs/json.md describes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.cli import reports
from camp2iac.cli.account import Account, SynthOptions

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.change import Effect

FORMAT = 1


def render(given: SynthOptions, found: Sequence[Account], others: Sequence[Diagnostic]) -> str:
    """All environments, in the order in which they were compiled. ``others``: diagnostics about none of them."""
    return _text(given.plan, [_environment(given, each) for each in found], reports.diagnostics(others, {}))


def stopped(diagnostic: Diagnostic) -> str:
    """An error because of which nothing was compiled."""
    return _text(None, [], reports.diagnostics([diagnostic], {}))


def _text(plan: Path | None, environments: list[dict[str, object]], diagnostics: list[object]) -> str:
    name = reports.plan_name(plan) if environments else None
    return reports.text({"format": FORMAT, "plan": name, "environments": environments, "diagnostics": diagnostics})


def _environment(given: SynthOptions, each: Account) -> dict[str, object]:
    written, result = each.written, each.made.compiled.result
    done = each.done
    return {
        "name": each.environment.stem if each.environment is not None else given.target,
        "environment": each.environment.as_posix() if each.environment is not None else None,
        "target": result.target.name if result is not None else given.target,
        "folder": each.place.as_posix(),
        "status": _status(given, each),
        "written": sorted(done.written) if done is not None else [],
        "unchanged": sorted(done.unchanged) if done is not None else [],
        "removed": sorted(done.removed) if done is not None else [],
        "diff": done.diff if done is not None else "",
        "effects": [_effect(effect) for effect in written.change.effects] if written is not None else [],
        "outcomes": reports.outcomes(each.made.statements()) if result is not None else None,
        "diagnostics": reports.diagnostics(each.diagnostics, each.shown.texts),
    }


def _status(given: SynthOptions, each: Account) -> str:
    if each.done is None:
        return "wrong"
    if not each.done.changed:
        return "same"
    return "differs" if given.check else "written"


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "act": effect.act,
        "address": effect.address,
        "node": effect.tracked.node,
        "part": effect.tracked.part,
        "words": effect.words,
        "loses_data": effect.loses_data,
        "refused": effect.refused,
    }
