"""Which services have links with TLS (``encrypt_links``), and the certificates that their clients verify.

A service is encrypted if a component on another tier connects to it. Then all its users use TLS. A link within a tier
does not leave the instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.synth.module import Ref, ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.resource_types import CA_CERTIFICATE, CERTIFICATE, PRIVATE_KEY
from camp2iac.topology.model import Link, Service, Topology

CA = "links_ca"
"""The name of the CA's resources. The names of those of services end with ``_link``."""


def ca() -> Ref:
    """The certificate of the CA, in PEM form."""
    return ref(f"{CA_CERTIFICATE}.{CA}", ".cert_pem")


def label(service: str) -> str:
    """The name of a service's key, request and certificate."""
    return names.label(service, "link")


def certificate(service: str) -> Ref:
    """The certificate of a service, in PEM form."""
    return ref(f"{CERTIFICATE}.{label(service)}", ".cert_pem")


def key(service: str) -> Ref:
    """The private key of a service, in PEM form."""
    return ref(f"{PRIVATE_KEY}.{label(service)}", ".private_key_pem")


def leaving(topology: Topology) -> Iterator[tuple[Link, Service]]:
    """The links from one tier to another, with what is linked. Services elsewhere are on no tier."""
    for component in topology.components.values():
        for link in component.links:
            service = topology.services[link.service]
            if service.href is None and not service.product.managed and service.tier != component.tier:
                yield link, service


def choose(topology: Topology) -> frozenset[str]:
    """The services that can be encrypted, and must be."""
    return frozenset(service.id for link, service in leaving(topology) if not link.callee and possible(service))


def possible(service: Service) -> bool:
    """Whether the product of a service can encrypt its links."""
    form = service.product.link
    return form is not None and form.encrypted is not None


def ports(topology: Topology, encrypted: frozenset[str], usual: Mapping[str, int]) -> Mapping[str, int]:
    """The ports of services that have another one with TLS, and those of their tiers."""
    found: dict[str, int] = {}
    for id_ in sorted(encrypted):
        service = topology.services[id_]
        form = service.product.link.encrypted if service.product.link else None
        if form is None or form.port is None:
            continue
        found[id_] = form.port
        if usual.get(service.tier) == usual.get(id_):
            found[service.tier] = form.port
    return found
