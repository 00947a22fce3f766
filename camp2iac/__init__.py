"""camp2iac compiles OASIS CAMP plans into Terraform and cloud-init.

The library in five lines::

    from camp2iac import read

    plan = read("camp.yaml")
    compilation = plan.compile("environments/prod.yaml")
    if compilation.ok:
        compilation.write("infra/prod")

These are the names for users; :mod:`camp2iac.targets.api` has the names for authors of targets. docs/library.md
describes both. Names are imported when they are first used, so ``import camp2iac`` is fast.
"""

from __future__ import annotations

from camp2iac.version import VERSION

TYPE_CHECKING = False  # not from typing, which is so slow to import that Ctrl-C could hit before we handle it
if TYPE_CHECKING:
    from typing import Any

    from camp2iac.compilation import Compilation, PlanError
    from camp2iac.diagnostics import Diagnostic, Fix, Label, Severity, Span
    from camp2iac.diagnostics.formats import render
    from camp2iac.plan import Check, Plan, read
    from camp2iac.review.change import Change, Effect
    from camp2iac.review.delivery import Written
    from camp2iac.review.difference.model import EnvironmentDifference, ResourceChange
    from camp2iac.targets.base import LedgerEntry, Outcome


__version__ = VERSION

__all__ = [
    "Change",
    "Check",
    "Compilation",
    "Diagnostic",
    "Effect",
    "EnvironmentDifference",
    "Fix",
    "Label",
    "LedgerEntry",
    "Outcome",
    "Plan",
    "PlanError",
    "ResourceChange",
    "Severity",
    "Span",
    "Written",
    "__version__",
    "read",
    "render",
]

_PLACES = {
    "Change": "review.change",
    "Check": "plan",
    "Compilation": "compilation",
    "Diagnostic": "diagnostics",
    "Effect": "review.change",
    "EnvironmentDifference": "review.difference.model",
    "Fix": "diagnostics",
    "Label": "diagnostics",
    "LedgerEntry": "targets.base",
    "Outcome": "targets.base",
    "Plan": "plan",
    "PlanError": "compilation",
    "ResourceChange": "review.difference.model",
    "Severity": "diagnostics",
    "Span": "diagnostics",
    "Written": "review.delivery",
    "read": "plan",
    "render": "diagnostics.formats",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'camp2iac' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"camp2iac.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
