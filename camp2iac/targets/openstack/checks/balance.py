"""What cannot be balanced, said before anything is made of it; and links that lead to one machine of several."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.targets.base import Context, Ledger
from camp2iac.targets.openstack.layout import proxy_tiers
from camp2iac.targets.openstack.layout.addressing import Common, ports
from camp2iac.targets.openstack.layout.endpoints import endpoints, implied
from camp2iac.targets.openstack.layout.listeners import doors
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Balance, Statement, Tier, Topology, Volume


def run(topology: Topology, regions: Regions, settings: OpenStackSettings, context: Context) -> bool:
    """Look at every tier that the plan wants balanced; whether all of them can be."""
    listening = ports(topology)
    found = [
        problem
        for tier in topology.tiers.values()
        if tier.balance
        for problem in (
            *_names(topology, tier, settings),
            *_udp(topology, tier, settings, context),
            *_ports(topology, tier, listening, regions, settings),
        )
    ]
    for problem in found:
        context.diagnostics.add(problem)
    return not found


def _names(topology: Topology, tier: Tier, settings: OpenStackSettings) -> list[Diagnostic]:
    """CAMP455: the name of what stands before a tier is another's."""
    name = proxy_tiers.name(tier.id)
    taken = {id_: ("network", network.span) for id_, network in topology.networks.items()}
    if settings.balancer == "haproxy":
        taken |= {id_: ("artifact", component.span) for id_, component in topology.components.items()}
        taken |= {id_: ("service", service.span) for id_, service in topology.services.items()}
        taken |= {id_: ("tier", other.span) for id_, other in topology.tiers.items()}
    if name not in taken or tier.balance is None:
        return []
    what, span = taken[name]
    return [
        Diagnostic(
            "CAMP455",
            f"the {what} {name} has the name of what balances {tier.id}",
            span,
            label="the name is taken",
            related=(Label(tier.balance.span, f"{name} is what this makes"),),
            help=f"give the {what} another name, such as  {tier.id}-front",
        )
    ]


def _udp(topology: Topology, tier: Tier, settings: OpenStackSettings, context: Context) -> list[Diagnostic]:
    """CAMP405: HAProxy does not balance UDP."""
    if settings.balancer != "haproxy":
        return []
    statement = context.environment.span("balancer")
    return [
        Diagnostic(
            "CAMP405",
            f"{component.name} is asked by UDP, and {settings.file} says that the cloud has no balancer of its own: "
            "HAProxy balances TCP and HTTP",
            exposure.span,
            label="needs Octavia",
            related=(Label(statement, "said here"),) if statement else (),
            help=f"leave out Balance of {tier.id}: then users ask its machines, by their own addresses",
        )
        for component in topology.tier_components(tier.id)
        for exposure in component.exposures
        if exposure.protocol == "udp"
    ]


def _ports(
    topology: Topology, tier: Tier, listening: Mapping[str, int], regions: Regions, settings: OpenStackSettings
) -> list[Diagnostic]:
    """CAMP456: a balancer that would listen twice at one port."""
    taken: dict[tuple[int, bool], tuple[str, Span]] = {}
    found = []
    for end in endpoints(topology, tier, listening, implied(topology), settings, Ledger()):
        # Neutron and HAProxy tell UDP's ports from TCP's
        key = (end.outside, end.protocol == "udp")
        if key in taken:
            found.append((end.outside, end.component.name, end.exposure.span, taken[key]))
        taken[key] = (end.component.name, end.exposure.span)
    for door in doors(topology, tier, listening, regions.of):
        if (door.port, False) in taken:
            link = door.links[0]
            found.append((door.port, f"links to {door.service}", link.span, taken[(door.port, False)]))
        taken[(door.port, False)] = (f"links to {door.service}", door.links[0].span)
    return [
        Diagnostic(
            "CAMP456",
            f"the balancer of {tier.id} would listen twice at port {port}: for {first} and for {who}",
            span,
            label="the second",
            related=(Label(other, "the first"),) if other != span else (),
            help="let users ask for one of them at another port, by  as: PORT  in org.camp2iac:Expose",
        )
        for port, who, span, (first, other) in found
    ]


def links(common: Common, context: Context) -> None:
    """CAMP407: a link leads to one address, where nothing balances."""
    topology = common.topology
    for component in topology.components.values():
        for link in component.links:
            service = topology.services[link.service]
            other = common.shapes.get(service.tier)
            if other is None or not other.many or other.id == component.tier or common.door(component.tier, service.id):
                continue
            scale = other.tier.scale
            several = f"IPALL({other.id}) in a variable gives all of them"
            if service.product.data:
                help_ = f"leave out Scale of {other.id}, or let the application know them: {several}"
            else:
                help_ = (
                    f"let a balancer stand before {other.id}, in the characteristics of {service.id}:\n"
                    f"- characteristic_type: org.camp2iac:Balance\nor let the application know them: {several}"
                )
            context.diagnostics.add(
                Diagnostic(
                    "CAMP407",
                    f"{component.name} connects to {link.service}, which may be {other.scale.maximum} machines: "
                    "it gets the address of the first",
                    link.span,
                    label="one address",
                    related=(Label(scale.span, "more than one machine"),) if scale else (),
                    help=help_,
                )
            )


def volumes(topology: Topology, context: Context) -> None:
    """CAMP326: a volume of each of several machines that a balancer sends users to."""
    for tier in topology.tiers.values():
        if tier.balance is None or tier.scale is None or tier.scale.value.maximum < 2:
            continue
        hosts = {topology.services[component.host].name for component in topology.tier_components(tier.id)}
        for statement in tier.volumes:
            if statement.node in hosts:
                context.diagnostics.add(_volume(statement, tier.balance, tier.scale.value.maximum))


def _volume(statement: Statement[Volume], balance: Statement[Balance], most: int) -> Diagnostic:
    return Diagnostic(
        "CAMP326",
        f"the volume {statement.value.name} of {statement.node} is one of each of up to {most} machines: "
        "each has other files",
        statement.span,
        label="not shared",
        related=(Label(balance.span, "users are sent to any of them"),),
        help="keep what users must find again in a database or an object store, or run one machine:  max: 1",
    )
