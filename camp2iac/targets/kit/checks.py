"""Checks of a target: found by their folder, as those of the topology are."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity, Span
from camp2iac.diagnostics.suggest import choices, nearest


def run_checks(
    package: ModuleType | str,
    layout: Any,
    diagnostics: Diagnostics,
    among: Callable[[ModuleType], bool] = lambda _: True,
) -> bool:
    """Run the checks of a package, by name: each module in it has ``check(layout) -> Iterable[Diagnostic]``.

    Args:
        package: the folder of checks.
        layout: what each gets.
        diagnostics: takes what they find.
        among: which modules are run now.

    Returns:
        Whether they found no error.
    """
    before = _errors(diagnostics)
    module = import_module(package) if isinstance(package, str) else package
    for name in sorted(each.name for each in pkgutil.iter_modules(module.__path__)):
        check = import_module(f"{module.__name__}.{name}")
        if among(check):
            found: Iterable[Diagnostic] = check.check(layout)
            diagnostics.extend(found)
    return _errors(diagnostics) == before


def _errors(diagnostics: Diagnostics) -> int:
    return sum(item.level is Severity.ERROR for item in diagnostics)


def unknown_name(
    name: str, known: Collection[str], what: str, where: str, span: Span | None, offered: Collection[str] | None = None
) -> Diagnostic:
    """CAMP601: an environment file names something that the plan does not have.

    Args:
        name: as written.
        known: the names that would do.
        what: what it should be the name of: ``component``, ``network``.
        where: the environment file, or ``--set``.
        span: of the name; None where it stands in no file.
        offered: the names to list where none is near; None: all that are known.
    """
    offered = known if offered is None else offered
    best = nearest(name, sorted(known))
    return Diagnostic(
        "CAMP601",
        f"{where} sets a {what} that the plan does not have: {name}",
        span,
        label=f"no {what} of this name",
        help="" if best else f"the plan has {choices(name, offered)}" if offered else f"the plan has no {what}s",
        fixes=edits.part(span, name, best),
    )
