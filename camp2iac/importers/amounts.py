"""Amounts and numbers of a source: ``512M``, ``1.5GB``, ``250m`` of a core."""

from __future__ import annotations

import math
import re

from camp2iac.importers.draft import DraftService, DraftValue
from camp2iac.topology.quantities import words

_BYTES = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*(b|k|kb|ki|kib|m|mb|mi|mib|g|gb|gi|gib|t|tb|ti|tib)?", re.IGNORECASE)
_CORES = re.compile(r"(\d{1,5}(?:\.\d{1,6})?)(m?)")
_UNITS = {"b": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def mebibytes(text: str) -> int | None:
    """MiB of an amount, rounded up; None if it is not one."""
    match = _BYTES.fullmatch(text.strip())
    if match is None:
        return None
    unit = (match[2] or "b")[0].lower()
    return max(1, math.ceil(float(match[1]) * float(1024 ** _UNITS[unit]) / 2**20))


def cores(text: str) -> int | None:
    """Whole cores, rounded up; None if it is not a number of cores."""
    match = _CORES.fullmatch(text.strip())
    if match is None:
        return None
    return max(1, math.ceil(float(match[1]) / (1000 if match[2] else 1)))


def at_least(service: DraftService, key: str, number: int) -> None:
    """Set ``cores``, or ``memory`` in MiB, of Compute, unless it has more already."""
    values = service.characteristic("org.camp2iac:Compute").values
    old = values.get(key)
    before = (mebibytes(old) or 0) if isinstance(old, str) else old if isinstance(old, int) else 0
    new: DraftValue = number if key == "cores" else words(number)
    if number > before:
        values[key] = new
