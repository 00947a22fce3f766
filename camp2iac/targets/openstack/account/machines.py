"""The outcomes of a tier's Compute, Scale, Volume, Ports and Balance."""

from __future__ import annotations

from camp2iac.diagnostics import Fix
from camp2iac.targets.base import Ledger
from camp2iac.targets.kit import separate_data
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.topology.model import Compute, Statement, Volume


def account(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    """Write these outcomes into the ledger."""
    tier = group.tier
    if tier.compute:
        ledger.keep(tier.compute, _compute(layout, group, tier.compute.value))
    if tier.scale:
        fixed = f"{group.scale.maximum} instance{'s' if group.scale.maximum > 1 else ''}"
        ledger.keep(tier.scale, f"-var {names.count(group.id)}=N" if group.variable else fixed)
    for volume in group.volumes:
        _volume(layout, group, volume, ledger)
    for ports in tier.ports:
        ledger.keep(ports, "security group rules")
    if tier.security_groups:
        ledger.keep(tier.security_groups, "on its ports")
    _balance(layout, group, ledger)


def _volume(layout: OpenStackLayout, group: MachineGroup, statement: Statement[Volume], ledger: Ledger) -> None:
    service = layout.topology.services.get(statement.subject.id)
    if service is not None and separate_data.apart(layout.topology, service):
        ledger.degrade(statement, "separate volumes", separate_data.WHY, separate_data.ADVICE)
    else:
        ledger.keep(statement, "volume for each instance" if group.many else "volume")


def _compute(layout: OpenStackLayout, group: MachineGroup, compute: Compute) -> str:
    size = layout.flavors[group.id].size
    words = size.flavor if size else f"variable {names.flavor(group.id)}"
    if compute.os and not any((compute.cores, compute.memory, compute.disk, compute.size)):  # only an os
        words = compute.os
    return f"{words}, boots from a volume" if compute.disk and group.settings.boot_volume else words


def _balance(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    """A load balancer, or an instance with HAProxy, which is this group."""
    if group.tier.balance:
        health = " with health checks" if group.tier.balance.value.health else ""
        ledger.keep(group.tier.balance, f"load balancer{health}")
    before = layout.before.get(group.id)
    if before is None or before.balance is None:
        return
    ledger.degrade(
        before.balance,
        "instance with HAProxy",
        f"One instance with HAProxy, {group.id}, balances the load of {before.id}, because the environment file has "
        f"balancer: haproxy. If it fails, users cannot reach {before.id}.",
        Fix("balancer: octavia", note="Octavia replaces a load balancer that fails"),
    )
