"""The exporters: the modules in :mod:`.formats`, and those of other packages, by entry points of the group
``camp2iac.exporters``. Ours take precedence."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from camp2iac.exporters import formats
from camp2iac.exporters.exporting import Exporter

GROUP = "camp2iac.exporters"


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    from importlib.metadata import entry_points

    return tuple(sorted({*_own(), *(point.name for point in entry_points(group=GROUP))}))


def find(name: str) -> Exporter | None:
    """The exporter of a format; None if there is none."""
    from importlib.metadata import entry_points

    module = _own().get(name)
    if module is not None:
        own: Exporter = import_module(f"{formats.__name__}.{module}").EXPORTER
        return own
    for point in sorted(entry_points(group=GROUP, name=name), key=lambda point: point.value):
        found: Exporter = point.load()
        return found
    return None


def _own() -> dict[str, str]:
    """The modules of our formats, by the names of the formats."""
    return {each.name.replace("_", "-"): each.name for each in pkgutil.iter_modules(formats.__path__)}
