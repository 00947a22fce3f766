"""The ports of tiers, and how others reach them."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.kit.service_ports import FrontPort
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.listeners import Listener
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.topology.model import Tier, Topology


class Traffic(Record, frozen=True):
    """The ports of all tiers.

    ``topology``: the plan's, with HAProxy tiers. ``groups``: all tiers with instances, by id. ``before``: maps HAProxy
    tiers to the plan's tiers behind them; ``behind`` is the reverse, by ids. ``beside``: maps
    tiers with HAProxy on the instance itself to its service. ``ports``: of components, services and
    tiers. ``front_ports``: of services with a load balancer product. ``endpoints``: maps tiers to their endpoints.
    ``listeners``: maps the plan's tiers to their load balancer's ports for links.
    """

    topology: Topology
    groups: Mapping[str, MachineGroup]
    before: Mapping[str, Tier]
    behind: Mapping[str, str]
    beside: Mapping[str, str]
    ports: Mapping[str, int]
    front_ports: Mapping[str, tuple[FrontPort, ...]]
    endpoints: Mapping[str, tuple[Endpoint, ...]]
    listeners: Mapping[str, tuple[Listener, ...]]

    @property
    def file(self) -> str:
        """The plan's name in comments."""
        return self.topology.file

    def listener(self, user: str, service: str, callee: str | None = None) -> Listener | None:
        """The listener through which a tier reaches a service; None if it connects to the instance itself.

        ``callee``: the component on the service, or empty; None: any.
        """
        found = (
            each for each in self.listeners.get(self.topology.services[service].tier, ()) if each.service == service
        )
        return next((each for each in found if user in each.users and callee in (None, each.callee)), None)
