"""Who speaks with whom: what tiers have at their ports, and by which way others reach it."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.listeners import Listener
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.service_ports import FrontPort
from camp2iac.topology.model import Tier, Topology


class Traffic(Record, frozen=True):
    """What is at the ports of all tiers.

    ``topology``: the plan's, with a tier for each machine with HAProxy. ``groups``: all tiers that have machines, by
    id. ``before``: HAProxy tiers to the tiers, as the plan has them, that they stand before; ``behind``: the other way
    round, by ids. ``ports``: where components, services and (by their first service) tiers listen. ``front_ports``: of
    the services whose product is a balancer. ``endpoints``: tiers to where users ask. ``listeners``: tiers, as the plan
    has them, to the ports for links of what balances them.
    """

    topology: Topology
    groups: Mapping[str, MachineGroup]
    before: Mapping[str, Tier]
    behind: Mapping[str, str]
    ports: Mapping[str, int]
    front_ports: Mapping[str, tuple[FrontPort, ...]]
    endpoints: Mapping[str, tuple[Endpoint, ...]]
    listeners: Mapping[str, tuple[Listener, ...]]

    @property
    def file(self) -> str:
        """The plan's name as comments give it."""
        return self.topology.file

    def listener(self, user: str, service: str) -> Listener | None:
        """The listener by which the components of a tier reach a service; None where they reach its machine."""
        found = (
            each for each in self.listeners.get(self.topology.services[service].tier, ()) if each.service == service
        )
        return next((each for each in found if user in each.users), None)
