"""The importers: the modules in :mod:`.formats`, and those of other packages, by entry points of the group
``camp2iac.importers``. Ours take precedence."""

from __future__ import annotations

from typing import cast

from camp2iac.importers import formats
from camp2iac.importers.reading import Importer
from camp2iac.targets import extensions

GROUP = "camp2iac.importers"


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return extensions.formats(GROUP, formats)


def find(name: str) -> Importer | None:
    """The importer of a format; None if there is none. LookupError if its package cannot be imported."""
    return cast("Importer | None", extensions.format_of(GROUP, formats, "IMPORTER", name))
