"""The outcomes of a tier's Placement."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup


def account(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    """Write the outcomes of region, zone, networks, hosts, key pair and floating IPs into the ledger."""
    tier = group.tier
    if tier.networks:
        ledger.keep(tier.networks, f"port in {'each' if len(group.nets) > 1 else 'the'} network")
    _region(group, ledger)
    _zone(group, ledger)
    _hosts(group, ledger)
    _key_pair(layout, group, ledger)
    _floating(layout, group, ledger)


def _region(group: MachineGroup, ledger: Ledger) -> None:
    statement, region = group.tier.region, group.region
    if statement is None:
        return
    if statement.value == region.name:
        ledger.keep(statement, f"provider openstack.{region.alias}" if region.alias else "the provider's region")
    else:
        where = f"{region.settings.file} places the tier {group.id} in {region.name}."
        ledger.degrade(statement, str(region.name), where)


def _zone(group: MachineGroup, ledger: Ledger) -> None:
    statement, zone = group.tier.zone, group.zone
    if statement is None:
        return
    if zone == statement.value or zone is None:
        ledger.keep(statement, "availability zone")
    else:
        ledger.degrade(statement, zone, f"{group.settings.file} places the tier {group.id} in the zone {zone}.")


def _hosts(group: MachineGroup, ledger: Ledger) -> None:
    """Spread and together."""
    spread, together = group.tier.spread, group.tier.together
    if spread:
        ledger.keep(spread, "server group")
    if together and together.value == "no":
        ledger.keep(together, "no server group")
    elif together and spread:
        ledger.lose(together, f"The plan also spreads {group.id} over hosts. camp2iac uses spread.")
    elif together:
        ledger.keep(together, "server group")


def _key_pair(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    statement, own = group.tier.key_pair, layout.key_pairs[group.id].own
    if statement is None:
        return
    if own and own != statement.value:
        where = f"{layout.environment.shown} sets the key pair of the tier {group.id} to {own}."
        ledger.degrade(statement, own, where)
    else:
        ledger.keep(statement, "key pair")


def _floating(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    statement = group.tier.floating
    if statement is None:
        return
    if group.floating:
        ledger.keep(statement, "floating IP")
    elif layout.public(group) and group.tier.balance is None:
        why = f"{group.id} has a public component and no load balancer, so its instances need floating IPs."
        ledger.lose(statement, why)
    else:
        ledger.keep(statement, "no floating IP")
