"""What the picture of the application shows of instances, load balancers and floating IPs."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.facts import INTERNET, PlatformEntry, PlatformPart
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup


def parts(layout: OpenStackLayout) -> Iterator[PlatformPart]:
    """The instances of each tier, its floating IPs, and its region if there are several."""
    several = len(layout.regions.all) > 1
    for id_, group in layout.groups.items():
        if id_ in layout.before:
            continue
        yield PlatformPart("tier", id_, _instances(group), scale=True)
        if layout.floating(group) and group.tier.balance is None and id_ not in layout.behind:
            yield PlatformPart("tier", id_, "floating IPs" if group.many else "floating IP")
        if several and group.tier.region is None:
            yield PlatformPart("tier", id_, f"region {group.region.name}")


def _instances(group: MachineGroup) -> str:
    least, most = group.scale.minimum, group.scale.maximum
    return f"{least} to {most} instances" if least < most else f"{most} instance{'s' if most > 1 else ''}"


def entries(layout: OpenStackLayout) -> Iterator[PlatformEntry]:
    """Users of endpoints, and the components that connect through load balancers."""
    for id_, found in layout.endpoints.items():
        for endpoint in found:
            if endpoint.public or endpoint.balanced or endpoint.front:
                yield _users(layout, layout.groups[id_], endpoint)
    for id_, listeners in layout.listeners.items():
        for listener in listeners:
            callers = tuple(sorted({layout.topology.planned_id(link.component) for link in listener.links}))
            through = _balancer(layout, layout.groups[layout.behind.get(id_, id_)])
            if listener.callee:
                callee = layout.topology.planned_id(listener.callee)
                yield PlatformEntry("component", callee, "", (), through, id_, callers)
            else:
                yield PlatformEntry("service", listener.service, "", (), through, id_, callers)


def _users(layout: OpenStackLayout, group: MachineGroup, endpoint: Endpoint) -> PlatformEntry:
    scheme = "HTTPS" if endpoint.certificate else endpoint.words
    sources = (INTERNET,) if endpoint.public else tuple(f"the network {net.id}" for net in group.nets)
    through = _balancer(layout, group) if endpoint.balanced or endpoint.front else ""
    before = layout.before.get(group.id)
    component = layout.topology.planned_id(endpoint.component.id)
    behind = before.id if before is not None else group.id
    return PlatformEntry("component", component, f"{scheme} {endpoint.outside}", sources, through, behind)


def _balancer(layout: OpenStackLayout, group: MachineGroup) -> str:
    """What is in front of a tier. ``group``: the HAProxy tier, or the tier with the load balancer."""
    kind = "HAProxy instance" if group.id in layout.before else "load balancer"
    if group.id in layout.beside:
        kind = "HAProxy on the instance"
    return f"{kind}, floating IP" if layout.floating(group) else kind
