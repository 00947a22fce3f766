"""The application's endpoints for users, derived from exposures."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.targets.kit import paths
from camp2iac.targets.openstack.layout.certificates import Certificate
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Component, Exposure, Tier, Topology

_USUAL = {"http": 80, "https": 443}


class Endpoint(Record, frozen=True):
    """An exposure with all decisions.

    ``listen``: the port of the process. ``outside``: the port for users. ``balanced``: it is at the tier's load
    balancer. ``certificate``: of the load balancer, or of HAProxy on an instance. ``path``: the component's path.
    ``implied``: the plan does not have it
    (:func:`~camp2iac.targets.kit.exposures.implied`). ``front``: it is at the tier's HAProxy instance,
    or at HAProxy beside the process. ``records``: its host names in the environment's DNS zone. ``plain``: HAProxy also
    has port 80 for it: to redirect users, or for the certificate authority.
    """

    component: Component
    exposure: Exposure
    listen: int
    outside: int
    public: bool
    balanced: bool
    protocol: str
    certificate: Certificate | None = None
    path: str = ""
    implied: bool = False
    front: bool = False
    records: tuple[str, ...] = ()
    plain: bool = False

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
        """The protocol in uppercase: ``HTTP``, ``HTTPS`` at HAProxy, ``TCP``, ``UDP``."""
        return "HTTPS" if self.front and self.certificate else self.protocol.upper()

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
        certificate = self._certificate(component, exposure, tier)
        outside = exposure.outside.value if exposure.outside else _USUAL["https"] if certificate else listen
        mapped = balanced or certificate is not None  # an instance without HAProxy cannot map ports
        return Endpoint(
            component,
            exposure,
            listen=listen,
            outside=outside if mapped or not exposure.outside else listen,
            public=public,
            balanced=balanced,
            protocol=exposure.protocol,
            certificate=certificate,
            path=path if exposure.protocol == "http" else "",
            records=self._records(exposure) if public else (),
            plain=self._plain(certificate, outside),
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

    def _certificate(self, component: Component, exposure: Exposure, tier: Tier) -> Certificate | None:
        """The certificate from the environment file, if something can use it there; otherwise None (CAMP467)."""
        if exposure.tls is None or not exposure.tls.value or exposure.protocol != "http":
            return None
        found = self.settings.certificates.of(component.id)
        if found is None:
            return None
        if tier.balance is None:
            return found if found.on_instances and alone(tier) else None
        return found if found.on_instances == (self.settings.balancer == "haproxy") else None

    def _plain(self, certificate: Certificate | None, outside: int) -> bool:
        if certificate is None or not certificate.on_instances:
            return False
        return certificate.source == "acme" or (self.settings.https.redirect and outside == _USUAL["https"])

    def _records(self, exposure: Exposure) -> tuple[str, ...]:
        if not self.settings.dns or exposure.hosts is None:
            return ()
        zone = self.settings.zone_of_names
        return tuple(host for host in exposure.hosts.value if host == zone or host.endswith(f".{zone}"))


def alone(tier: Tier) -> bool:
    """Whether a tier always has one instance."""
    return tier.scale is None or tier.scale.value.maximum == 1
