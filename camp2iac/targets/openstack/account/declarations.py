"""The outcomes of parameters, secrets, networks, and the placement of services."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def account(layout: OpenStackLayout, ledger: Ledger) -> None:
    """Write these outcomes into the ledger."""
    topology = layout.topology
    for parameter in topology.parameters.values():
        ledger.keep(parameter.statement, f"variable {names.variable(topology, parameter.id)}")
    for secret in topology.secrets.values():
        asked = f"variable {names.variable(topology, secret.id)}, sensitive"
        ledger.keep(secret.statement, asked if secret.length is None else "generated, in the state")
    for network in topology.networks.values():
        existing = layout.networks[network.id].existing
        ledger.keep(network.statement, "existing network" if existing else "network and subnet")
    for service in topology.services.values():
        if service.placed and service.href is None:
            alone = len(topology.tiers[service.tier].services) == 1
            ledger.keep(service.placed, "own instances" if alone else "shared instances")
        for chosen in service.chosen_by if service.product.managed and service.href is None else ():
            ledger.keep(chosen, "container, with keys for S3")
        if service.href:
            ledger.keep(service.href, "exists elsewhere")
            for chosen in service.chosen_by:
                ledger.keep(chosen, "the existing service")
    for component in topology.components.values():
        for process in component.processes:
            if process.tier:
                alone = len(topology.tiers[component.tier].services) == 1
                ledger.keep(process.tier, "own instances" if alone else "shared instances")
