"""HTTPS or an error: ``tls: true`` never becomes plain HTTP (CAMP467). Likely mistakes: CAMP468, CAMP469."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.record import Record
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.certificates import Certificate
from camp2iac.targets.openstack.layout.endpoints import alone
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Component, Exposure, Tier

_HTTPS = 443
_ITSELF = "or write  protocol: tcp  instead of  tls: true  if the process itself handles TLS"

_FROM = {"files": "in a variable", "acme": "from an ACME server"}

STAGE = Stage.BESIDE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """Check every exposure, and the certificates in the environment file."""
    topology = layout.plan
    ended = set()
    for tier in topology.tiers.values():
        for component in topology.tier_components(tier.id):
            for exposure in component.exposures:
                if exposure.tls is not None and exposure.tls.value:
                    ended.add(component.id)
                    yield from _secured(layout, component, exposure, tier)
                elif exposure.tls is None and exposure.protocol == "http":
                    yield from _plain(component, exposure, tier)
    for name in layout.settings.certificates.named:
        if name in topology.components and name not in ended:
            yield _unused(layout, topology.components[name])


class _Lack(Record, frozen=True):
    """What is missing for HTTPS: for the message, the label and the help."""

    why: str
    label: str
    help: str
    related: tuple[Label, ...] = ()


def _secured(layout: OpenStackLayout, component: Component, exposure: Exposure, tier: Tier) -> Iterator[Diagnostic]:
    """CAMP467: nothing terminates TLS, or it has no certificate."""
    lack = _lack(layout, component, exposure, tier)
    if lack is None or exposure.tls is None:
        return
    yield Diagnostic(
        "CAMP467",
        f"{component.name} has tls: true, but {lack.why}",
        exposure.tls.span,
        label=lack.label,
        related=lack.related,
        notes=("tls: true never becomes plain HTTP",),
        help=lack.help,
    )


def _lack(layout: OpenStackLayout, component: Component, exposure: Exposure, tier: Tier) -> _Lack | None:
    settings = layout.settings
    if exposure.protocol != "http":
        return _Lack(
            f"the load balancer forwards {exposure.protocol.upper()} unchanged"
            if tier.balance
            else f"{exposure.protocol.upper()} reaches the process unchanged",
            "does not terminate TLS",
            "remove  tls:  if the process itself handles TLS, or remove  protocol:  if it serves HTTP",
        )
    found = settings.certificates.of(component.id)
    own = _where(tier, settings).certificate(component)
    if found is None and (tier.balance or alone(tier)):
        return _Lack("the environment file has no certificate for it", "needs a certificate", own)
    if found is None:
        return _unbalanced(f"{_balance(tier)}\nand {own}\n{_ITSELF}")
    if tier.balance is None:
        return _without_balancer(component, tier, found, settings)
    if found.on_instances == (settings.balancer == "haproxy"):
        return None
    if found.on_instances:
        return _Lack(
            f"Octavia cannot use a certificate {_FROM[found.source]}",
            "needs a certificate in the key manager",
            f"{own}\nor write  balancer: haproxy  to end TLS on an instance",
        )
    statement = layout.environment.span("balancer")
    return _Lack(
        "HAProxy cannot use a certificate in the key manager",
        "needs another certificate, or Octavia",
        f"if the cloud has Octavia, write  balancer: octavia\notherwise {own}",
        (Label(statement, "sets HAProxy"),) if statement else (),
    )


def _without_balancer(
    component: Component, tier: Tier, found: Certificate, settings: OpenStackSettings
) -> _Lack | None:
    if found.on_instances and alone(tier):
        return None
    if found.on_instances:
        chosen = settings.balancer == "haproxy"
        more = "" if chosen else f"\nand write  balancer: haproxy  in {settings.file}, so that an instance ends TLS"
        why = "its tier has several instances, and no load balancer"
        return _Lack(why, "needs a load balancer", f"{_balance(tier)}{more}")
    keep = f"and keep the certificate of {component.id} in the environment file"
    return _unbalanced(f"{_balance(tier)}\n{keep}\n{_ITSELF}")


def _unbalanced(help_: str) -> _Lack:
    return _Lack("its tier has no load balancer to terminate TLS", "needs a load balancer", help_)


def _balance(tier: Tier) -> str:
    """The load balancer to add to the plan."""
    return (
        f"add a load balancer to the characteristics of {tier.services[0]}:\n"
        "- characteristic_type: org.camp2iac:Balance"
    )


class _Where(Record, frozen=True):
    """What ends TLS: Octavia, or HAProxy on an instance."""

    settings: OpenStackSettings
    octavia: bool = False

    def certificate(self, component: Component) -> str:
        """The certificate to add to the environment file."""
        given = self.settings.file
        file = given if given not in ("", "--set") else "the environment file"
        if self.octavia:
            return (
                f"add the address of its certificate in the cloud's key manager to {file}:\n"
                f"certificates:\n  {component.id}: https://KEY-MANAGER/v1/containers/ID"
            )
        return (
            f"add to {file}, for a certificate from Let's Encrypt:\n"
            "certificates:\n  acme: { email: ops@example.org }\n"
            "or for a certificate that you have:\n"
            f"certificates:\n  files: [{component.id}]"
        )


def _where(tier: Tier, settings: OpenStackSettings) -> _Where:
    several = tier.balance is not None or not alone(tier)
    return _Where(settings, octavia=several and settings.balancer == "octavia")


def _plain(component: Component, exposure: Exposure, tier: Tier) -> Iterator[Diagnostic]:
    """CAMP468: plain HTTP on the port of HTTPS."""
    asked = exposure.outside if exposure.outside and tier.balance else exposure.port
    if asked is None or asked.value != _HTTPS:
        return
    yield Diagnostic(
        "CAMP468",
        f"{component.name} serves plain HTTP on port {_HTTPS}, where browsers expect HTTPS",
        asked.span,
        label="port of HTTPS, without tls",
        help="write  tls: true  if a load balancer must terminate TLS,\n"
        "or  protocol: tcp  if the process itself handles TLS, or  tls: false  if you want plain HTTP",
    )


def _unused(layout: OpenStackLayout, component: Component) -> Diagnostic:
    """CAMP469: a certificate without ``tls: true``."""
    exposure = component.exposures[0] if component.exposures else None
    return Diagnostic(
        "CAMP469",
        f"the certificate of {component.id} is unused: the plan has no tls: true for it",
        layout.environment.span("certificates", component.id) or layout.environment.span("certificates", "files"),
        label="this has no effect",
        related=(Label(exposure.span, "serves plain HTTP"),) if exposure else (),
        help="add  tls: true  to its org.camp2iac:Expose, or remove the certificate",
    )
