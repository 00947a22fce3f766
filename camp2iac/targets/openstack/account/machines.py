"""What became of what the plan says of a tier's machines."""

from __future__ import annotations

from camp2iac.targets.base import Ledger, Remedy
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.topology.model import Compute


def account(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    """Compute, Scale, Volume, Ports, Balance."""
    tier = group.tier
    if tier.compute:
        ledger.keep(tier.compute, _compute(layout, group, tier.compute.value))
    if tier.scale:
        fixed = f"{group.scale.maximum} machine{'s' if group.scale.maximum > 1 else ''}"
        ledger.keep(tier.scale, f"-var {names.count(group.id)}=N" if group.variable else fixed)
    for volume in group.volumes:
        ledger.keep(volume, "a volume for each machine" if group.many else "a volume")
    for ports in tier.ports:
        ledger.keep(ports, "security group rules")
    if tier.security_groups:
        ledger.keep(tier.security_groups, "on its ports")
    _balance(layout, group, ledger)


def _compute(layout: OpenStackLayout, group: MachineGroup, compute: Compute) -> str:
    size = layout.flavors[group.id].size
    words = size.flavor if size else f"variable {names.flavor(group.id)}"
    if compute.os and not any((compute.cores, compute.memory, compute.disk, compute.size)):  # nothing else is said
        words = compute.os
    return f"{words}, boots from a volume" if compute.disk and group.settings.boot_volume else words


def _balance(layout: OpenStackLayout, group: MachineGroup, ledger: Ledger) -> None:
    """By a balancer of the cloud's; or by one machine, which is this group."""
    if group.tier.balance:
        ledger.keep(
            group.tier.balance, "asked by the balancer" if group.tier.balance.value.health else "a load balancer"
        )
    before = layout.before.get(group.id)
    if before is None or before.balance is None:
        return
    ledger.degrade(
        before.balance,
        "a machine with HAProxy",
        f"The environment says that the cloud has no load balancer: one machine with HAProxy, {group.id}, stands "
        f"before {before.id}. While it is away, so is what is behind it.",
        Remedy("a cloud with Octavia has balancers that outlive a machine", "balancer: octavia"),
    )
