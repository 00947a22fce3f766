"""The declarations of each language, which are data: ``declarations.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from camp2iac.prepared import read_yaml
from camp2iac.record import Record, convert
from camp2iac.targets.programs.demands.sources import Declaration

_FILE = Path(__file__).parent / "declarations.yaml"


class DeclaredLanguage(Record, frozen=True, forbid_unknown_fields=True):
    """The products whose releases are meant, the kinds of artifacts in the language, and its declarations."""

    products: tuple[str, ...]
    kinds: tuple[str, ...]
    declarations: tuple[Declaration, ...]


@cache
def languages() -> Mapping[str, DeclaredLanguage]:
    """All languages. Each name is that of a product of the catalogue."""
    return convert(read_yaml(_FILE), dict[str, DeclaredLanguage])


def of(product: str) -> tuple[Declaration, ...]:
    """The declarations of the releases of a product. Empty: there are none."""
    return next((each.declarations for each in languages().values() if product in each.products), ())
