"""How bad a fault is."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How bad it is. An ERROR stops the compiler, a WARNING does so under ``--strict``, a NOTE never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
