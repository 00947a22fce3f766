"""Values of the environment file that another value overrides: contradictions (CAMP641), and no effect (CAMP642)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.layout.settings import DEFAULT_OS, os_of

STAGE = Stage.BESIDE


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """Check the file, and its part for each region."""
    yield from _images(layout)
    yield from _cidrs(layout)
    for region in {net.region.alias: net.region for net in layout.networks.values()}.values():
        yield from _name_servers(layout, region)


def _places(layout: OpenStackLayout) -> list[tuple[str, ...]]:
    return [(), *(("regions", name) for name in layout.environment.get("regions", default={}))]


def _images(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP641: ``image`` and ``images`` name different images for one operating system."""
    environment = layout.environment
    for path in _places(layout):
        one, many = environment.get(*path, "image"), environment.get(*path, "images", default={})
        system = environment.get(*path, "os") or os_of(one or "") or DEFAULT_OS
        if one is None or system not in many or many[system] == one:
            continue
        yield Diagnostic(
            "CAMP641",
            f"{environment.shown} names two images with {system}: {one} and {many[system]}",
            environment.span(*path, "images", system),
            label="the second",
            related=_related(environment.span(*path, "image"), "the first"),
            help=f"remove one of them: image is also the image with {system}",
        )


def _cidrs(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP641: the plan and ``cidrs`` give a network different blocks."""
    environment = layout.environment
    for path in _places(layout):
        for name in environment.get(*path, "cidrs", default={}):
            network, text = layout.topology.networks.get(name), environment.get(*path, "cidrs", name)
            if network is None or network.cidr is None or network.cidr == text:
                continue
            yield Diagnostic(
                "CAMP641",
                f"the network {name} has two blocks: {network.cidr} in the plan, and {text} in {environment.shown}",
                environment.span(*path, "cidrs", name),
                label="cidrs is for networks without a block in the plan",
                related=_related(network.span, f"has {network.cidr}"),
                help="remove it from cidrs, or replace the plan's value instead:\n"
                f"overrides:\n  org.camp2iac:Networks:\n    {name}: {{ cidr: {text} }}",
            )


def _name_servers(layout: OpenStackLayout, region: Region) -> Iterator[Diagnostic]:
    """CAMP642: every network of a region has name servers of its own."""
    settings, environment = region.settings, layout.environment
    path = ("regions", region.name, "dns_servers") if "dns_servers" in settings.own else ("dns_servers",)
    found = (net for key, net in layout.networks.items() if not key.endswith("/balancer"))
    here = [net for net in found if net.region is region]
    taken = any(not net.existing and net.dns == settings.dns_servers for net in here)
    if not settings.dns_servers or taken or environment.get(*path, default=None) is None:
        return
    yield Diagnostic(
        "CAMP642",
        f"no network gets the name servers in {environment.shown}: {', '.join(settings.dns_servers)}",
        environment.span(*path),
        label="this has no effect",
        notes=tuple(
            f"{net.id} exists already, with name servers of its own"
            if net.existing
            else f"{net.id} has name servers in the plan: {', '.join(net.dns)}"
            for net in here
        ),
        help="remove it, or the  dns  of a network in the plan",
    )


def _related(span: Span | None, label: str) -> tuple[Label, ...]:
    return (Label(span, label),) if span else ()
