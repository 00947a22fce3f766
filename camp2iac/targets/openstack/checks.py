"""What this platform cannot do, said before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Label, Span
from camp2iac.diagnostics.suggest import choices, listed, nearest
from camp2iac.synth.module import Attribute, Block, Module
from camp2iac.targets.base import Context
from camp2iac.targets.openstack import checks_balance, crossing, images, overlaps, shared, ssh
from camp2iac.targets.openstack.endpoints import Endpoint
from camp2iac.targets.openstack.facts import Common
from camp2iac.targets.openstack.networks import Net
from camp2iac.targets.openstack.regions import Regions
from camp2iac.targets.openstack.rules import SecurityGroupRule
from camp2iac.targets.openstack.settings import OpenStackSettings
from camp2iac.targets.openstack.tiers import MachineGroup, texts, tier_of
from camp2iac.topology.model import Reference, Topology


def run(
    topology: Topology,
    shapes: Mapping[str, MachineGroup],
    nets: Mapping[str, Net],
    regions: Regions,
    settings: OpenStackSettings,
    common: Common,
    context: Context,
) -> bool:
    """Collect all that is wrong; whether the rest makes sense without it."""
    before = sum(1 for item in context.diagnostics if item.level.value == "error")
    overlaps.check(nets, topology, regions, context.environment, context.diagnostics)
    overlaps.room(nets, shapes, context.diagnostics)
    crossing.check(topology, shapes, common.behind, context.diagnostics)
    shared.check(context.environment, context.diagnostics)
    for shape in shapes.values():
        images.check(shape, context.environment, context.diagnostics)
    _references(topology, shapes, common, context.diagnostics)
    checks_balance.links(common, context)
    _environment(topology, shapes, regions, context)
    _addresses(shapes, settings, context)
    _releases(shapes, context)
    return before == sum(1 for item in context.diagnostics if item.level.value == "error")


def _releases(shapes: Mapping[str, MachineGroup], context: Context) -> None:
    """CAMP628: releases are fetched from an object store."""
    for id_, shape in shapes.items():
        if shape.settings.change == "rerun" and not shape.settings.object_store:
            own, where = ("tiers", id_, "on_change"), context.environment
            context.diagnostics.add(
                Diagnostic(
                    "CAMP628",
                    f"machines of {id_} are to fetch their releases, and the environment names no object store",
                    where.span(*own) or where.span("on_change"),
                    label="needs one",
                    help="write  object_store: true  where the cloud has Swift, else  on_change: replace",
                )
            )


def _references(
    topology: Topology, shapes: Mapping[str, MachineGroup], common: Common, diagnostics: Diagnostics
) -> None:
    """CAMP406: the port of what listens nowhere, the password of what has none, the address of what is elsewhere."""
    for _, text in texts(topology):
        for reference in text.references:
            tier = ""
            match reference.kind:
                case "PORT" if reference.name not in common.ports:
                    fault = "listens on no port"
                case "PASSWORD" if reference.name not in common.passwords:
                    fault = "has no password"
                case "IP" | "IPALL" if (tier := tier_of(topology, reference.name)) not in shapes:
                    fault = "has no machines here"
                case "IP" | "IPALL" if reference.network and reference.network not in _networks(shapes[tier]):
                    fault = f"is not on the network {reference.network}"
                case _:
                    continue
            diagnostics.add(
                Diagnostic(
                    "CAMP406",
                    f"{_words(reference)} has no value: {reference.name} {fault}",
                    reference.span,
                    label=fault,
                    help=_instead(reference, shapes.get(tier), shapes, common),
                )
            )


def _words(reference: Reference) -> str:
    where = f", {reference.network}" if reference.network else ""
    return f"{reference.kind}({reference.name}{where})"


def _networks(shape: MachineGroup) -> list[str]:
    return [net.id for net in shape.nets]


def _instead(
    reference: Reference, shape: MachineGroup | None, shapes: Mapping[str, MachineGroup], common: Common
) -> str:
    kind = reference.kind
    if shape is not None and reference.network:
        there = [f"{kind}({reference.name}, {net})" for net in _networks(shape) if net in common.topology.networks]
        return f"write  {listed(there or [f'{kind}({reference.name})'], 'or')}"
    have = {"PORT": common.ports, "PASSWORD": common.passwords}.get(kind, shapes)
    known = listed([f"{kind}({name})" for name in sorted(have)][:5], "or")
    return f"write  {known}" if known else "write the value itself"


def _environment(topology: Topology, shapes: Mapping[str, MachineGroup], regions: Regions, context: Context) -> None:
    """CAMP601: names that the plan does not have. CAMP622: a region that no tier is in."""
    balanced = {f"{shape.id}-balancer" for shape in shapes.values() if shape.tier.balance}
    of_region = {
        "cidrs": ("network", {*topology.networks, "main", *balanced}),
        "existing": ("network", {*topology.networks, "main"}),
    }
    known = {
        **of_region,
        "addresses": ("tier", set(shapes)),
        "certificates": ("component", set(topology.components)),
        "tiers": ("tier", set(shapes)),
    }
    for key, (what, names) in known.items():
        _names((key,), what, names, context)
    places = {str(region.name) for region in regions.all if region.name}
    for region in context.environment.get("regions", default={}):
        for key, (what, names) in of_region.items():
            _names(("regions", region, key), what, names, context)
        if region not in places:
            _nowhere(region, places, context)


def _names(path: tuple[str, ...], what: str, names: set[str], context: Context) -> None:
    for name in context.environment.get(*path, default={}):
        if name in names:
            continue
        best = nearest(name, names)
        context.diagnostics.add(
            Diagnostic(
                "CAMP601",
                f"{context.environment.shown} sets a {what} that the plan does not have: {name}",
                context.environment.key_span(*path, name),
                label=f"no {what} of this name",
                help="" if best else f"there are {choices(name, names)}",
                fixes=edits.part(context.environment.key_span(*path, name), name, best),
            )
        )


def _nowhere(region: str, places: set[str], context: Context) -> None:
    best = nearest(region, places)
    context.diagnostics.add(
        Diagnostic(
            "CAMP622",
            f"{context.environment.shown} describes a region that no tier is in: {region}",
            context.environment.key_span("regions", region),
            label="nothing of this is used",
            help="" if best else f"place a tier there:  tiers: {{ TIER: {{ region: {region} }} }}",
            fixes=edits.part(context.environment.key_span("regions", region), region, best),
        )
    )


def _addresses(shapes: Mapping[str, MachineGroup], settings: OpenStackSettings, context: Context) -> None:
    """CAMP613: a block of addresses that is in no network of its tier, or too small."""
    for id_, text in sorted(settings.addresses.items()):
        shape = shapes.get(id_)
        if shape is None:
            continue
        try:
            block = IPv4Network(text)
        except ValueError:
            _block(id_, text, "is not a network", "address 16 and the like begin a block of 16", context)
            continue
        if not any(shape.in_block(net) for net in shape.nets):
            has = ", ".join(f"{net.id} has {net.cidr}" for net in shape.nets if net.cidr and not net.existing)
            _block(id_, text, "is in none of its networks", has or "its networks exist already", context)
        elif block.num_addresses <= shape.scale.maximum:
            most = f"address n is machine n's, and there may be {shape.scale.maximum}"
            _block(id_, text, "is too small", most, context)


def _block(tier: str, block: str, fault: str, note: str, context: Context) -> None:
    context.diagnostics.add(
        Diagnostic(
            "CAMP613",
            f"the block of addresses of {tier} {fault}: {block}",
            context.environment.span("addresses", tier),
            label=fault,
            notes=(note,),
            help="give another block, or leave it out: then the cloud chooses addresses",
        )
    )


def outside(
    topology: Topology,
    endpoints: Mapping[str, Sequence[Endpoint]],
    bare: frozenset[str],
    settings: OpenStackSettings,
    context: Context,
) -> None:
    """CAMP409, CAMP410, CAMP614: notes on who can reach what, where the plan or the environment does not say."""
    for id_ in sorted(bare):
        component = topology.components[id_]
        context.diagnostics.add(
            Diagnostic(
                "CAMP410",
                f"{component.name} is open to the public: the plan does not say who may reach it",
                component.span,
                label="users come to this",
                help="say so in its requirements (false: nobody outside reaches it):\n"
                "- requirement_type: org.camp2iac:Expose\n  public: true",
            )
        )
    public = any(endpoint.public for found in endpoints.values() for endpoint in found)
    opened = any(tier.ports or (tier.floating and tier.floating.value) for tier in topology.tiers.values())
    if topology.components and not public and not opened:
        first = min(topology.components.values(), key=lambda component: component.id)
        context.diagnostics.add(
            Diagnostic(
                "CAMP409",
                f"nobody outside reaches {topology.title}: the plan exposes nothing to the public",
                first.span,
                label="users come to this, or to another",
                help="add to the requirements of what they come to:\n"
                "- requirement_type: org.camp2iac:Expose\n  public: true",
            )
        )
    ssh.check(topology, settings, context)
    if not settings.ssh_from:
        context.diagnostics.add(
            Diagnostic(
                "CAMP614",
                "nobody may open SSH connections to the machines: the environment does not say from where",
                help="write into the environment file  ssh_from: 192.0.2.0/24",
                fixes=(Fix("ssh_from: 192.0.2.0/24", file=context.environment.file or ""),),
            )
        )


def reach(common: Common, rules: Sequence[SecurityGroupRule], diagnostics: Diagnostics) -> None:
    """CAMP408: an address that is told to a tier whose packets no rule lets through."""
    topology, shapes = common.topology, common.shapes
    open_ = {(rule.tier, rule.toward or rule.peer) for rule in rules if rule.direction == "egress"}
    for user, text in texts(topology):
        for reference in text.references:
            if reference.kind not in ("IP", "IPALL") or user not in shapes:
                continue
            other = shapes[tier_of(topology, reference.name)]
            if (user, other.label) in open_ or other.id == user:
                continue
            diagnostics.add(
                Diagnostic(
                    "CAMP408",
                    f"{user} is told the address of {other.id}, but nothing in the plan lets it connect there",
                    reference.span,
                    label=f"{other.id} is closed to {user}",
                    help=f"say on {other.id} which ports it is for:\n"
                    f"- characteristic_type: org.camp2iac:Ports\n  tcp: [{common.ports.get(other.id, 8080)}]\n"
                    f"  from: {user}",
                )
            )


def unique(module: Module, diagnostics: Diagnostics) -> None:
    """CAMP403: two things whose names come to the same Terraform address."""
    seen: dict[str, Span | None] = {}
    for address, origin in (each for block in module.blocks() for each in _named(block)):
        if address in seen:
            first = seen[address]
            diagnostics.add(
                Diagnostic(
                    "CAMP403",
                    f"two things of the plan would have one name in Terraform: {address}",
                    origin,
                    label="one of them",
                    related=(Label(first, "and the other"),) if first else (),
                    help="rename one of the two: a tier, service, volume, network, parameter or secret",
                )
            )
        seen[address] = origin


def _named(block: Block) -> Iterator[tuple[str, Span | None]]:
    """What a block declares, with where it comes from."""
    if block.type == "locals":
        yield from ((f"local.{item.name}", item.origin) for item in block.body if isinstance(item, Attribute))
    elif block.type == "provider":
        yield f"{block.address}.{block.get('alias')}", block.origin
    elif block.address:
        yield block.address, block.origin
