"""Add-ons for ``extras`` in environment files, which no plan asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from camp2iac.record import Record, convert
from camp2iac.targets.kit.product_files import read

_FILE = Path(__file__).with_name("extras.yaml")


class Extra(Record, frozen=True):
    """An add-on for ``extras``. ``plans``: their prices in USD a month; None: not published.

    ``purpose``: what it is for. ``variables``: the configuration variables that it sets. ``data``: whether it contains
    data of the application.
    """

    purpose: str
    variables: tuple[str, ...]
    plans: Mapping[str, int | None]
    data: bool = False


@cache
def extras() -> Mapping[str, Extra]:
    """The known add-ons for ``extras``, by name."""
    return {name: convert(extra, Extra) for name, extra in read(_FILE)["addons"].items()}


def date() -> str:
    """The date of the add-ons and prices."""
    return str(read(_FILE)["as_of"])
