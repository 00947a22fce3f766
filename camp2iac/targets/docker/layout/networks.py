"""The networks of containers: those of the plan, and one for what names none."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.containers.layout import names
from camp2iac.topology.model import Network, Tier, Topology

_DEFAULT = "default"


class DockerNetwork(Record, frozen=True):
    """A network on the engine. ``plan``: that of the plan. None: it is the one for what names none."""

    id: str
    plan: Network | None

    @property
    def label(self) -> str:
        """Its name in Terraform's addresses."""
        return names.identifier(self.id)

    @property
    def existing(self) -> str | None:
        """Its name on the engine, if it exists already."""
        return self.plan.existing if self.plan else None


def of(topology: Topology) -> Mapping[str, DockerNetwork]:
    """The networks by id: those of the plan, and ``default`` if a tier names none."""
    found = {id_: DockerNetwork(id_, network) for id_, network in topology.networks.items()}
    if any(not _named(tier) for tier in topology.tiers.values()) or not topology.tiers:
        found.setdefault(_DEFAULT, DockerNetwork(_DEFAULT, None))
    return found


def of_tier(tier: Tier) -> tuple[str, ...]:
    """The networks of a tier, in the order of the plan."""
    return _named(tier) or (_DEFAULT,)


def _named(tier: Tier) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tier.networks.value)) if tier.networks is not None else ()
