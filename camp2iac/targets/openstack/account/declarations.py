"""The outcomes of parameters, secrets, networks, and the placement of services."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Component, Network, Statement


def account(layout: OpenStackLayout, ledger: Ledger) -> None:
    """Write these outcomes into the ledger."""
    topology = layout.topology
    for parameter in topology.parameters.values():
        ledger.keep(parameter.statement, f"variable {names.variable(topology, parameter.id)}")
    for secret in topology.secrets.values():
        asked = f"variable {names.variable(topology, secret.id)}, sensitive"
        ledger.keep(secret.statement, asked if secret.length is None else "generated, in the state")
    for network in topology.networks.values():
        _network(layout, network, ledger)
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
                _tier(layout, component, process.tier, ledger)


def _network(layout: OpenStackLayout, network: Network, ledger: Ledger) -> None:
    """The outcome of a network."""
    if not layout.networks[network.id].existing:
        ledger.keep(network.statement, "network and subnet")
    elif network.dns:
        why = "An existing network keeps its own name servers."
        ledger.degrade(network.statement, "existing network", why, "Set them on its subnet, or remove  dns .")
    else:
        ledger.keep(network.statement, "existing network")


def _tier(layout: OpenStackLayout, component: Component, statement: Statement[str], ledger: Ledger) -> None:
    """The outcome of a process's tier."""
    topology = layout.topology
    how = "own instances" if len(topology.tiers[component.tier].services) == 1 else "shared instances"
    product = topology.services[component.host].product
    if component.part_of and product.server:
        why = f"{product.title} serves there too: camp2iac installs a product as a whole. No rule opens its port."
        ledger.degrade(statement, how, why)
    else:
        ledger.keep(statement, how)
