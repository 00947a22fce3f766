"""A renamed part of a plan."""

from __future__ import annotations

from typing import Literal

from camp2iac.camp.model import LocatedText
from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.topology.ids import slug

KEY = "org.camp2iac:previously"

NodeKind = Literal["plan", "artifact", "service", "tier", "network", "parameter", "secret", "volume", "process"]
"""What has a name that can change. ``process``: a process type of an artifact."""


class Rename(Record, frozen=True):
    """A part of the plan and the names that it had, the oldest first.

    ``name``: the current name, as the plan writes it. ``owner``: of a volume or a process type, the name of its service
    or artifact. ``span``: the place of the key. ``place``: that of the current name.
    """

    kind: NodeKind
    name: str
    previously: tuple[LocatedText, ...]
    span: Span
    place: Span
    owner: str = ""

    @property
    def oldest(self) -> str:
        """The first name, which stays on instances and platforms."""
        return self.previously[0].value

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all names, the oldest first and the current one last. Names with the same id count once."""
        return tuple(dict.fromkeys(slug(name) for name in (*(each.value for each in self.previously), self.name)))

    @property
    def words(self) -> str:
        """What it is and its name: ``the service database``."""
        return f"the {self.kind} {self.name}" if self.kind != "process" else f"the process {self.name} of {self.owner}"
