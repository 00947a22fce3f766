"""The application's endpoints for users, derived from exposures."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.kit import paths
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Component, Exposure, Tier, Topology

_USUAL = {"http": 80, "https": 443}


class Endpoint(Record, frozen=True):
    """An exposure with all decisions.

    ``listen``: the port of the process. ``outside``: the port for users. ``balanced``: it is at the tier's load
    balancer. ``certificate``: the reference of the load balancer's TLS certificate. ``path``: the component's path.
    ``implied``: the plan does not have it
    (:func:`~camp2iac.targets.kit.exposures.implied`). ``front``: it is at the tier's HAProxy instance.
    ``records``: its host names in the environment's DNS zone.
    """

    component: Component
    exposure: Exposure
    listen: int
    outside: int
    public: bool
    balanced: bool
    protocol: str
    certificate: str | None = None
    path: str = ""
    implied: bool = False
    front: bool = False
    records: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The part of the plan, for comments."""
        return f"{self.component.id}, {'public by default' if self.implied else 'Expose'}"

    @property
    def suffix(self) -> tuple[str, ...]:
        """The part of names that distinguishes the tier's endpoints: nothing for port 80, or else the port."""
        return () if self.outside == _USUAL["http"] else (str(self.outside),)

    @property
    def words(self) -> str:
        """The protocol in uppercase: ``HTTP``, ``TCP``, ``UDP``."""
        return self.protocol.upper()

    def url(self) -> tuple[str, str]:
        """The parts of the URL before and after the address."""
        scheme = "https" if self.certificate else self.protocol
        return f"{scheme}://", ("" if _USUAL.get(scheme) == self.outside else f":{self.outside}") + self.path


def of_tiers(
    topology: Topology, ports: Mapping[str, int], implied: frozenset[str], settings: OpenStackSettings
) -> Mapping[str, tuple[Endpoint, ...]]:
    """The endpoints of each tier's components, sorted by the port for users.

    ``implied``: the components that are public by default (:func:`~camp2iac.targets.kit.exposures.implied`).
    """
    choice = _EndpointChoice(topology, ports, implied, settings)
    return {id_: choice.of_tier(tier) for id_, tier in topology.tiers.items()}


class _EndpointChoice(Record, frozen=True):
    topology: Topology
    ports: Mapping[str, int]
    implied: frozenset[str]
    settings: OpenStackSettings

    def of_tier(self, tier: Tier) -> tuple[Endpoint, ...]:
        found = []
        for component in self.topology.tier_components(tier.id):
            alone = len(self.topology.services[component.host].components) == 1
            path = paths.below(component, "" if alone else component.id)
            found += [self._exposed(component, exposure, tier, path) for exposure in component.exposures]
            if component.id in self.implied:
                found.append(self._implied(component, tier, path))
        return tuple(sorted(found, key=lambda e: (e.outside, e.component.id, e.listen)))

    def _exposed(self, component: Component, exposure: Exposure, tier: Tier, path: str) -> Endpoint:
        balanced, public = tier.balance is not None, bool(exposure.public and exposure.public.value)
        listen = exposure.port.value if exposure.port else self._listens(component)
        certificate = self._certificate(component, exposure) if balanced else None
        outside = exposure.outside.value if exposure.outside else _USUAL["https"] if certificate else listen
        return Endpoint(
            component,
            exposure,
            listen=listen,
            outside=outside if balanced or not exposure.outside else listen,  # an instance cannot map ports
            public=public,
            balanced=balanced,
            protocol=exposure.protocol,
            certificate=certificate,
            path=path if exposure.protocol == "http" else "",
            records=self._records(exposure) if public else (),
        )

    def _implied(self, component: Component, tier: Tier, path: str) -> Endpoint:
        listen, balanced = self._listens(component), tier.balance is not None
        return Endpoint(
            component,
            Exposure(None, None, None, None, None, "http", component.span),
            listen=listen,
            outside=_USUAL["http"] if balanced else listen,
            public=True,
            balanced=balanced,
            protocol="http",
            path=path,
            implied=True,
        )

    def _listens(self, component: Component) -> int:
        return self.ports.get(component.id, _USUAL["http"])

    def _certificate(self, component: Component, exposure: Exposure) -> str | None:
        """The certificate for the load balancer from the environment file; None if there is none (CAMP467)."""
        if exposure.tls is None or not exposure.tls.value:
            return None
        if self.settings.balancer != "octavia" or exposure.protocol != "http":
            return None
        return self.settings.certificates.get(component.id) or None

    def _records(self, exposure: Exposure) -> tuple[str, ...]:
        if not self.settings.dns or exposure.hosts is None:
            return ()
        zone = self.settings.zone_of_names
        return tuple(host for host in exposure.hosts.value if host == zone or host.endswith(f".{zone}"))
