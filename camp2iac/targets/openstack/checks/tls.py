"""HTTPS or an error: what says ``tls: true`` is never served without (CAMP467), nor by chance (CAMP468, CAMP469)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.record import Record
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Component, Exposure, Tier

_HTTPS = 443
_ITSELF = "or write  protocol: tcp  instead of  tls: true  where the process itself speaks TLS"


STAGE = Stage.BESIDE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """Look at every exposure, and at the environment's certificates."""
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
    for name in layout.settings.certificates:
        if name in topology.components and name not in ended:
            yield _unused(layout, topology.components[name])


class _Lack(Record, frozen=True):
    """What is not there for HTTPS: in a message, at its place, and what to do."""

    why: str
    label: str
    help: str
    related: tuple[Label, ...] = ()


def _secured(layout: OpenStackLayout, component: Component, exposure: Exposure, tier: Tier) -> Iterator[Diagnostic]:
    """CAMP467: nothing ends TLS, or nobody has given what it needs."""
    lack = _lack(layout, component, exposure, tier)
    if lack is None or exposure.tls is None:
        return
    yield Diagnostic(
        "CAMP467",
        f"users are to ask {component.name} by HTTPS, and {lack.why}",
        exposure.tls.span,
        label=lack.label,
        related=lack.related,
        notes=("tls: true  is HTTPS or an error: it never becomes plain HTTP",),
        help=lack.help,
    )


def _lack(layout: OpenStackLayout, component: Component, exposure: Exposure, tier: Tier) -> _Lack | None:
    settings = layout.settings
    if exposure.protocol != "http":
        return _Lack(
            f"{exposure.protocol.upper()} is passed on as it comes",
            "no TLS is ended for this protocol",
            "leave out  tls:  where the process itself speaks TLS: its bytes are passed on as they are;\n"
            "or leave out  protocol:  where it speaks HTTP",
        )
    if tier.balance is None:
        return _Lack(
            f"no balancer stands before {tier.id}",
            "nothing ends TLS here",
            f"let one stand there, in the characteristics of {tier.services[0]}:\n"
            "- characteristic_type: org.camp2iac:Balance\n"
            f"{_certificate(component, settings)}\n{_ITSELF}",
        )
    if settings.balancer != "octavia":
        statement = layout.environment.span("balancer")
        return _Lack(
            "the machine with HAProxy would need the certificate's key, which goes into no file",
            "HAProxy does not end TLS here",
            f"write  balancer: octavia  where the cloud has it,\n{_certificate(component, settings)}\n{_ITSELF}",
            (Label(statement, "said here"),) if statement else (),
        )
    if component.id not in settings.certificates:
        return _Lack(
            "the environment gives the balancer no certificate",
            "needs a certificate",
            _certificate(component, settings).removeprefix("and "),
        )
    return None


def _certificate(component: Component, settings: OpenStackSettings) -> str:
    """What to write into the environment file for a certificate."""
    if component.id in settings.certificates:
        return f"and keep the certificate of {component.id} in the environment file"
    file = settings.file if settings.file not in ("", "--set") else "the environment file"
    where = f"and give its certificate, which the cloud's key manager holds, in {file}:\n"
    return f"{where}certificates:\n  {component.id}: https://KEY-MANAGER/v1/containers/ID"


def _plain(component: Component, exposure: Exposure, tier: Tier) -> Iterator[Diagnostic]:
    """CAMP468: the port of HTTPS, and plain HTTP there."""
    asked = exposure.outside if exposure.outside and tier.balance else exposure.port
    if asked is None or asked.value != _HTTPS:
        return
    yield Diagnostic(
        "CAMP468",
        f"users ask {component.name} at port {_HTTPS}, where browsers speak HTTPS, and it would answer by HTTP",
        asked.span,
        label="nothing here says tls",
        help="write  tls: true  where a balancer is to end TLS,\n"
        "or  protocol: tcp  where the process itself speaks it, or  tls: false  if plain HTTP is meant",
    )


def _unused(layout: OpenStackLayout, component: Component) -> Diagnostic:
    """CAMP469: a certificate that nobody is shown."""
    exposure = component.exposures[0] if component.exposures else None
    return Diagnostic(
        "CAMP469",
        f"the certificate of {component.id} is used nowhere: the plan does not say that users ask it by HTTPS",
        layout.environment.span("certificates", component.id),
        label="this has no effect",
        related=(Label(exposure.span, "this is plain HTTP"),) if exposure else (),
        help="write  tls: true  into its org.camp2iac:Expose, or leave the certificate out",
    )
