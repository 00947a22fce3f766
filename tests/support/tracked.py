"""What git says about the project's own files, asked once: each plan in the project would ask anew. A pytest plugin.

With ``--regen``, tests write files of the project: then git is asked.
"""

from __future__ import annotations

from functools import cache

import pytest

from camp2iac.camp import git
from support.plans import ROOT

_TOP = str(ROOT)
_ask = git.listing


def listing(root: str, folder: str) -> git.Listing:
    """As `git.listing`."""
    return _below(folder) if root == _TOP and folder.startswith(_TOP) else _ask(root, folder)


@cache
def _all() -> git.Listing:
    return _ask(_TOP, _TOP)


@cache
def _below(folder: str) -> git.Listing:
    inside = folder[len(_TOP) + 1 :] + "/" if folder != _TOP else ""

    def those(paths: frozenset[str]) -> frozenset[str]:
        return frozenset(path[len(inside) :] for path in paths if path.startswith(inside))

    return git.Listing(those(_all().tracked), those(_all().untracked), those(_all().modules))


def pytest_configure(config: pytest.Config) -> None:
    """Before the first test."""
    if not config.getoption("--regen"):
        git.listing = listing
