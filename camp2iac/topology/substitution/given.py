"""What an environment says about a plan's values, and what the plan becomes with them."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.camp.model import PlanDocument
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Scalar
from camp2iac.diagnostics.span import Span
from camp2iac.record import Record, field
from camp2iac.topology.substitution.places import Places

NOTHING = YamlMapping({}, Span("", 1, 1, 1, 1))


class Given(Record, frozen=True):
    """The values of one environment.

    ``file``: its name in messages; empty without a file. ``parameters``: values from the file and ``--set``.
    ``overrides``: the section of the file. ``platform``: whether a platform was named. Without one, the plan is only
    checked, so a parameter without a value is not an error. ``attributes``: whether the platform must know attributes
    of products when the plan is compiled. ``encrypted``: parameters whose values in the file are encrypted.
    """

    file: str = ""
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    overrides: YamlMapping = NOTHING
    platform: bool = False
    attributes: bool = False
    encrypted: Mapping[str, MappingEntry] = field(default_factory=dict)


class Substituted(Record, frozen=True):
    """A plan with the values of an environment.

    ``used``: the parameters whose values it contains. ``displaced``: those that ``overrides`` replaced. ``unchecked``:
    those of the used ones with a pattern that only Terraform can check. ``places``: where the values come from.
    """

    plan: PlanDocument
    used: frozenset[str]
    displaced: frozenset[str]
    unchecked: frozenset[str]
    places: Places
