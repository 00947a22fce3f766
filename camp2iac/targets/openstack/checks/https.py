"""HTTPS by HAProxy on instances: certificates from an ACME server, and the ports that HAProxy needs."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import systems
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.https import HTTP
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.proxy_tiers import PRODUCT
from camp2iac.topology.model import Component

STAGE = Stage.BASIS
_SYSTEMS = ("debian-12", "debian-13", "ubuntu-22.04", "ubuntu-24.04")  # they have a package of lego
_LOCAL = 8402  # of lego, behind HAProxy


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP367, CAMP368, CAMP369, CAMP463, CAMP464."""
    yield from _twice(layout)
    used = False
    for id_, ends in layout.endpoints.items():
        own = [end for end in ends if end.certificate and end.certificate.on_instances]
        used = used or bool(own)
        asking = [end for end in own if end.certificate and end.certificate.source == "acme"]
        for end in asking:
            yield from _unreachable(end)
        if asking and systems.like(layout.images[id_].system) not in _SYSTEMS:
            yield _no_package(layout, id_)
        if id_ in layout.beside:
            yield from _taken(layout, id_, own)
    if not used and not any(_wanted(layout, each) for each in layout.plan.components.values()):
        yield from _idle(layout)


def _twice(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP367: two certificates for one component."""
    known = layout.settings.certificates
    for name in known.files:
        if name in known.managed:
            yield Diagnostic(
                "CAMP367",
                f"{name} has two certificates: one in the key manager, and one in  files",
                layout.environment.span("certificates", "files"),
                label=f"names {name} too",
                help=f"remove {name} from  files  if Octavia ends TLS, or its address if HAProxy does",
            )


def _wanted(layout: OpenStackLayout, component: Component) -> bool:
    """Whether a component should have such a certificate, even if it cannot (CAMP467)."""
    found = layout.settings.certificates.of(component.id)
    secured = any(each.tls is not None and each.tls.value for each in component.exposures)
    return secured and found is not None and found.on_instances


def _idle(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP368: keys without an effect."""
    for path in (("https",), ("certificates", "acme")):
        asked = layout.environment.get(*path, default=None) is not None
        if asked:
            yield Diagnostic(
                "CAMP368",
                f"{': '.join(path)} has no effect: HAProxy ends TLS for no component of the plan",
                layout.environment.key_span(*path),
                label="this has no effect",
                help="add  tls: true  to an org.camp2iac:Expose of a tier with one instance,\n"
                "or write  balancer: haproxy , or remove it",
            )


def _unreachable(end: Endpoint) -> Iterator[Diagnostic]:
    """CAMP463: the ACME server cannot check the names."""
    said, name = end.exposure, end.component.name
    hosts = said.hosts.value if said.hosts else ()
    wild = [host for host in hosts if host.startswith("*")]
    if not hosts:
        why, label, what = (
            "its exposure has no host names",
            "needs hosts",
            "add the names that users write, such as  hosts: [shop.example.org]",
        )
    elif wild:
        why, label = f"{listed(wild)} is a name for many hosts", "a server checks each name over HTTP"
        what = "write each name"
    elif not end.public:
        why, label, what = "it is not public", "the server cannot reach it", "write  public: true"
    else:
        return
    yield Diagnostic(
        "CAMP463",
        f"{name} cannot get a certificate from an ACME server: {why}",
        said.hosts.span if said.hosts and wild else said.span,
        label=label,
        help=f"{what},\nor use a certificate that you have: write in the environment file\n"
        f"certificates:\n  files: [{end.component.id}]",
    )


def _no_package(layout: OpenStackLayout, tier: str) -> Diagnostic:
    """CAMP369: the distribution has no ACME client."""
    os = layout.images[tier].system
    return Diagnostic(
        "CAMP369",
        f"acme is not available for {os}, which the instances of {tier} have",
        layout.environment.key_span("certificates", "acme"),
        label=f"{os} has no package of lego",
        help=f"use an image with {listed(_SYSTEMS, 'or')}, or certificates that you have, with  files",
    )


def _taken(layout: OpenStackLayout, tier: str, own: list[Endpoint]) -> Iterator[Diagnostic]:
    """CAMP464: something else has a port of HAProxy on the instance, or it has another HAProxy."""
    topology, mine = layout.topology, layout.beside[tier]
    others = [topology.services[id_] for id_ in layout.topology.tiers[tier].services if id_ != mine]
    ports = {layout.ports[each.id]: each.name for each in others if each.id in layout.ports and each.href is None}
    for component in topology.tier_components(tier):
        said = [each.port.value for each in component.exposures if each.port]
        ports |= dict.fromkeys(
            [*said, *([layout.ports[component.id]] if component.id in layout.ports else [])], component.name
        )
    first = own[0]
    for service in others:
        if service.product.name == PRODUCT:
            yield _conflict(
                first,
                f"needs HAProxy, and {service.name} is HAProxy on the same instance",
                f"put {service.name} on a tier of its own",
            )
            return
    seen: dict[int, str] = {}
    for end in own:
        for port in dict.fromkeys((end.outside, *([HTTP] if end.plain else []), *([_LOCAL] if first.plain else []))):
            other = ports.get(port) or (seen.get(port) if port == end.outside else None)
            if other:
                yield _conflict(
                    end, f"needs port {port} of its instance, which {other} has", _other_port(layout, end, port)
                )
        seen[end.outside] = end.component.name


def _other_port(layout: OpenStackLayout, end: Endpoint, port: int) -> str:
    if port != HTTP:
        return "set another port of the process with  port: PORT , or another port for users with  as: PORT"
    acme = end.certificate is not None and end.certificate.source == "acme"
    rest = "" if acme else ",\nor leave port 80 alone: write  https: { redirect: false }  in the environment file"
    why = "HAProxy has port 80 so that an ACME server can check the names" if acme else "port 80 leads to HTTPS"
    return f"{why}: set another port of the process, such as  port: 8080{rest}"


def _conflict(end: Endpoint, why: str, help_: str) -> Diagnostic:
    return Diagnostic(
        "CAMP464",
        f"HTTPS of {end.component.name} {why}",
        end.exposure.span,
        label="HAProxy on its instance ends TLS",
        help=help_,
    )
