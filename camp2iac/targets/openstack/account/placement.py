"""What became of where the plan places a tier."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup


def account(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    """Its region, zone, networks, hosts, key pair, floating addresses."""
    tier = group.tier
    if tier.networks:
        ledger.keep(tier.networks, "a port in each" if len(group.nets) > 1 else "a port in it")
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
        where = f"{region.settings.file} puts the tier {group.id} into {region.name}."
        ledger.degrade(statement, str(region.name), where)


def _zone(group: MachineGroup, ledger: Ledger) -> None:
    statement, zone = group.tier.zone, group.zone
    if statement is None:
        return
    if zone == statement.value or zone is None:
        ledger.keep(statement, "availability zone")
    else:
        ledger.degrade(statement, zone, f"{group.settings.file} puts the tier {group.id} into the zone {zone}.")


def _hosts(group: MachineGroup, ledger: Ledger) -> None:
    """Spread and together."""
    spread, together = group.tier.spread, group.tier.together
    if spread:
        ledger.keep(spread, "server group")
    if together and together.value == "no":
        ledger.keep(together, "as it comes")
    elif together and spread:
        ledger.lose(together, f"The machines of {group.id} are to be on different hosts, too: that was heeded.")
    elif together:
        ledger.keep(together, "server group")


def _key_pair(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    statement, own = group.tier.key_pair, layout.key_pairs[group.id].own
    if statement is None:
        return
    if own and own != statement.value:
        where = f"{layout.environment.shown} gives the tier {group.id} the key pair {own}."
        ledger.degrade(statement, own, where)
    else:
        ledger.keep(statement, "key pair")


def _floating(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    statement = group.tier.floating
    if statement is None:
        return
    if group.floating:
        ledger.keep(statement, "a floating address")
    elif layout.public(group) and group.tier.balance is None:
        why = f"Something on {group.id} is exposed to the public, and no balancer stands before it."
        ledger.lose(statement, why)
    else:
        ledger.keep(statement, "no floating address")
