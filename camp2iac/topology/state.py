"""What the steps of a build share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from camp2iac.camp.model import Content
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record, field
from camp2iac.topology.declarations import Declarations
from camp2iac.topology.match import Match
from camp2iac.topology.renames.former import FormerNames
from camp2iac.topology.statements import Statements
from camp2iac.topology.usage import Usage

Procfiles: TypeAlias = Callable[[Content], Mapping[str, str]]
"""Reads the process types and command lines in the Procfile of content; empty without one."""


def no_procfiles(_content: Content) -> Mapping[str, str]:
    """Content without a Procfile."""
    return {}


class BuildState(Record):
    """``matches``: the product of each service. ``statements``: the recorder of this build.

    ``procfiles``: reads the Procfile of content. ``former``: the oldest names of renamed parts.
    """

    usage: Usage
    declared: Declarations
    catalogue: Catalogue
    statements: Statements
    diagnostics: Diagnostics
    matches: dict[str, Match] = field(default_factory=dict)
    procfiles: Procfiles = no_procfiles
    former: FormerNames = FormerNames()
