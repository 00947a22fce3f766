"""What crosses the border of a region: security groups and private addresses do not, floating addresses do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.record import Record, replace
from camp2iac.synth.module import Ref, Template, ref, template
from camp2iac.targets.openstack.layout import endpoints, networks
from camp2iac.targets.openstack.layout.listeners import known
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, texts, tier_of
from camp2iac.topology.model import Topology

FLOATING = "openstack_networking_floatingip_v2"


class Crossing(Record, frozen=True):
    """The tier ``user`` speaks with the tier ``other``, in another region. ``span``: where the plan says so.

    ``balanced``: by the other's balancer, which Octavia makes.
    """

    user: str
    other: str
    span: Span
    balanced: bool


def crossings(topology: Topology, shapes: Mapping[str, MachineGroup], behind: Mapping[str, str]) -> list[Crossing]:
    """By links, by IP() and IPALL(), and by Ports from a tier; each pair of tiers once.

    ``behind``: tiers to the HAProxy tiers before them, by which links go.
    """
    found: dict[tuple[str, str, bool], Crossing] = {}
    for each in _spoken(topology, behind):
        one, two = shapes.get(each.user), shapes.get(each.other)
        if one and two and one.region is not two.region:
            key = (each.user, each.other, each.balanced)
            first = found.get(key)
            if first is None or each.span < first.span:
                found[key] = each
    return [found[key] for key in sorted(found)]


def _spoken(topology: Topology, behind: Mapping[str, str]) -> Iterator[Crossing]:
    for component in topology.components.values():
        for link in component.links:
            tier = topology.tiers.get(topology.services[link.service].tier)
            if tier is not None:
                balanced = (tier.balance is not None or tier.id in behind) and known(topology, tier)
                other = behind.get(tier.id, tier.id) if balanced else tier.id
                yield Crossing(component.tier, other, link.span, balanced and other == tier.id)
    for user, text in texts(topology):
        for reference in text.references:
            if reference.kind in ("IP", "IPALL"):
                yield Crossing(user, tier_of(topology, reference.name), reference.span, balanced=False)
    for tier in topology.tiers.values():
        for statement in tier.ports:
            for opened in (each for each in statement.value if not each.asked):
                yield Crossing(opened.source, tier.id, opened.source_span or statement.span, balanced=False)


def mark(
    topology: Topology, shapes: Mapping[str, MachineGroup], behind: Mapping[str, str]
) -> Mapping[str, MachineGroup]:
    """The shapes, with what other regions know of them: floating addresses, one for each slot or the balancer's.

    ``behind``: the tiers whose endpoints are at an HAProxy tier before them, to that.
    """
    crossed = crossings(topology, shapes, behind)
    bare = endpoints.implied(topology)
    speak = {each.user for each in crossed} | {each.other for each in crossed if not each.balanced}
    floats = {id_: _floating(topology, shapes[id_], bare, behind) for id_ in speak}
    balanced = {each.other for each in crossed if each.balanced}
    return {
        id_: replace(
            shape,
            outside=floats.get(id_, ""),
            every_slot=shape.every_slot or bool(floats.get(id_)),
            vip_outside=id_ in balanced,
        )
        for id_, shape in shapes.items()
    }


def _floating(topology: Topology, shape: MachineGroup, bare: frozenset[str], behind: Mapping[str, str]) -> str:
    """The label of the floating addresses of a tier's machines; empty where they have none."""
    tier = shape.tier
    wanted = tier.floating is not None and tier.floating.value
    if tier.balance:
        return f"{shape.label}_machine" if wanted else ""
    if shape.id in behind:
        return shape.label if wanted else ""
    if shape.id in behind.values():  # links go by it where its address may be known
        return shape.label
    components = topology.tier_components(shape.id)
    public = any(e.public and e.public.value for c in components for e in c.exposures)
    return shape.label if wanted or public or any(c.id in bare for c in components) else ""


def check(
    topology: Topology, shapes: Mapping[str, MachineGroup], behind: Mapping[str, str], diagnostics: Diagnostics
) -> None:
    """CAMP450: a way over the border that no address leads. CAMP451: one that does, in the open."""
    for crossing in crossings(topology, shapes, behind):
        user, other = shapes[crossing.user], shapes[crossing.other]
        if not crossing.balanced and not other.outside:
            _closed(crossing, user, other, other, "has no floating address", diagnostics)
        elif source(user) is None:
            _closed(crossing, user, other, user, f"has no address that {other.id} could let in", diagnostics)
        else:
            diagnostics.add(
                Diagnostic(
                    "CAMP451",
                    f"{user.id} in {_name(user)} speaks with {other.id} in {_name(other)} over the public network",
                    crossing.span,
                    label="by the floating address there",
                    help=f"let {other.id} encrypt what it says, or place both in one region",
                )
            )


def _closed(
    crossing: Crossing,
    user: MachineGroup,
    other: MachineGroup,
    lacks: MachineGroup,
    fault: str,
    diagnostics: Diagnostics,
) -> None:
    statement = other.tier.region or user.tier.region
    diagnostics.add(
        Diagnostic(
            "CAMP450",
            f"{user.id} in {_name(user)} speaks with {other.id} in {_name(other)}, and {lacks.id} {fault}",
            crossing.span,
            label="between two regions",
            related=(Label(statement.span, "another region"),) if statement else (),
            notes=("private addresses and security groups end at a region's border",),
            help=f"give the machines of {lacks.id} floating addresses:\n"
            f"- characteristic_type: org.camp2iac:Placement\n  floating: true\n"
            "or place both tiers in one region",
        )
    )


def _name(shape: MachineGroup) -> str:
    return shape.region.name or "the credentials' region"


def balancer(shape: MachineGroup) -> Ref:
    """The address by which other regions reach a tier's balancer."""
    return ref(f"{FLOATING}.{shape.label}", ".address")


class End(Record, frozen=True):
    """What a rule of another region's group names: a block of addresses; for each machine, where each has its own.

    ``first``: the key of the first machine; empty where the block is not a machine's.
    """

    cidr: Template
    each: Ref | None = None
    first: str = ""


def destination(shape: MachineGroup) -> End:
    """What it names to let packets go to a tier."""
    key = "[each.key]" if shape.many else ""
    cidr = template(ref(f"{FLOATING}.{shape.outside}", f"{key}.address"), "/32")
    return End(cidr, shape.slots, shape.first)


def source(shape: MachineGroup) -> End | None:
    """What it names to let packets of a tier in: the machines' floating addresses, else their router's.

    None where neither is known.
    """
    if shape.outside:
        return destination(shape)
    if shape.nets[0].interface is None and not shape.region.settings.router:
        return None
    return End(template(networks.router(shape.region, "external_fixed_ip[0].ip_address"), "/32"))


def sources(shape: MachineGroup) -> tuple[Template, ...]:
    """All blocks that packets of a tier come from, machine by machine."""
    if shape.outside and shape.many:
        keys = [f'["{shape.host}-{n}"]' for n in range(1, shape.scale.maximum + 1)]
        return tuple(template(ref(f"{FLOATING}.{shape.outside}", f"{key}.address"), "/32") for key in keys)
    found = source(shape)
    return (found.cidr,) if found else ()
