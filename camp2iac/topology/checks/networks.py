"""Check that networks of a plan do not overlap (CAMP331)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology.model import Network, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Compare neighbours in the order of their addresses: a network follows the one that contains it."""
    given = sorted(
        ((ipaddress.IPv4Network(network.cidr), network) for network in topology.networks.values() if network.cidr),
        key=lambda pair: (int(pair[0].network_address), pair[0].prefixlen, pair[1].span),
    )
    free = ""
    widest: tuple[ipaddress.IPv4Network, Network] | None = None
    for addresses, network in given:
        if widest is not None and addresses.overlaps(widest[0]):
            free = free or _free(given)
            first, second = sorted((widest[1], network), key=lambda n: n.span)
            yield Diagnostic(
                "CAMP331",
                f"the networks {first.id} and {second.id} overlap: {first.cidr} and {second.cidr}",
                second.span,
                label=f"{second.cidr}",
                related=(Label(first.span, f"{first.cidr}"),),
                help=f"give one of them another block, for example  cidr: {free}",
            )
        if widest is None or addresses.broadcast_address > widest[0].broadcast_address:
            widest = (addresses, network)


def _free(given: list[tuple[ipaddress.IPv4Network, Network]]) -> str:
    taken = [addresses for addresses, _ in given]
    for third in range(1, 255):
        candidate = ipaddress.IPv4Network(f"10.20.{third}.0/24")
        if not any(candidate.overlaps(other) for other in taken):
            return str(candidate)
    return "10.30.0.0/24"
