"""What HAProxy on an instance needs to serve HTTPS."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.record import Record
from camp2iac.targets.openstack.layout.certificates import Acme
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.layout.traffic import Traffic

HTTPS, HTTP = 443, 80


class HttpsSite(Record, frozen=True):
    """A port of HAProxy with a certificate.

    Attributes:
        id: The component that users reach, and the name of its certificate.
        port: The port for users.
        hosts: The host names of the component in the plan.
        files: The operator has the certificate. If not, it comes from an ACME server.
    """

    id: str
    port: int
    hosts: tuple[str, ...]
    files: bool


class HttpsServing(Record, frozen=True):
    """What an instance with HAProxy serves over HTTPS.

    Attributes:
        service: The HAProxy service.
        sites: Its ports.
        plain: Port 80 is only for redirects, and for the questions of the ACME server.
        redirect: The site that port 80 leads to; empty: none.
        hsts: For how many seconds browsers use only HTTPS; 0: not at all.
        acme: The account with the ACME server; none: no site needs it.
        volume: The volume that keeps certificates when the instance is replaced; empty: none.
    """

    service: str
    sites: tuple[HttpsSite, ...]
    plain: bool
    redirect: str
    hsts: int
    acme: Acme | None
    volume: str


def serving(traffic: Traffic, settings: OpenStackSettings, tier: str) -> HttpsServing | None:
    """What a tier's HAProxy serves. None: nothing over HTTPS."""
    ends = [end for end in traffic.endpoints.get(tier, ()) if end.certificate and end.certificate.on_instances]
    if not ends:
        return None
    wishes, sites = settings.https, tuple(_site(end, ends) for end in ends)
    taken = any(end.outside == HTTP and end.front for end in traffic.endpoints[tier])
    redirect = [site.id for site in sites if site.port == HTTPS and wishes.redirect and not taken]
    volumes = sorted(statement.value.name for statement in traffic.topology.tiers[tier].volumes)
    return HttpsServing(
        service=tier if tier in traffic.before else traffic.beside[tier],
        sites=sites,
        plain=not taken and any(end.plain for end in ends),
        redirect=redirect[0] if redirect else "",
        hsts=wishes.hsts,
        acme=None if all(site.files for site in sites) else settings.certificates.acme,
        volume=volumes[0] if volumes else "",
    )


def _site(end: Endpoint, ends: Sequence[Endpoint]) -> HttpsSite:
    """``ends``: all of the tier. A component has one certificate, for all of its host names."""
    own = [each.exposure.hosts.value for each in ends if each.component is end.component and each.exposure.hosts]
    hosts = tuple(dict.fromkeys(host for group in own for host in group))
    files = end.certificate is not None and end.certificate.source == "files"
    return HttpsSite(end.component.id, end.outside, hosts, files)
