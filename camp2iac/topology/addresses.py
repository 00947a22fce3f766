"""Addresses and networks of a plan, written as the APIs of clouds give them back.

Whoever writes them otherwise is told at each plan that something is different.
"""

from __future__ import annotations

import ipaddress


def network(text: str) -> str | None:
    """A network, or one address: without host bits, with its prefix, IPv6 in its shortest form; None for other text.

    ``10.0.0.5`` is ``10.0.0.5/32``, ``10.0.0.7/24`` is ``10.0.0.0/24``, ``2001:DB8::/32`` is ``2001:db8::/32``.
    """
    try:
        found = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    first = found.network_address
    if isinstance(first, ipaddress.IPv6Address):
        if first.scope_id is not None:
            return None
        if first.ipv4_mapped is not None:  # Python's own form of these differs between its releases
            return f"::ffff:{first.ipv4_mapped}/{found.prefixlen}"
    return str(found)


def inside(text: str) -> bool:
    """Whether a text is an address inside of a network with that network's prefix: ``10.0.0.7/24``."""
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return network(text) is not None
    return False
