"""The decisions for a Compose file: those for Docker, with the names that Compose gives to replicas."""

from __future__ import annotations

from camp2iac.exporters.exporting import ExportSource
from camp2iac.record import Record, asdict, replace
from camp2iac.synth.module import Value
from camp2iac.targets.containers.layout import configuration, services
from camp2iac.targets.containers.layout.known import KnownValues
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.docker.layout.endpoints import PublishedPort
from camp2iac.targets.docker.layout.layout import DockerLayout


class ComposeValues(KnownValues, frozen=True):
    """The values of references: all replicas of a service have one name."""

    def address(self, workload: Workload, *, all_: bool) -> Value:
        """The name of a service."""
        return workload.id


def decide(source: ExportSource) -> DockerLayout:
    """All decisions."""
    made = DockerLayout.of(source.topology, source.environment, source.package)
    known = ComposeValues(**asdict(made.known))
    configured = {
        id_: configuration.configure(known, source.topology.components[id_], image.variables)
        for id_, image in made.images.items()
    }
    contained = {
        id_: services.decide(known, made.settings.image(each.service)[0], source.package, each.service)
        for id_, each in made.services.items()
    }
    return replace(made, known=known, configurations=configured, services=contained)


class ComposePort(Record, frozen=True):
    """A published port of a component, and its number on the computer."""

    published: PublishedPort
    number: int

    @property
    def behind_proxy(self) -> bool:
        """Whether the plan asks for HTTPS: a proxy on the same computer has the certificate."""
        return wants_https(self.published)


def wants_https(published: PublishedPort) -> bool:
    """Whether the plan asks for HTTPS on a published port."""
    tls = published.exposure.tls if published.exposure else None
    return tls is not None and tls.value


def ports(layout: DockerLayout) -> tuple[ComposePort, ...]:
    """The published ports: those that the plan says, unless the environment file has another one.

    Without a certificate, the port of HTTPS would serve plain HTTP: it stays free for the proxy.
    """
    found: list[ComposePort] = []
    taken = {each.port for each in layout.published if each.given}
    for each in layout.published:
        outside = each.exposure.outside if each.exposure and not wants_https(each) else None
        wanted = outside.value if outside else each.listen
        free = next(port for port in (wanted, *range(each.port, 65536)) if port not in taken)
        number = each.port if each.given else free
        taken.add(number)
        found.append(ComposePort(each, number))
    return tuple(found)
