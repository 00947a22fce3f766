"""What is parsed again and again, parsed once: every compilation reads the whole catalogue. A pytest plugin.

Each caller gets a copy of its own: nothing that one test does to a document reaches another.
"""

from __future__ import annotations

import pickle
from typing import Any

import yaml

_MOST = 100_000  # characters: larger texts are tests' own, each read once
_load = yaml.load
_known: dict[tuple[str, type], bytes] = {}


def load(stream: Any, Loader: Any) -> Any:  # noqa: N803 - its name in PyYAML
    """`yaml.load`, remembering what a text means."""
    if not isinstance(stream, str) or len(stream) > _MOST:
        return _load(stream, Loader)
    key = stream, Loader
    if key not in _known:
        found = _load(stream, Loader)
        _known[key] = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        return found
    return pickle.loads(_known[key])


yaml.load = load
