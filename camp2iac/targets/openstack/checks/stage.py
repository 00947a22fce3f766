"""When a check is run."""

from __future__ import annotations

from enum import Enum


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
