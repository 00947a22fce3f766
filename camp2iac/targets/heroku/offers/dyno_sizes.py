"""Dyno sizes, and the stack that dynos run on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from camp2iac.record import Record, convert
from camp2iac.targets.kit.product_files import read

STACK = "heroku-26"
"""The default stack, which determines the available releases of a language."""

_FILE = Path(__file__).with_name("dynos.yaml")


class Dyno(Record, frozen=True):
    """A dyno size. ``memory``: in MiB. ``says``: as Heroku writes it. ``single``: only one dyno per process type.

    ``autoscales``: Heroku can autoscale such web dynos. ``price``: in USD a month; None: not published.
    """

    name: str
    memory: int
    says: str
    family: str
    shared: bool = False
    single: bool = False
    autoscales: bool = False
    price: int | None = None


@cache
def dynos(where: str) -> Mapping[str, Dyno]:
    """The sizes of a runtime, smallest first: ``common``, ``private``, ``shield`` (both in spaces) or ``fir``."""
    return {name: convert({"name": name, **size}, Dyno) for name, size in read(_FILE)[where].items()}


def date() -> str:
    """The date of the sizes and prices."""
    return str(read(_FILE)["as_of"])


def mebibytes(amount: int) -> str:
    """``512 MiB``, ``2 GiB``, as in plans."""
    return f"{amount / 1024:g} GiB" if amount >= 1024 else f"{amount} MiB"
