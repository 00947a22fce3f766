"""Which releases of a language code needs, as its files declare it: from their notations to the range of a plan."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.catalogue import Product
from camp2iac.catalogue.notations import Interval, holds, intervals, text_of
from camp2iac.detect.files import Folder
from camp2iac.record import Record
from camp2iac.targets.programs.demands.sources import Declaration

_MOST = 200  # characters of a declaration
CURRENT = ("debian-12", "debian-13")  # systems whose instances the proofs boot


class Wish(Record, frozen=True):
    """A declaration. ``file``: where it is. ``words``: what it says. ``range``: empty if the catalogue has no release
    in it."""

    file: str
    words: str
    range: str


def find(folder: Folder, declarations: Iterable[Declaration], product: Product) -> Wish | None:
    """The first declaration that an operating system of the catalogue satisfies, else the first that can be read."""
    depth = max((len(release.text.split(".")) for release in product.releases), default=1)
    first: Wish | None = None
    for declaration in declarations:
        for file, value in folder.values(declaration):
            found = intervals(value[:_MOST], declaration.form, depth)
            if not found:
                continue
            wish = Wish(folder.shown(file), " ".join(value[:_MOST].split()), _range(found, product))
            if any(holds(each, release) for each in found for release in product.available.values()):
                return wish
            first = first or wish
    return first


def released(release: str, product: Product) -> str:
    """The range for a release that a container image has: that release if a current system has it, else that or newer.

    Empty if the catalogue has none of them.
    """
    depth = max((len(each.text.split(".")) for each in product.releases), default=1)
    for interval in intervals(release, "npm", depth):
        current = (product.available.get(os) for os in CURRENT)
        if any(each is not None and holds(interval, each) for each in current):
            return text_of(interval)
        newer = (interval[0], None)
        if any(holds(newer, each) for each in product.available.values()):
            return text_of(newer)
    return ""


def _range(found: list[Interval], product: Product) -> str:
    """The range for a plan: of several intervals, all if no known release is between them, else the newest."""
    whole = (found[0][0], found[-1][1])
    fits = {release for release in product.releases if any(holds(each, release) for each in found)}
    if not fits:
        return ""
    if {release for release in product.releases if holds(whole, release)} == fits:
        return text_of(whole)
    return next(text_of(each) for each in reversed(found) if any(holds(each, release) for release in fits))
