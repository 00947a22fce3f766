"""What a target adds to the tests of its modules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from camp2iac.record import Record, field
from camp2iac.synth.module import Block, Value

Mocks: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Value]]]
"""Provider to the type of a data source or resource to its values."""


class ModuleTests(Record, frozen=True):
    """What only the target knows about a module, for its tests.

    ``mocks``: values of data sources, if a condition of the module fails with the values that Terraform makes up.
    ``resources``: computed attributes of resources, for the same reason. OpenTofu makes them up when it plans, and
    Terraform does not.
    ``at_maximum``: the values that other variables need when all tiers have their largest number of instances.
    ``asserts``: ``assert`` blocks for the plan with default values.
    """

    mocks: Mocks = field(default_factory=dict)
    at_maximum: Mapping[str, Value] = field(default_factory=dict)
    asserts: tuple[Block, ...] = ()
    resources: Mocks = field(default_factory=dict)
