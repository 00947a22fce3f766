"""Checks of a layout, one a file: each module here has ``check(layout) -> Iterator[Diagnostic]``.

It may say its ``STAGE``: when it is run.
"""

from __future__ import annotations

from enum import Enum
from types import ModuleType

from camp2iac.diagnostics import Diagnostics
from camp2iac.targets.kit import run_checks
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


class Stage(Enum):
    """What an error of a check means for the others.

    ``BASIS``: the rest of the layout makes no sense with it: nothing else is looked at. ``LAYOUT``, which a check is in
    that says nothing: no module can be made. ``BESIDE``: looked at with those, but a module can be made all the same.
    ``USE``: who can reach what, and of which size: looked at where the layout is sound.
    """

    BASIS = 1
    BESIDE = 2
    LAYOUT = 3
    USE = 4


def run(layout: OpenStackLayout, diagnostics: Diagnostics) -> bool:
    """Run every check of this folder; whether a module can be made of the layout."""

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
