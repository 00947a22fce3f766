"""The text of templates of products. Those of users can change between two compilations in one process."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from camp2iac.camp.bounded import read_plain
from camp2iac.catalogue.loader import BUILT_IN

_OURS = BUILT_IN.parents[1]
MOST_BYTES = 1_000_000  # of a template: anyone can write a catalogue


def template_source(places: Sequence[Path], name: str) -> tuple[str, None, Callable[[], bool] | None] | None:
    """The text of a template, from the first folder that has it, for Jinja's ``FunctionLoader``. With it, a function
    that says whether a user's file is unchanged; None for our own files.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if any(part == os.pardir or os.sep in part or (os.altsep or os.sep) in part for part in parts):
        return None
    candidates = (place.joinpath(*parts) for place in places)
    path = next((each for each in candidates if each.exists() and not each.is_dir()), None)
    if path is None:
        return None
    state = _state(path)
    text = read_plain(path, MOST_BYTES).decode("utf-8")
    return text, None, None if path.is_relative_to(_OURS) else lambda: _state(path) == state


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        at = path.stat()
    except OSError:
        return None
    return at.st_mtime_ns, at.st_size, at.st_ino


def template_error() -> type[Exception]:
    """The base class of Jinja's exceptions, for an ``except``: its import is only for those who have an exception."""
    from jinja2 import TemplateError

    return TemplateError
