"""Names in the environment that the plan does not have."""

from __future__ import annotations

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def check(layout: OpenStackLayout, diagnostics: Diagnostics) -> None:
    """CAMP601: names that the plan does not have. CAMP622: a region that no tier is in."""
    topology, groups = layout.topology, layout.groups
    balanced = {f"{group.id}-balancer" for group in groups.values() if group.tier.balance}
    of_region = {
        "cidrs": ("network", {*topology.networks, "main", *balanced}),
        "existing": ("network", {*topology.networks, "main"}),
    }
    known = {
        **of_region,
        "addresses": ("tier", set(groups)),
        "certificates": ("component", set(topology.components)),
        "tiers": ("tier", set(groups)),
    }
    for key, (what, names) in known.items():
        _names((key,), what, names, layout, diagnostics)
    places = {str(region.name) for region in layout.regions.all if region.name}
    for region in layout.environment.get("regions", default={}):
        for key, (what, names) in of_region.items():
            _names(("regions", region, key), what, names, layout, diagnostics)
        if region not in places:
            _nowhere(region, places, layout, diagnostics)


def _names(
    path: tuple[str, ...], what: str, names: set[str], layout: OpenStackLayout, diagnostics: Diagnostics
) -> None:
    for name in layout.environment.get(*path, default={}):
        if name in names:
            continue
        best = nearest(name, names)
        diagnostics.add(
            Diagnostic(
                "CAMP601",
                f"{layout.environment.shown} sets a {what} that the plan does not have: {name}",
                layout.environment.key_span(*path, name),
                label=f"no {what} of this name",
                help="" if best else f"there are {choices(name, names)}",
                fixes=edits.part(layout.environment.key_span(*path, name), name, best),
            )
        )


def _nowhere(region: str, places: set[str], layout: OpenStackLayout, diagnostics: Diagnostics) -> None:
    best = nearest(region, places)
    diagnostics.add(
        Diagnostic(
            "CAMP622",
            f"{layout.environment.shown} describes a region that no tier is in: {region}",
            layout.environment.key_span("regions", region),
            label="nothing of this is used",
            help="" if best else f"place a tier there:  tiers: {{ TIER: {{ region: {region} }} }}",
            fixes=edits.part(layout.environment.key_span("regions", region), region, best),
        )
    )
