"""What companions have on each tier: their own part, those that the tier's products add, and the rules for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.catalogue.companion import AskedCompanion, CompanionPart
from camp2iac.catalogue.companion_additions import addition
from camp2iac.catalogue.companion_asks import CompanionPort, server
from camp2iac.record import Record
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import services
from camp2iac.targets.openstack.layout.security_group_rules import ANYWHERE, Ports, SecurityGroupRule
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.layout.traffic import Traffic
from camp2iac.topology import addresses
from camp2iac.topology.model import Service

_OPEN = (80, 443)  # all instances may connect to these ports at any address


class PlacedPart(Record, frozen=True):
    """A part of a companion on a tier. ``service``: the one whose product adds it. None: it is the companion's own."""

    asked: AskedCompanion
    part: CompanionPart
    service: Service | None = None

    @property
    def name(self) -> str:
        """In labels: the companion, or the companion and the service."""
        return self.asked.companion.name + (f"-{self.service.id}" if self.service else "")


def parts(asked: Iterable[AskedCompanion], found: Iterable[Service]) -> Iterator[PlacedPart]:
    """The parts on a tier's instances: those of each companion, before those that its services add."""
    given = tuple(found)
    for each in asked:
        yield PlacedPart(each, each.companion.machine)
        for service in given:
            part = addition(service.product, each.companion)
            if part is not None:
                yield PlacedPart(each, part, service)


def by_tier(traffic: Traffic, asked: tuple[AskedCompanion, ...]) -> Mapping[str, tuple[PlacedPart, ...]]:
    """The parts on each tier."""
    return {id_: tuple(parts(asked, services(traffic.topology, group))) for id_, group in traffic.groups.items()}


def rules(placed: Mapping[str, tuple[PlacedPart, ...]], settings: OpenStackSettings) -> Iterator[SecurityGroupRule]:
    """The rules for their ports and ways out."""
    for tier, found in placed.items():
        for each in found:
            comment = settings.comment(each.asked.companion.name)
            for port in each.part.ports:
                yield from _port(tier, each, port, comment)
            for way in each.part.ways_out:
                host, number = server(str(each.asked.settings[way.to]))
                if number not in _OPEN:
                    yield SecurityGroupRule(
                        tier=tier,
                        label=names.label(tier, "to", each.name),
                        description=f"{way.what} to {host}",
                        direction="egress",
                        ports=Ports("tcp", number, number),
                        reasons=(),
                        origin=None,
                        cidr=addresses.network(host) or ANYWHERE,
                        given=comment,
                        what=way.what,
                    )


def _port(tier: str, each: PlacedPart, port: CompanionPort, comment: str) -> Iterator[SecurityGroupRule]:
    """A rule for each network that may connect."""
    if not port.sources:
        return
    for source in sorted({addresses.network(given) or given for given in each.asked.networks(port.sources)}):
        yield SecurityGroupRule(
            tier=tier,
            label=names.label(tier, each.name, str(port.port), "from", source),
            description=f"{port.what} from {source}",
            direction="ingress",
            ports=Ports("tcp", port.port, port.port),
            reasons=(),
            origin=None,
            cidr=source,
            given=comment,
            what=port.what,
        )
