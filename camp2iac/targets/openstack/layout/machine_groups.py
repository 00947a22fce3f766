"""The instances of each tier: their number, networks and addresses."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Ref, Value, expr, ref, template
from camp2iac.targets.kit.references import referred
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.networks import Net, balancer, key
from camp2iac.targets.openstack.layout.regions import Region, Regions
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.resource_types import PORT, VOLUME
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Scale, Service, Statement, Tier, Topology, Volume

ONE = Scale(1, 1, 1)
_TOGETHER = {"soft": "soft-affinity", "hard": "affinity", "no": ""}


class MachineGroup(Record, frozen=True):
    """A tier's instances.

    ``scale``: ``ONE`` for a single instance without ``for_each``. ``every_slot``: its ports exist for the largest
    scale, because others use their addresses. ``nets``: the first one has the default route. ``block``: the CIDR of its
    fixed addresses. ``vip``: the network of its load balancer's address. ``settings``: those of the tier. ``outside``:
    the label of its instances' floating IPs if another region uses them; they exist for the largest scale, like ports.
    ``vip_outside``: links from other regions use its load balancer, which has a floating IP for them.
    """

    tier: Tier
    app: str
    label: str
    scale: Scale
    every_slot: bool
    nets: tuple[Net, ...]
    block: str | None
    vip: Net | None
    region: Region
    settings: OpenStackSettings
    outside: str = ""
    vip_outside: bool = False

    @property
    def id(self) -> str:
        """Its id in the topology."""
        return self.tier.id

    @property
    def name(self) -> str:
        """The beginning of its resources' names."""
        return f"{self.app}-{self.host}"

    @property
    def file(self) -> str:
        """The file with its resources."""
        return names.file(self.id)

    @property
    def provider(self) -> Ref | None:
        """The value of the argument ``provider`` of its resources; None for the default provider."""
        return self.region.provider

    @property
    def host(self) -> str:
        """The tier in host names and keys: ``web`` of ``web-1``."""
        return slug(self.id)

    @property
    def many(self) -> bool:
        """Whether its number of instances can be other than one."""
        return self.scale != ONE

    @property
    def variable(self) -> bool:
        """Whether a variable sets the number of instances."""
        return self.scale.minimum != self.scale.maximum

    @property
    def volumes(self) -> tuple[Statement[Volume], ...]:
        """Its volumes, sorted by name, because their order in the plan has no meaning."""
        return tuple(sorted(self.tier.volumes, key=lambda statement: statement.value.name))

    @property
    def first(self) -> str:
        """The key of its first instance in ``for_each``."""
        return f"{self.host}-1"

    @property
    def machines(self) -> Ref | None:
        """The ``for_each`` of its instances."""
        return ref(f"local.{self.label}_machines") if self.many else None

    @property
    def slots(self) -> Ref | None:
        """The ``for_each`` of its ports: for the largest scale if others use their addresses."""
        return ref(f"local.{self.label}_slots") if self.many and self.every_slot else self.machines

    @property
    def zone(self) -> str | None:
        """The availability zone from the environment file, or else from the plan."""
        return self.settings.zone or (self.tier.zone.value if self.tier.zone else None)

    @property
    def policy(self) -> str:
        """The policy of its server group; empty without one."""
        if self.tier.spread:
            return "anti-affinity" if self.tier.spread.value == "hard" else "soft-anti-affinity"
        return _TOGETHER[self.tier.together.value] if self.tier.together else ""

    @property
    def boot(self) -> int | None:
        """The size in GiB of the volume that each instance boots from; None: it boots from its flavor's disk."""
        if self.settings.boot_volume is None:
            return None
        asked = self.tier.compute.value.disk if self.tier.compute else None
        return max(self.settings.boot_volume.size, -(-(asked or 0) // 1024))

    @property
    def balancer_net(self) -> Net:
        """The network of its load balancer's address, which is separate so that the members' rule can name it."""
        return self.vip or self.nets[0]

    @property
    def floating(self) -> bool:
        """Whether the plan asks for a floating IP for each instance."""
        return self.tier.floating is not None and self.tier.floating.value

    def server_name(self, suffix: str = "") -> Value:
        """The name of an instance, or, with a suffix, of a resource that belongs to it."""
        if not self.many:
            return f"{self.app}-{self.first}{suffix}"
        return template(f"{self.app}-", expr("each.key"), suffix)

    def own(self, resource: str, label: str | None = None, attribute: str = "id") -> Ref:
        """An attribute of the resource that belongs to an instance; with ``for_each``, to that of ``each.key``."""
        return ref(f"{resource}.{label or self.label}", f"[each.key].{attribute}" if self.many else f".{attribute}")

    def port(self, net: Net, attribute: str = "id") -> Ref:
        """An attribute of an instance's port in a network."""
        return self.own(PORT, f"{self.label}_{net.label}", attribute)

    def first_port(self, net: Net) -> Ref:
        """The address of its first instance in a network, from its port."""
        instance = f'["{self.first}"]' if self.many else ""
        return ref(f"{PORT}.{self.label}_{net.label}", f"{instance}.all_fixed_ips[0]")

    def volume(self, name: str, attribute: str = "id") -> Ref:
        """An attribute of an instance's volume."""
        return self.own(VOLUME, names.label(self.id, name), attribute)

    def in_block(self, net: Net) -> bool:
        """Whether its addresses in a network are fixed addresses."""
        return self.block is not None and self.block in net.reserved

    def local(self, net: Net) -> str:
        """The local value with its address (or addresses) in a network."""
        where = f"_{net.label}" if len(self.nets) > 1 else ""
        return f"{self.label}{where}_{'addresses' if self.many else 'address'}"

    @property
    def local_outside(self) -> str:
        """The local value with its floating IP (or IPs), if another region uses them."""
        return f"{self.label}_floating_{'addresses' if self.many else 'address'}"

    def addresses(self, net: Net | None) -> Value:
        """The addresses of all its slots, in order; for None, the floating IPs."""
        address = ref(f"local.{self.local(net) if net else self.local_outside}")
        return address if self.many else (address,)

    def address(self, user: MachineGroup) -> Ref:
        """The address of its first instance for a user; for a user in another region, the floating IP."""
        local = self.local(self.toward(user)) if self.region is user.region else self.local_outside
        return ref(f"local.{local}", "[0]" if self.many else "")

    def toward(self, user: MachineGroup) -> Net:
        """The network on which another tier reaches it: the first one that they share, or else its own first one."""
        shared = [net for net in self.nets if net in user.nets]
        return shared[0] if shared else self.nets[0]


def choose(
    topology: Topology,
    settings: OpenStackSettings,
    regions: Regions,
    nets: Mapping[str, Net],
    before: Mapping[str, Tier],
) -> Mapping[str, MachineGroup]:
    """All tiers with instances, by id. ``before``: maps HAProxy tiers to the tiers behind them."""
    wanted = referred(topology)
    return {
        id_: MachineGroup(
            tier=tier,
            app=names.application(topology),
            label=names.tier(id_),
            scale=tier.scale.value if tier.scale else ONE,
            every_slot=id_ in wanted,
            nets=tuple(nets[name] for name in key(tier, regions.of[id_]) if name in nets),
            block=settings.addresses.get(id_),
            vip=nets.get(balancer(id_)) if tier.balance else None,
            region=regions.of[id_],
            settings=regions.of[id_].settings.of_tier(id_, before[id_].id if id_ in before else None),
        )
        for id_, tier in sorted(topology.tiers.items())
        if any(topology.services[service].href is None for service in tier.services)
    }


def services(topology: Topology, group: MachineGroup) -> tuple[Service, ...]:
    """The services on a tier's instances, in the plan's order."""
    return tuple(topology.services[id_] for id_ in group.tier.services if topology.services[id_].href is None)
