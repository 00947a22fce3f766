"""The severity of a diagnostic."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """An ERROR stops the compiler, a WARNING stops it with ``--strict``, a NOTE never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
