"""Checks of a layout, one in each file: a module here has ``check(layout) -> Iterator[Diagnostic]``.

Its optional ``STAGE`` says when the check runs.
"""

from __future__ import annotations

from enum import Enum
from types import ModuleType

from camp2iac.diagnostics import Diagnostics
from camp2iac.targets.kit import run_checks
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


class Stage(Enum):
    """What an error of a check stops.

    ``BASIS``: all other checks, because the layout makes no sense. ``LAYOUT``, the default: the module.
    ``BESIDE``: nothing; these checks run before those of ``LAYOUT``. ``USE``: nothing; these checks run only if the
    layout has no errors. They are about connections and sizes.
    """

    BASIS = 1
    BESIDE = 2
    LAYOUT = 3
    USE = 4


def run(layout: OpenStackLayout, diagnostics: Diagnostics) -> bool:
    """Run every check of this folder. Returns whether the layout can become a module."""

    def sound(stage: Stage) -> bool:
        def among(module: ModuleType) -> bool:
            return getattr(module, "STAGE", Stage.LAYOUT) is stage

        return run_checks(__name__, layout, diagnostics, among)

    if not sound(Stage.BASIS):
        return False
    sound(Stage.BESIDE)
    if not sound(Stage.LAYOUT):
        return False
    sound(Stage.USE)
    return True
