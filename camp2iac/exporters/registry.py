"""The exporters: the modules in :mod:`.formats`, and those of other packages, by entry points of the group
``camp2iac.exporters``. Ours take precedence."""

from __future__ import annotations

from typing import cast

from camp2iac.exporters import formats
from camp2iac.exporters.exporting import Exporter
from camp2iac.targets import extensions

GROUP = "camp2iac.exporters"


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return extensions.formats(GROUP, formats)


def find(name: str) -> Exporter | None:
    """The exporter of a format; None if there is none. LookupError if its package cannot be imported."""
    return cast("Exporter | None", extensions.format_of(GROUP, formats, "EXPORTER", name))
