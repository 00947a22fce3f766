"""The metadata that camp2iac sets for instances and volumes.

The operator's ``metadata`` in the environment file is added to it, with other keys (CAMP623).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

MetadataKey: TypeAlias = Literal["application", "environment", "region", "tags", "tier"]
KEYS: tuple[MetadataKey, ...] = get_args(MetadataKey)

_LONGEST = 255  # of a value in Nova's metadata


def of_all(topology: Topology, environment: Environment) -> Mapping[MetadataKey, str]:
    """The metadata of all resources, with the plan's tags if they fit into one value."""
    known: dict[MetadataKey, str] = {
        "application": names.application(topology),
        "environment": slug(environment.name),
    }
    words = ", ".join(topology.tags)
    if words and len(words) <= _LONGEST:
        known["tags"] = words
    return known


def of_group(group: MachineGroup) -> Mapping[MetadataKey, str]:
    """Additional metadata of a tier. The region is in it if the plan or the environment file names it."""
    own: dict[MetadataKey, str] = {"tier": group.id}
    if group.region.name and (group.tier.region or group.settings.region_of(group.id)):
        own["region"] = group.region.name
    return own
