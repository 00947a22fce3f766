"""What each tier comes to on this platform: how many machines, on which networks, at which addresses."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Ref, Value, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.listeners import by_balancer
from camp2iac.targets.openstack.layout.networks import Net, balancer, key
from camp2iac.targets.openstack.layout.regions import Region, Regions
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Reference, Scale, Service, Statement, TextValue, Tier, Topology, Volume

ONE = Scale(1, 1, 1)


class MachineGroup(Record, frozen=True):
    """A tier's machines.

    ``scale``: ``ONE`` where there is one machine for good, made without ``for_each``. ``every_slot``: its ports are
    made for as many machines as there may be, since others refer to their addresses. ``nets``: the first is the way
    out. ``block``: the CIDR that its fixed addresses are in. ``vip``: the network of its balancer's address.
    ``settings``: the environment's word on it. ``outside``: the label of its machines' floating addresses where another
    region knows them: then there are as many as there may be machines, as with ports. ``vip_outside``: links from other
    regions go by its balancer, which then has a floating address.
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
        """What the names of its resources begin with."""
        return f"{self.app}-{self.host}"

    @property
    def host(self) -> str:
        """The tier in host names and keys: ``web`` of ``web-1``."""
        return slug(self.id)

    @property
    def many(self) -> bool:
        """Whether it may be more than one machine, or none."""
        return self.scale != ONE

    @property
    def variable(self) -> bool:
        """Whether a variable says how many machines it has."""
        return self.scale.minimum != self.scale.maximum

    @property
    def volumes(self) -> tuple[Statement[Volume], ...]:
        """Its volumes, by name: their order in the plan means nothing."""
        return tuple(sorted(self.tier.volumes, key=lambda statement: statement.value.name))

    @property
    def first(self) -> str:
        """The key of its first machine, by which Terraform knows it where there may be several."""
        return f"{self.host}-1"

    @property
    def machines(self) -> Ref | None:
        """What the resources of its machines are made ``for_each`` of."""
        return ref(f"local.{self.label}_machines") if self.many else None

    @property
    def slots(self) -> Ref | None:
        """What its ports are made ``for_each`` of: as many as there may be where others refer to their addresses."""
        return ref(f"local.{self.label}_slots") if self.many and self.every_slot else self.machines

    @property
    def boot(self) -> int | None:
        """The size in GiB of the volume that each machine boots from; None: from its flavor's disk."""
        if self.settings.boot_volume is None:
            return None
        asked = self.tier.compute.value.disk if self.tier.compute else None
        return max(self.settings.boot_volume.size, -(-(asked or 0) // 1024))

    def server_name(self, suffix: str = "") -> Value:
        """The name of a machine, or with a suffix of what belongs to it alone."""
        if not self.many:
            return f"{self.app}-{self.first}{suffix}"
        return template(f"{self.app}-", expr("each.key"), suffix)

    def own(self, resource: str, label: str | None = None, attribute: str = "id") -> Ref:
        """An attribute of the resource that belongs to one machine; among many, to that of ``each.key``."""
        return ref(f"{resource}.{label or self.label}", f"[each.key].{attribute}" if self.many else f".{attribute}")

    def port(self, net: Net, attribute: str = "id") -> Ref:
        """An attribute of a machine's port in a network."""
        return self.own("openstack_networking_port_v2", f"{self.label}_{net.label}", attribute)

    def in_block(self, net: Net) -> bool:
        """Whether its addresses in a network are fixed ones."""
        return self.block is not None and self.block in net.reserved

    def local(self, net: Net) -> str:
        """The local value that holds its address (or addresses) in a network."""
        where = f"_{net.label}" if len(self.nets) > 1 else ""
        return f"{self.label}{where}_{'addresses' if self.many else 'address'}"

    @property
    def local_outside(self) -> str:
        """The local value that holds its floating address (or addresses), where another region knows them."""
        return f"{self.label}_floating_{'addresses' if self.many else 'address'}"

    def addresses(self, net: Net | None) -> Value:
        """The addresses of all its slots, in order; the floating ones for None."""
        address = ref(f"local.{self.local(net) if net else self.local_outside}")
        return address if self.many else (address,)

    def address(self, user: MachineGroup) -> Ref:
        """The address of its first machine, as a user knows it: the floating one in another region."""
        local = self.local(self.toward(user)) if self.region is user.region else self.local_outside
        return ref(f"local.{local}", "[0]" if self.many else "")

    def toward(self, user: MachineGroup) -> Net:
        """The network on which another tier reaches it: the first that they share, else its own first."""
        shared = [net for net in self.nets if net in user.nets]
        return shared[0] if shared else self.nets[0]


def shapes(
    topology: Topology,
    settings: OpenStackSettings,
    regions: Regions,
    nets: Mapping[str, Net],
    before: Mapping[str, Tier],
) -> Mapping[str, MachineGroup]:
    """All tiers that have machines, by id. ``before``: HAProxy tiers to the tiers that they stand before."""
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


def referred(topology: Topology) -> frozenset[str]:
    """The tiers whose addresses are somebody's business: services that are linked to, and IP() and IPALL()."""
    tiers = {tier_of(topology, r.name) for r in references(topology) if r.kind in ("IP", "IPALL")}
    for component in topology.components.values():
        for link in component.links:
            tier = topology.services[link.service].tier
            if tier != component.tier and not (tier in topology.tiers and by_balancer(topology.tiers[tier])):
                tiers.add(tier)
    return frozenset(tiers)


def tier_of(topology: Topology, name: str) -> str:
    """The tier that a name means: a tier's own, or that of a service or component."""
    if name in topology.tiers:
        return name
    return topology.services[name].tier if name in topology.services else topology.components[name].tier


def texts(topology: Topology) -> list[tuple[str, TextValue]]:
    """Every value of the plan, with the tier where it is used."""
    found = []
    for component in topology.components.values():
        found += [(component.tier, variable.value) for variable in component.variables]
        found += [(component.tier, statement.value) for statement in component.options.values()]
        found += [(component.tier, statement.value) for link in component.links for statement in link.options.values()]
    for service in topology.services.values():
        found += [(service.tier, statement.value) for statement in service.attributes.values()]
        found += [(service.tier, statement.value) for job in service.jobs for statement in job.options.values()]
    return found


def references(topology: Topology) -> list[Reference]:
    """Every reference in the plan's values."""
    return [reference for _, text in texts(topology) for reference in text.references]


def services(topology: Topology, shape: MachineGroup) -> tuple[Service, ...]:
    """The services on a tier's machines, in the plan's order."""
    return tuple(topology.services[id_] for id_ in shape.tier.services if topology.services[id_].href is None)
