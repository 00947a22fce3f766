"""Run the checks of a target, which are discovered in a folder like those of the topology."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity, Span
from camp2iac.diagnostics.suggest import choices, nearest

_OVERRIDE = "--set"


def run_checks(
    package: ModuleType | str,
    layout: Any,
    diagnostics: Diagnostics,
    among: Callable[[ModuleType], bool] = lambda _: True,
) -> bool:
    """Run the checks of a package, sorted by name. Each module has ``check(layout) -> Iterable[Diagnostic]``.

    Args:
        package: the package with the checks.
        layout: their argument.
        diagnostics: collects what they find.
        among: selects the modules to run.

    Returns:
        Whether they found no error.
    """
    before = _errors(diagnostics)
    module = import_module(package) if isinstance(package, str) else package
    for check in _checks(module):
        if among(check):
            found: Iterable[Diagnostic] = check.check(layout)
            diagnostics.extend(found)
    return _errors(diagnostics) == before


@cache
def _checks(package: ModuleType) -> tuple[ModuleType, ...]:
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}") for name in names)


def _errors(diagnostics: Diagnostics) -> int:
    return sum(item.level is Severity.ERROR for item in diagnostics)


def unknown_name(
    name: str, known: Collection[str], what: str, where: str, span: Span | None, offered: Collection[str] | None = None
) -> Diagnostic:
    """CAMP601: an environment file contains a name that the plan does not have.

    Args:
        name: as written.
        known: the valid names.
        what: what it names: ``component``, ``network``.
        where: the environment file, or ``--set``.
        span: of the name; None if it is not in a file.
        offered: the names to list if none is similar; None: all valid names.
    """
    offered = known if offered is None else offered
    if span is not None and span.file.startswith(f"{_OVERRIDE} "):  # --set scale.web: the file does not have it
        where, span = span.file, None
    best = nearest(name, sorted(known))
    return Diagnostic(
        "CAMP601",
        f"{where} sets a {what} that the plan does not have: {name}",
        span,
        label=f"no {what} has this name",
        help="" if best else f"the plan has {choices(name, offered)}" if offered else f"the plan has no {what}s",
        fixes=edits.part(span, name, best),
        mistake=name,
    )
