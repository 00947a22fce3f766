"""Addresses and networks of a plan, in the form that the APIs of clouds return.

With any other form, every `terraform plan` would show a difference.
"""

from __future__ import annotations

import ipaddress


def network(text: str) -> str | None:
    """A network or an address without host bits, with its prefix, IPv6 in its shortest form; None for other strings.

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
        if first.ipv4_mapped is not None:  # Python's releases write these in different forms
            return f"::ffff:{first.ipv4_mapped}/{found.prefixlen}"
    return str(found)


def inside(text: str) -> bool:
    """Whether a string is an address inside a network, with the network's prefix: ``10.0.0.7/24``."""
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return network(text) is not None
    return False
