"""Checks of a layout, one a file: each module here has ``check(layout, diagnostics)``, and may say its ``STAGE``."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

from camp2iac.diagnostics import Diagnostics
from camp2iac.targets.openstack.checks.stage import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def run(layout: OpenStackLayout, diagnostics: Diagnostics) -> bool:
    """Run every check of this folder; whether a module can be made of the layout."""
    found = [
        import_module(f"{__name__}.{name}") for name in sorted(each.name for each in pkgutil.iter_modules(__path__))
    ]
    checks = [module for module in found if hasattr(module, "check")]
    if not _sound(checks, Stage.BASIS, layout, diagnostics):
        return False
    _sound(checks, Stage.BESIDE, layout, diagnostics)
    if not _sound(checks, Stage.LAYOUT, layout, diagnostics):
        return False
    _sound(checks, Stage.USE, layout, diagnostics)
    return True


def _sound(checks: Iterable[ModuleType], stage: Stage, layout: OpenStackLayout, diagnostics: Diagnostics) -> bool:
    """Run the checks of a stage; whether they find no error."""
    before = _errors(diagnostics)
    for module in checks:
        if getattr(module, "STAGE", Stage.LAYOUT) is stage:
            module.check(layout, diagnostics)
    return _errors(diagnostics) == before


def _errors(diagnostics: Diagnostics) -> int:
    return sum(1 for item in diagnostics if item.level.value == "error")
