"""Check object stores that exist elsewhere: the address and the keys (CAMP449)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.topology import object_stores
from camp2iac.topology.model import Service, Statement, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check each of them that components connect to."""
    for service in topology.services.values():
        if service.href is None or not object_stores.is_store(service) or not topology.users(service.id):
            continue
        if object_stores.bucket(service) is None:
            yield _address(service, service.href)
        absent = [name for name in ("access_key", "secret_key") if name not in service.attributes]
        if absent:
            yield _keys(service, service.href, absent)


def _address(service: Service, href: Statement[str]) -> Diagnostic:
    return Diagnostic(
        "CAMP449",
        f"the href of the object store {service.name} does not say its server and its bucket",
        href.span,
        label="expected s3://BUCKET@SERVER or https://SERVER/BUCKET",
        help="write, for example,  href: s3://media@s3.example.org",
    )


def _keys(service: Service, href: Statement[str], absent: list[str]) -> Diagnostic:
    lines = "".join(f"\n  {name}: {{ secret: {service.id.replace('-', '_')}_{name} }}" for name in absent)
    return Diagnostic(
        "CAMP449",
        f"the object store {service.name} exists elsewhere, but has no {listed(absent)}",
        href.span,
        label="components cannot log in",
        help=f"add a characteristic, and declare the secrets in the plan:\n"
        f"- characteristic_type: org.camp2iac:Attributes{lines}",
    )
