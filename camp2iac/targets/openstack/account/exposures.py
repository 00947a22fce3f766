"""The outcomes of exposures: ports, addresses, TLS, host names."""

from __future__ import annotations

from camp2iac.diagnostics import Fix
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.endpoints import Endpoint, alone
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Statement

_TLS = {
    "key manager": "TLS at the load balancer",
    "files": "TLS at HAProxy, with a certificate of yours",
    "acme": "TLS at HAProxy, with a certificate by ACME",
}


def account(layout: OpenStackLayout, ledger: Ledger) -> None:
    """Write the outcomes of all exposures, and of components without one."""
    for component in layout.topology.components.values():
        if component.silent:
            ledger.keep(component.silent, "not public")
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
            f"{endpoint.component.tier} has no load balancer. Users connect to the port of the process, "
            f"{endpoint.listen}.",
            Fix("- characteristic_type: org.camp2iac:Balance", note="a load balancer maps ports", file=plan),
        )


def _public(endpoint: Endpoint, ledger: Ledger) -> None:
    if endpoint.exposure.public:
        ledger.keep(endpoint.exposure.public, "floating IP" if endpoint.public else "not public")
    if endpoint.exposure.silent:
        ledger.keep(endpoint.exposure.silent, "not public")


def _tls(layout: OpenStackLayout, endpoint: Endpoint, statement: Statement[bool], ledger: Ledger) -> None:
    if not statement.value:
        ledger.keep(statement, "plain HTTP")
    elif endpoint.certificate:
        ledger.keep(statement, _TLS[endpoint.certificate.source])
    else:  # CAMP467
        one = not endpoint.balanced and alone(layout.topology.tiers[endpoint.component.tier])
        by_haproxy = one or layout.settings.balancer == "haproxy"
        fix = Fix(
            "certificates: { acme: { email: ops@example.org } }"
            if by_haproxy
            else f"certificates: {{ {endpoint.component.id}: https://KEY-MANAGER/v1/containers/ID }}",
            note="a certificate from Let's Encrypt"
            if by_haproxy
            else "needs Octavia, and a certificate in the cloud's key manager",
            file=layout.settings.file,
        )
        if layout.environment.file or not (endpoint.balanced or one) or endpoint.protocol != "http":
            ledger.lose(statement, f"Nothing terminates TLS for {endpoint.component.id}.", fix)
        else:
            ledger.degrade(
                statement, "needs a certificate", "Without an environment file, there is no certificate.", fix
            )


def _hosts(layout: OpenStackLayout, endpoint: Endpoint, statement: Statement[tuple[str, ...]], ledger: Ledger) -> None:
    settings = layout.settings
    where = f": the output {names.label(endpoint.component.id, 'dns')} has the addresses" if endpoint.public else ""
    if not settings.dns:
        ledger.degrade(
            statement,
            "no DNS records",
            f"The environment file has no DNS zone. Create the records yourself{where}.",
            Fix("dns: example.org", note="the zone of the names", file=settings.file),
        )
    elif not endpoint.public:
        why = f"{endpoint.component.id} is not public, so records would lead to an internal address."
        fix = Fix("public: true", note="makes it public", file=endpoint.exposure.span.file)
        ledger.degrade(statement, "no DNS records", why, fix)
    elif strange := [host for host in statement.value if host not in endpoint.records]:
        zone = settings.zone_of_names
        are = "is" if len(strange) == 1 else "are"
        ledger.degrade(statement, f"records in {zone}", f"{listed(strange)} {are} not in the zone {zone}.")
    else:
        ledger.keep(statement, "DNS records")
