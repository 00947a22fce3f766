"""Floating IPs."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Value, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import external
from camp2iac.targets.openstack.resource_types import FLOATING_IP, LOAD_BALANCER


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The floating IPs of a tier's load balancer or instances, and those that Placement asks for."""
    placement = made.plan(f"{group.id}, Placement: floating")
    balanced = group.tier.balance is not None
    if layout.floating(group):
        public = [each for each in layout.endpoints[group.id] if each.public]
        asked = [made.plan(f"{each.reason}{'' if each.implied else ': public'}") for each in public]
        if group.floating and not balanced:
            asked.append(placement)
        if not asked:
            asked.append(made.plan("links from other regions"))
        _add(made, group, group.label, "; ".join(sorted(set(asked))), balancer=balanced)
    if group.floating and balanced:
        _add(made, group, f"{group.label}_machine", placement, balancer=False)


def _add(made: ModuleBuilder, group: MachineGroup, label: str, comment: str, *, balancer: bool) -> None:
    net = group.balancer_net if balancer else group.nets[0]
    port: Value = ref(f"{LOAD_BALANCER}.{group.label}", ".vip_port_id") if balancer else group.port(net)
    what = "the VIP" if balancer else "the instance"
    why = f"Neutron needs the router in {what}'s subnet before it can associate the floating IP."
    made.repeated(
        group.file,
        FLOATING_IP,
        label,
        "" if balancer else group.first,
        Attribute("depends_on", (net.interface,), comment=why) if net.interface else None,
        comment=comment,
        origin=group.tier.span,
        for_each=None if balancer else group.slots if group.outside else group.machines,
        provider=group.provider,
        pool=external(group.region),
        port_id=port,
        description=group.name if balancer else group.server_name(),
        tags=ref("local.tags"),
    )
