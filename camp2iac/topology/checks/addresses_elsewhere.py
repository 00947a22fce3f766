"""Check the addresses of services that exist elsewhere (CAMP209)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest
from camp2iac.topology import elsewhere, schemes
from camp2iac.topology.match import EXTERNAL
from camp2iac.topology.model import Service, Statement, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check each service that components connect to. A product without credentials can have any form of address."""
    for service in topology.services.values():
        if service.href is None or not topology.users(service.id):
            continue
        found = elsewhere.of(service)
        if found is None and (service.product is EXTERNAL or elsewhere.whole(service)):
            yield _no_url(service, service.href)
        elif found is not None and found.port is None and service.product.port is None:
            yield _no_port(service, service.href, found)


def _no_url(service: Service, href: Statement[str]) -> Diagnostic:
    form = service.product.link
    example = "smtp://mail.example.org:587"
    if form is not None and service.product is not EXTERNAL:
        example = f"{form.url.partition('://')[0]}://{service.id}.example.org:{service.product.port}"
    return Diagnostic(
        "CAMP209",
        f"components connect to {service.name}, but its href is not a URL with a host",
        href.span,
        label="expected SCHEME://HOST or SCHEME://HOST:PORT",
        help=f"write, for example,  href: {example}",
    )


def _no_port(service: Service, href: Statement[str], found: elsewhere.Address) -> Diagnostic:
    best = nearest(found.scheme, schemes.PORTS)
    url = f"{found.scheme}://{found.authority}:PORT"  # what follows can be secret
    known = f"\nor the scheme that you mean:  href: {best}://{found.authority}" if best else ""
    return Diagnostic(
        "CAMP209",
        f"the port of {service.name} is unknown: camp2iac knows no port for {found.scheme}",
        href.span,
        label="without a port",
        notes=("security group rules and variables need the port",),
        help=f"write the port:  href: {url}{known}",
    )
