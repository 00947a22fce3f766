"""What became of what the plan declares once: parameters, secrets, networks, and services apart from their tiers."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def account(layout: OpenStackLayout, ledger: Ledger) -> None:
    """All of these."""
    topology = layout.topology
    for parameter in topology.parameters.values():
        ledger.keep(parameter.statement, f"variable {names.variable(topology, parameter.id)}")
    for secret in topology.secrets.values():
        asked = f"variable {names.variable(topology, secret.id)}, sensitive"
        ledger.keep(secret.statement, asked if secret.length is None else "generated, in the state")
    for network in topology.networks.values():
        existing = layout.networks[network.id].existing
        ledger.keep(network.statement, "as it is" if existing else "network and subnet")
    for service in topology.services.values():
        if service.placed and service.href is None:
            alone = len(topology.tiers[service.tier].services) == 1
            ledger.keep(service.placed, "machines of its own" if alone else "on the same machines")
        if service.href:
            ledger.keep(service.href, "not made: it is there")
