"""Amounts as plans write them: ``2 GiB``, ``500MB``. The profile's schemas have checked their form."""

from __future__ import annotations

import math
import re

_FACTOR = {
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "TiB": 2**40,
}
_AMOUNT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([KMGT]i?B)")


def parse(text: str) -> int | None:
    """Bytes; None if the string is not an amount."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    number, unit = match.groups()
    whole, _, part = number.partition(".")
    factor = _FACTOR[unit]
    return int(whole) * factor + (int(part) * factor // 10 ** len(part) if part else 0)


def mebibytes(text: str) -> int:
    """MiB, rounded up. 2 GB counts as 2 GiB, because flavors have such sizes and plans mean them."""
    size = parse(text.replace("B", "iB") if "i" not in text else text)
    return math.ceil((size or 0) / 2**20)


def gibibytes(text: str) -> int:
    """GiB, rounded up: the unit of volumes."""
    return max(1, math.ceil((parse(text) or 0) / 2**30))


def words(mebibytes_: int) -> str:
    """Format an amount: ``2 GiB``, ``512 MiB``, ``1.5 GiB``."""
    if mebibytes_ >= 1024 and mebibytes_ * 10 % 1024 == 0:
        size = mebibytes_ / 1024
        return f"{size:g} GiB"
    return f"{mebibytes_} MiB"
