"""Check the length of host names: at most 63 characters, including the application's name (CAMP342)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

MOST = 63


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check application, tier and number, with dashes between them."""
    for tier in topology.tiers.values():
        count = len(str(tier.scale.value.maximum)) if tier.scale else 1
        length = len(slug(topology.name)) + len(tier.id) + count + 2
        if length > MOST:
            yield Diagnostic(
                "CAMP342",
                f"instances of {tier.id} would have names of {length} characters, but the limit is {MOST}",
                tier.span,
                label=f"{slug(topology.name)}-{tier.id}-1 is too long",
                help="give the application or this service a shorter name",
            )
