"""What the steps of a build share."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import Record, field
from camp2iac.topology.declarations import Declarations
from camp2iac.topology.match import Match
from camp2iac.topology.statements import Statements
from camp2iac.topology.usage import Usage


class BuildState(Record):
    """``matches``: the product of each service. ``statements``: the recorder of this build."""

    usage: Usage
    declared: Declarations
    catalogue: Catalogue
    statements: Statements
    diagnostics: Diagnostics
    matches: dict[str, Match] = field(default_factory=dict)
