"""CAMP480, CAMP481: two endpoints have the same host and path, or Kubernetes does not accept a host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.kubernetes.layout.ends import PublicEnd
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(\*\.)?{_LABEL}(\.{_LABEL})*")


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check the endpoints that a host and a path lead to."""
    routed = [each for each in layout.ends if each.routed]
    seen: dict[tuple[str, str], PublicEnd] = {}
    for end in routed:
        for host in end.hosts:
            if refusal := _refusal(layout, host):
                yield _refused(end, host, refusal)
            other = seen.setdefault((host, end.path), end)
            if other is not end:
                yield _same(other, end, host)


def _refusal(layout: KubernetesLayout, host: str) -> str:
    if not _HOST.fullmatch(host) or len(host) > 253:
        return "small letters, digits, dashes and dots, and at most 63 characters between dots"
    if host.startswith("*.") and layout.settings.routing == "route":
        return "a Route has one host, without *"
    return ""


def _refused(end: PublicEnd, host: str, refusal: str) -> Diagnostic:
    exposure = end.exposure
    span = exposure.hosts.span if exposure is not None and exposure.hosts is not None else end.component.span
    return Diagnostic(
        "CAMP481",
        f"Kubernetes does not accept the host {' '.join(host.split())[:80]}",
        span,
        label=refusal,
        help="write for example  hosts: [shop.example.org]",
    )


def _same(first: PublicEnd, second: PublicEnd, host: str) -> Diagnostic:
    one, two = first.component.id, second.component.id
    both = one if one == two else f"{one} and {two}"
    there = first.exposure.span if first.exposure is not None else first.component.span
    return Diagnostic(
        "CAMP480",
        f"users would reach {both} at the same address: {host}{second.path or '/'}",
        second.exposure.span if second.exposure is not None else second.component.span,
        label="the same address again",
        related=(Label(there, "the first"),),
        help="write other  hosts  in the Expose of one of them",
    )
