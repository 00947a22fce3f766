"""HTTPS or an error: what says ``tls: true`` is never served without (CAMP467), nor by chance (CAMP468, CAMP469)."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Component, Exposure, Tier, Topology

_HTTPS = 443


def run(topology: Topology, settings: OpenStackSettings, context: Context) -> None:
    """Look at every exposure, and at the environment's certificates."""
    ended = set()
    for tier in topology.tiers.values():
        for component in topology.tier_components(tier.id):
            for exposure in component.exposures:
                if exposure.tls is not None and exposure.tls.value:
                    ended.add(component.id)
                    _secured(component, exposure, tier, settings, context)
                elif exposure.tls is None and exposure.protocol == "http":
                    _plain(component, exposure, tier, context)
    for name in settings.certificates:
        if name in topology.components and name not in ended:
            context.diagnostics.add(_unused(topology.components[name], context))


def _secured(
    component: Component, exposure: Exposure, tier: Tier, settings: OpenStackSettings, context: Context
) -> None:
    """CAMP467: nothing ends TLS, or nobody has given what it needs."""
    assert exposure.tls is not None  # noqa: S101 - the caller has looked
    place = exposure.tls.span
    related: tuple[Label, ...] = ()
    if exposure.protocol != "http":
        why, label = f"{exposure.protocol.upper()} is passed on as it comes", "no TLS is ended for this protocol"
        help_ = (
            "leave out  tls:  where the process itself speaks TLS: its bytes are passed on as they are;\n"
            "or leave out  protocol:  where it speaks HTTP"
        )
    elif tier.balance is None:
        why, label = f"no balancer stands before {tier.id}", "nothing ends TLS here"
        help_ = (
            f"let one stand there, in the characteristics of {tier.services[0]}:\n"
            "- characteristic_type: org.camp2iac:Balance\n"
            f"{_certificate(component, settings)}\n"
            "or write  protocol: tcp  instead of  tls: true  where the process itself speaks TLS"
        )
    elif settings.balancer != "octavia":
        statement = context.environment.span("balancer")
        related = (Label(statement, "said here"),) if statement else ()
        why = "the machine with HAProxy would need the certificate's key, which goes into no file"
        label = "HAProxy does not end TLS here"
        help_ = (
            f"write  balancer: octavia  where the cloud has it,\n{_certificate(component, settings)}\n"
            "or write  protocol: tcp  instead of  tls: true  where the process itself speaks TLS"
        )
    elif component.id not in settings.certificates:
        why, label = "the environment gives the balancer no certificate", "needs a certificate"
        help_ = _certificate(component, settings).removeprefix("and ")
    else:
        return
    context.diagnostics.add(
        Diagnostic(
            "CAMP467",
            f"users are to ask {component.name} by HTTPS, and {why}",
            place,
            label=label,
            related=related,
            notes=("tls: true  is HTTPS or an error: it never becomes plain HTTP",),
            help=help_,
        )
    )


def _certificate(component: Component, settings: OpenStackSettings) -> str:
    """What to write into the environment file for a certificate."""
    if component.id in settings.certificates:
        return f"and keep the certificate of {component.id} in the environment file"
    file = settings.file if settings.file not in ("", "--set") else "the environment file"
    where = f"and give its certificate, which the cloud's key manager holds, in {file}:\n"
    return f"{where}certificates:\n  {component.id}: https://KEY-MANAGER/v1/containers/ID"


def _plain(component: Component, exposure: Exposure, tier: Tier, context: Context) -> None:
    """CAMP468: the port of HTTPS, and plain HTTP there."""
    asked = exposure.outside if exposure.outside and tier.balance else exposure.port
    if asked is None or asked.value != _HTTPS:
        return
    context.diagnostics.add(
        Diagnostic(
            "CAMP468",
            f"users ask {component.name} at port {_HTTPS}, where browsers speak HTTPS, and it would answer by HTTP",
            asked.span,
            label="nothing here says tls",
            help="write  tls: true  where a balancer is to end TLS,\n"
            "or  protocol: tcp  where the process itself speaks it, or  tls: false  if plain HTTP is meant",
        )
    )


def _unused(component: Component, context: Context) -> Diagnostic:
    """CAMP469: a certificate that nobody is shown."""
    exposure = component.exposures[0] if component.exposures else None
    return Diagnostic(
        "CAMP469",
        f"the certificate of {component.id} is used nowhere: the plan does not say that users ask it by HTTPS",
        context.environment.span("certificates", component.id),
        label="this has no effect",
        related=(Label(exposure.span, "this is plain HTTP"),) if exposure else (),
        help="write  tls: true  into its org.camp2iac:Expose, or leave the certificate out",
    )
