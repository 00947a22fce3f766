"""The difference for programs, as docs/diff-format.md describes it."""

from __future__ import annotations

import json
from enum import Enum

from camp2iac.record import Record, asdict
from camp2iac.review.difference.model import Difference
from camp2iac.review.formats.difference.findings import count
from camp2iac.review.formats.difference.headline import headline

FORMAT = 1
"""Raised if a key changes its meaning or goes. New keys do not raise it."""


def render(difference: Difference) -> str:
    """One document. Strings are as they are, without escapes other than those of JSON."""
    document = {
        "format": FORMAT,
        "title": difference.title,
        "old": difference.old,
        "new": difference.new,
        "headline": headline(difference),
        "environments": [
            {
                "name": each.name,
                "target": each.target,
                "status": each.status,
                "compared": each.compared,
                "same": each.same,
                "counts": {action.value: number for action, number in count(each.resources).items()},
                **{key: _plain(value) for key, value in asdict(each).items() if key not in _HEAD},
            }
            for each in difference.environments
        ],
    }
    return json.dumps(document, indent=2) + "\n"


_HEAD = ("name", "target", "status", "compared")


def _plain(value: object) -> object:
    """Records as mappings, tuples as lists, enums as their values."""
    if isinstance(value, Record):
        return {key: _plain(each) for key, each in asdict(value).items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
