"""What became of the plan's word on who reaches a component, and how."""

from __future__ import annotations

from camp2iac.targets.base import Ledger, Remedy
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Statement


def account(layout: OpenStackLayout, ledger: Ledger) -> None:
    """Every statement of an exposure, and that there is none."""
    for component in layout.topology.components.values():
        if component.silent:
            ledger.keep(component.silent, "no address outside")
    for found in layout.endpoints.values():
        for endpoint in found:
            _ports(endpoint, ledger)
            _public(endpoint, ledger)
            if endpoint.exposure.tls:
                _tls(layout, endpoint, endpoint.exposure.tls, ledger)
            if endpoint.exposure.hosts:
                _hosts(layout, endpoint, endpoint.exposure.hosts, ledger)


def _ports(endpoint: Endpoint, ledger: Ledger) -> None:
    port, outside, plan = endpoint.exposure.port, endpoint.exposure.outside, endpoint.exposure.span.file
    if port:
        ledger.keep(port, str(port.value))
    if outside and outside.value == endpoint.outside:
        ledger.keep(outside, str(outside.value))
    elif outside:
        ledger.degrade(
            outside,
            str(endpoint.listen),
            f"No balancer stands before {endpoint.component.tier}: users ask the machine itself, and its process "
            f"listens at {endpoint.listen}.",
            Remedy("a balancer takes one port to another", "- characteristic_type: org.camp2iac:Balance", file=plan),
        )


def _public(endpoint: Endpoint, ledger: Ledger) -> None:
    if endpoint.exposure.public:
        ledger.keep(endpoint.exposure.public, "a floating address" if endpoint.public else "no address outside")
    if endpoint.exposure.silent:
        ledger.keep(endpoint.exposure.silent, "no address outside")


def _tls(layout: OpenStackLayout, endpoint: Endpoint, statement: Statement[bool], ledger: Ledger) -> None:
    if not statement.value:
        ledger.keep(statement, "plain HTTP")
    elif endpoint.certificate:
        ledger.keep(statement, "the balancer's certificate")
    else:  # CAMP467
        remedy = Remedy(
            "a balancer of the cloud's, and the address of a certificate in its key manager",
            f"certificates: {{ {endpoint.component.id}: https://KEY-MANAGER/v1/containers/ID }}",
            file=layout.settings.file,
        )
        ledger.lose(statement, f"Nothing ends TLS before {endpoint.component.id}.", remedy)


def _hosts(layout: OpenStackLayout, endpoint: Endpoint, statement: Statement[tuple[str, ...]], ledger: Ledger) -> None:
    settings = layout.settings
    if not settings.dns:
        ledger.degrade(
            statement,
            "no DNS records",
            "The environment names no DNS zone: records are the operator's to make, for the address in the outputs.",
            Remedy("the zone that the names are in", "dns: example.org", file=settings.file),
        )
    elif not endpoint.public:
        why = f"{endpoint.component.id} is not public: records would lead to an address that is known inside alone."
        remedy = Remedy("open it", "public: true", file=endpoint.exposure.span.file)
        ledger.degrade(statement, "no DNS records", why, remedy)
    elif strange := [host for host in statement.value if host not in endpoint.records]:
        zone = settings.zone_of_names
        ledger.degrade(statement, f"records in {zone}", f"{', '.join(strange)}: not in the zone {zone}.")
    else:
        ledger.keep(statement, "DNS records")
