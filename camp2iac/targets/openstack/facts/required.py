"""What a module creates, in sums, as the project's quota counts it: at first, and at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from camp2iac.synth.module import Module
from camp2iac.targets.facts import Required
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import (
    LISTENER,
    LOAD_BALANCER,
    NETWORK,
    ROUTER,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
)
from camp2iac.targets.openstack.resources import quota, security_groups

_COUNTED = {
    NETWORK: "networks",
    ROUTER: "routers",
    SECURITY_GROUP: "security groups",
    SECURITY_GROUP_RULE: "security group rules",
    LOAD_BALANCER: "load balancers",
    LISTENER: "listeners of load balancers",
}


def of(layout: OpenStackLayout, module: Module) -> Iterator[Required]:
    """The sums of each region. Those of a region with its own provider name it.

    Cores and memory leave out tiers whose flavor a variable sets. Rules whose network the operator gives are counted,
    though Terraform leaves one out if another rule has the same network.
    """
    made = Counter(
        (block.labels[0], _alias(block.get("provider")))
        for block in module.blocks()
        if block.type == "resource" and block.labels
    )
    for region in layout.regions.all:
        inside = [group for group in layout.groups.values() if group.region is region]
        sums = _Sums(region)
        for group in inside:
            _add(sums, layout, group)
        for type_, name in _COUNTED.items():
            sums.add(name, made[type_, region.alias], made[type_, region.alias])
        if inside:
            repeated = max(len(region.settings.ssh_from) - 1, 0) + len(security_groups.shared_out(region)) - 1
            sums.add("security group rules", repeated, repeated)
        yield from sums.all()


class _Sums:
    """Amounts by name, in the order in which they were added first."""

    def __init__(self, region: Region) -> None:
        self._where = f" in {region.name}" if region.alias else ""
        self._found: dict[str, tuple[float, float]] = {}

    def add(self, what: str, first: float, most: float) -> None:
        """Add amounts."""
        before = self._found.get(what, (0, 0))
        self._found[what] = (before[0] + first, before[1] + most)

    def all(self) -> Iterator[Required]:
        """The sums that are not 0."""
        for what, (first, most) in self._found.items():
            if most:
                yield Required(what + self._where, first, most)


def _add(sums: _Sums, layout: OpenStackLayout, group: MachineGroup) -> None:
    """What a tier creates."""
    needs, first, most = quota.needs(layout, group), group.scale.initial, group.scale.maximum

    def each(what: str, amount: float) -> None:
        sums.add(what, first * amount, most * amount)

    each("instances", 1)
    each("cores", needs.cores or 0)
    each("GiB of memory", (needs.memory or 0) / 1024)
    each("volumes", needs.volumes)
    each("GiB of volumes", needs.gigabytes)
    slots = most if group.every_slot else first
    sums.add("ports", slots * len(group.nets), most * len(group.nets))
    sums.add("floating IPs", quota.addresses(layout, group, first), quota.addresses(layout, group, most))
    for rule in layout.rules.get(group.id, ()):
        other = layout.groups.get(rule.source) if rule.each is not None else None
        repeated = other.scale.maximum - 1 if other else 0
        sums.add("security group rules", repeated, repeated)


def _alias(provider: object) -> str:
    address = getattr(provider, "address", "")
    return str(address).partition(".")[2]
