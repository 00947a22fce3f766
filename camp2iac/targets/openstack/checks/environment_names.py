"""Names in the environment file that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.kit import GivenName, environment_schema, given_names, unknown_name
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

_TARGET = "camp2iac.targets.openstack"


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP601: unknown names, where the schema has ``x-names``. CAMP622: a region without tiers."""
    topology, groups = layout.topology, layout.groups
    networks = {*topology.networks, "main"}
    balanced = {f"{group.id}-balancer" for group in groups.values() if group.tier.balance}
    known = {
        "component": ("component", {id_ for id_, one in topology.components.items() if not one.part_of}),
        "network": ("network", networks),
        "network or load balancer": ("network", networks | balanced),
        "region": ("region", {str(region.name) for region in layout.regions.all if region.name}),
        "tier": ("tier", set(groups)),
        "service or tier": ("service or tier", set(topology.services) | set(groups)),
        "product": ("product", {service.product.name for service in topology.services.values()}),
    }
    for given in given_names(environment_schema(_TARGET), layout.environment.values):
        what, names = known[given.mark]
        if given.name in names:
            continue
        if given.mark == "region":
            yield _nowhere(given, names, layout)
        else:
            yield unknown_name(given.name, names, what, layout.environment.shown, given.span)


def _nowhere(given: GivenName, regions: set[str], layout: OpenStackLayout) -> Diagnostic:
    best = nearest(given.name, regions)
    return Diagnostic(
        "CAMP622",
        f"{layout.environment.shown} configures a region without tiers: {given.name}",
        given.span,
        label="this has no effect",
        help="" if best else f"place a tier in it:  tiers: {{ TIER: {{ region: {given.name} }} }}",
        fixes=edits.part(given.span, given.name, best),
        mistake=given.name,
    )
