"""CAMP483: settings of the environment file for users' connections that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_ONLY = (
    (("ingress_class",), "ingress", "only an Ingress has a class"),
    (("gateway",), "gateway", "only an HTTPRoute belongs to a Gateway"),
    (("tls", "termination"), "route", "only a Route says where TLS ends"),
    (("tls", "secret"), "ingress", "only an Ingress names the secret of its certificate"),
    (("tls", "issuer"), "ingress", "only an Ingress names the issuer of its certificate"),
)


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check the keys that only one way of routing has, and those that one needs."""
    settings, routing = layout.settings, layout.settings.routing
    environment = settings.environment
    for path, only, why in _ONLY:
        if routing != only and settings.text(*path):
            yield Diagnostic(
                "CAMP483",
                f"{'.'.join(path)} has no effect with  routing: {routing}",
                environment.key_span(*path),
                label=why,
                help=f"remove it, or write  routing: {only}",
            )
    if routing == "gateway" and not settings.text("gateway"):
        yield Diagnostic(
            "CAMP483",
            "an HTTPRoute needs the name of a Gateway",
            environment.span("routing"),
            label="it belongs to one",
            help="write for example  gateway: gateways/public",
        )
    if settings.text("tls", "secret") and settings.text("tls", "issuer"):
        yield Diagnostic(
            "CAMP483",
            "tls names a secret with a certificate, and an issuer of certificates",
            environment.key_span("tls", "issuer"),
            label="only one of them can make the certificate",
            help="remove one of them",
        )
