"""Outcomes of exposures: hosts and paths, or load balancers."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.kubernetes.layout.ends import PublicEnd
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.topology.model import Component, Exposure, Statement

_WAYS = {"ingress": "Ingress", "gateway": "HTTPRoute", "route": "Route"}


def outcomes(layout: KubernetesLayout, component: Component) -> Iterator[LedgerEntry]:
    """The outcomes of a component's exposures."""
    runs = component.id in layout.images
    ends = {id(each.exposure): each for each in layout.ends if each.component.id == component.id}
    for exposure in component.exposures:
        if runs:
            yield from _exposed(layout, exposure, ends.get(id(exposure)))
        else:
            for statement in _statements(exposure):
                yield lost(statement, "This component does not run here.", "See the artifact.")
    if component.silent is not None:
        yield kept(component.silent, "only in the cluster" if runs else "not deployed")


def _exposed(layout: KubernetesLayout, exposure: Exposure, end: PublicEnd | None) -> Iterator[LedgerEntry]:
    way = "only in the cluster"
    if end is not None:
        way = _WAYS[layout.settings.routing] if end.routed else "load balancer"
    if exposure.port is not None:
        yield kept(exposure.port, f"port {exposure.port.value} of the pods")
    if exposure.outside is not None:
        yield _outside(exposure.outside, end, way)
    if exposure.public is not None:
        yield kept(exposure.public, way)
    if exposure.silent is not None:
        yield kept(exposure.silent, way)
    if exposure.hosts is not None:
        yield _hosts(layout, exposure.hosts, end, way)
    if exposure.tls is not None:
        yield _tls(layout, exposure.tls, end)


def _outside(statement: Statement[int], end: PublicEnd | None, way: str) -> LedgerEntry:
    if end is None or not end.routed:
        return kept(statement, f"port {statement.value}" if end is not None else way)
    usual = 443 if end.tls else 80
    if statement.value in (usual, 443):
        return kept(statement, f"{way}, port {usual}")
    why = "The ingress controller of the cluster has the ports, and all applications share them."
    return degraded(statement, f"{way}, port {usual}", why, f"Write  as: {usual}.")


def _hosts(
    layout: KubernetesLayout, statement: Statement[tuple[str, ...]], end: PublicEnd | None, way: str
) -> LedgerEntry:
    if end is None:
        return kept(statement, way)
    if not end.routed:
        why = "A load balancer for TCP or UDP knows no names."
        return lost(statement, why, "Point the names at its address.")
    if layout.settings.routing == "route" and len(statement.value) > 1:
        why = "A Route has one host."
        return degraded(statement, statement.value[0], why, "Point the other names at it, and let it answer for them.")
    return kept(statement, ", ".join(statement.value))


def _tls(layout: KubernetesLayout, statement: Statement[bool], end: PublicEnd | None) -> LedgerEntry:
    settings = layout.settings
    if end is None or not statement.value:
        return kept(statement, "plain" if end is not None else "only in the cluster")
    if not end.routed:
        return lost(statement, "A load balancer of the cluster passes on connections as they are.", "Use HTTP.")
    if settings.routing == "route":
        return kept(statement, f"{settings.text('tls', 'termination') or 'edge'} termination")
    if settings.certified:
        return kept(statement, f"certificate of {settings.text('tls', 'issuer') or settings.text('tls', 'secret')}")
    why = "The environment file names no certificate."
    if settings.routing == "gateway":
        return degraded(statement, "as the Gateway says", "A Gateway has the certificates.", "Give it a listener.")
    help_ = f"Write  tls: {{ issuer: NAME }}  or  tls: {{ secret: NAME }}  in {settings.file}."
    return degraded(statement, "certificate of the ingress controller", why, help_)


def _statements(exposure: Exposure) -> Iterator[Statement[object]]:
    for statement in (exposure.port, exposure.outside, exposure.public, exposure.silent, exposure.hosts, exposure.tls):
        if statement is not None:
            yield statement
