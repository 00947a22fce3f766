"""What other packages add, found through entry points: to a target, and as formats beside the modules of ours."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType


def find(group: str, name: str) -> object:
    """The object of an entry point; None if no installed package has one. The first by its value, if several do.

    ``LookupError`` if the package cannot be imported. Reads the metadata of all installed packages (35 ms), so look for
    your own parts first.
    """
    from importlib.metadata import entry_points

    points = sorted(entry_points(group=group, name=name), key=lambda point: point.value)
    if not points:
        return None
    try:
        loaded: object = points[0].load()
    except (ImportError, AttributeError) as error:
        raise LookupError(f"the entry point {name} of {group} cannot be loaded: {error}") from error
    return loaded


def formats(group: str, package: ModuleType) -> tuple[str, ...]:
    """The names of all formats, sorted: of the modules in a package of ours, and of entry points."""
    from importlib.metadata import entry_points

    return tuple(sorted({*_modules(package), *(point.name for point in entry_points(group=group))}))


def format_of(group: str, package: ModuleType, attribute: str, name: str) -> object:
    """The format of a name: the attribute of our module, else what :func:`find` finds; None if there is none."""
    module = _modules(package).get(name)
    if module is None:
        return find(group, name)
    found: object = getattr(import_module(f"{package.__name__}.{module}"), attribute)
    return found


def _modules(package: ModuleType) -> dict[str, str]:
    """The modules of a package, by the names of their formats."""
    return {each.name.replace("_", "-"): each.name for each in pkgutil.iter_modules(package.__path__)}
