"""The folder of a service's data, and the volumes that are mounted for it."""

from __future__ import annotations

from camp2iac.record import Record
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.targets.kit import data_volumes
from camp2iac.targets.openstack.machine.document import MachineDocument
from camp2iac.targets.openstack.machine.render import unit as word
from camp2iac.targets.openstack.machine.units import volume, volume_unit
from camp2iac.topology.model import Service, Statement, Tier, Topology, Volume


class Storage(Record, frozen=True):
    """``data``: the folder of the data. ``files``, ``units``: what mounts volumes. ``mounts``: their mount points."""

    data: str
    files: tuple[WriteFile, ...]
    units: tuple[str, ...]
    mounts: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The mounts, quoted for a unit."""
        return tuple(str(word(mount)) for mount in self.mounts)


def storage(document: MachineDocument, service: Service) -> Storage:
    """Return the volumes of a service, and the folder of its data."""
    topology, tier = document.given.topology, document.given.tier
    own = (each.value for each in tier.volumes if owner(topology, tier, each) == service.id)
    mine = data_volumes.ordered(service, own)
    mounts = tuple(volume.mount or f"/srv/{volume.name}" for volume in mine)
    files = []
    for one, mount in zip(mine, mounts, strict=True):
        document.share("volume")
        device = document.variable(
            service.id,
            "volume" if len(mine) == 1 else f"volume_{one.name}",
            document.given.infrastructure.volumes[one.name],
        )
        files.append(volume(one.name, device, mount))
    base = mounts[0] if mounts else service.product.data or ""
    data = f"{base.rstrip('/')}/{service.product.name}" if base else ""
    return Storage(data, tuple(files), tuple(volume_unit(one.name) for one in mine), mounts)


def owner(topology: Topology, tier: Tier, statement: Statement[Volume]) -> str:
    """Return the service of the tier that a volume is for: the one that declares it, or the first that keeps data."""
    services = [topology.services[id_] for id_ in tier.services]
    for service in services:
        if statement.subject.id == service.id:
            return service.id
    return next((service.id for service in services if service.product.data), services[0].id)
