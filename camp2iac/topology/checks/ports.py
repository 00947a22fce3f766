"""Check that two servers on the same instances do not listen on one port (CAMP321)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.record import Record
from camp2iac.topology.model import Service, Topology


class _Listener(Record, frozen=True):
    name: str
    port: int
    protocol: str
    span: Span
    service: Service


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Compare the ports, tier by tier."""
    for tier in topology.tiers.values():
        first: dict[tuple[int, str], _Listener] = {}
        for listener in sorted(_listeners(topology, tier.services), key=lambda listener: listener.span):
            other = first.setdefault((listener.port, listener.protocol), listener)
            if other is not listener:
                yield from _report(other, listener, tier.id)


def _listeners(topology: Topology, services: tuple[str, ...]) -> list[_Listener]:
    found: list[_Listener] = []
    for service in (topology.services[name] for name in services):
        product = service.product
        itself = product.role != "runtime" or product.server
        exposed = any(topology.components[c].exposures for c in service.components)
        if itself and product.port is not None and not exposed:
            found.append(_Listener(service.name, product.port, "tcp", service.span, service))
        for component in (topology.components[name] for name in service.components):
            ports = [(e.port.value, e.protocol, e.port.span) for e in component.exposures if e.port is not None]
            # a load balancer can have several ports for one process
            ports = [*{(port, protocol == "udp"): (port, protocol, at) for port, protocol, at in ports[::-1]}.values()]
            web = not component.processes or any(process.type == "web" for process in component.processes)
            if not ports and web and product.port is not None and not product.server:
                ports = [(product.port, "tcp", component.span)]
            for port, protocol, span in ports:
                found.append(_Listener(component.name, port, "udp" if protocol == "udp" else "tcp", span, service))
    return found


def _report(first: _Listener, second: _Listener, tier: str) -> Iterator[Diagnostic]:
    if first.service is second.service and first.service.product.server:
        return  # one server answers for all components that it hosts
    placed = [(item.name, item.service.placed) for item in (first, second)]
    related = [Label(first.span, f"{first.name} listens here")]
    words = (f"{placed[0][0]} is on the tier {tier}", "and so is " + placed[1][0])
    related += [
        Label(statement.span, text) for (_, statement), text in zip(placed, words, strict=True) if statement is not None
    ]
    other = second.port + 1 if second.port < 65535 else second.port - 1
    lines = [f"write another port for one of them, for example  port: {other},"]
    lines += [f"or move one to its own tier, for example  tier: {second.service.id}"]
    yield Diagnostic(
        "CAMP321",
        f"{first.name} and {second.name} share instances and both listen on port {second.port}",
        second.span,
        label=f"{second.name} listens here too",
        related=tuple(related),
        help="\n".join(lines),
    )
