"""What crosses the border of a region: security groups and private addresses do not, floating addresses do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.synth.module import Ref, Template, ref, template
from camp2iac.targets.openstack import endpoints, networks
from camp2iac.targets.openstack.tiers import Shape, texts, tier_of
from camp2iac.topology.model import Topology

FLOATING = "openstack_networking_floatingip_v2"


@dataclass(frozen=True, slots=True)
class Crossing:
    """The tier ``user`` speaks with the tier ``other``, in another region. ``span``: where the plan says so."""

    user: str
    other: str
    span: Span


def crossings(topology: Topology, shapes: Mapping[str, Shape]) -> list[Crossing]:
    """By links, by IP() and IPALL(), and by Ports from a tier; each pair of tiers once."""
    found: dict[tuple[str, str], Crossing] = {}
    for user, other, span in _spoken(topology):
        one, two = shapes.get(user), shapes.get(other)
        if one and two and one.region is not two.region:
            first = found.get((user, other))
            if first is None or span < first.span:
                found[user, other] = Crossing(user, other, span)
    return [found[pair] for pair in sorted(found)]


def _spoken(topology: Topology) -> Iterator[tuple[str, str, Span]]:
    for component in topology.components.values():
        for link in component.links:
            yield component.tier, topology.services[link.service].tier, link.span
    for user, text in texts(topology):
        for reference in text.references:
            if reference.kind in ("IP", "IPALL"):
                yield user, tier_of(topology, reference.name), reference.span
    for tier in topology.tiers.values():
        for said in tier.ports:
            for opened in (each for each in said.value if not each.asked):
                yield opened.source, tier.id, opened.source_span or said.span


def mark(topology: Topology, shapes: Mapping[str, Shape], behind: Collection[str] = ()) -> Mapping[str, Shape]:
    """The shapes, with what other regions know of them: floating addresses, one for each slot.

    ``behind``: the tiers whose endpoints are at an HAProxy tier before them.
    """
    crossed = crossings(topology, shapes)
    if not crossed:
        return shapes
    bare = endpoints.implied(topology)
    known = {id_: _floating(topology, shapes[id_], bare, id_ in behind) for c in crossed for id_ in (c.user, c.other)}
    return {
        id_: replace(shape, outside=known[id_], every_slot=True) if known.get(id_) else shape
        for id_, shape in shapes.items()
    }


def _floating(topology: Topology, shape: Shape, bare: frozenset[str], behind: bool) -> str:
    """The label of the floating addresses of a tier's machines; empty where they have none."""
    tier = shape.tier
    wanted = tier.floating is not None and tier.floating.value
    if tier.balance:
        return f"{shape.label}_machine" if wanted else ""
    if behind:
        return shape.label if wanted else ""
    components = topology.tier_components(shape.id)
    public = any(e.public and e.public.value for c in components for e in c.exposures)
    return shape.label if wanted or public or any(c.id in bare for c in components) else ""


def check(topology: Topology, shapes: Mapping[str, Shape], diagnostics: Diagnostics) -> None:
    """CAMP450: a way over the border that no address leads. CAMP451: one that does, in the open."""
    for crossing in crossings(topology, shapes):
        user, other = shapes[crossing.user], shapes[crossing.other]
        if not other.outside:
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


def _closed(crossing: Crossing, user: Shape, other: Shape, lacks: Shape, fault: str, diagnostics: Diagnostics) -> None:
    said = other.tier.region or user.tier.region
    diagnostics.add(
        Diagnostic(
            "CAMP450",
            f"{user.id} in {_name(user)} speaks with {other.id} in {_name(other)}, and {lacks.id} {fault}",
            crossing.span,
            label="between two regions",
            related=(Label(said.span, "another region"),) if said else (),
            notes=("private addresses and security groups end at a region's border",),
            help=f"give the machines of {lacks.id} floating addresses:\n"
            f"- characteristic_type: org.camp2iac:Placement\n  floating: true\n"
            "or place both tiers in one region",
        )
    )


def _name(shape: Shape) -> str:
    return shape.region.name or "the credentials' region"


def destination(shape: Shape) -> tuple[Ref | None, Template]:
    """What a rule of another region's group names to let packets go to a tier: ``for_each``, and the block."""
    key = "[each.key]" if shape.many else ""
    return shape.slots, template(ref(f"{FLOATING}.{shape.outside}", f"{key}.address"), "/32")


def source(shape: Shape) -> tuple[Ref | None, Template] | None:
    """What it names to let packets of a tier in: the machines' floating addresses, else their router's.

    None where neither is known.
    """
    if shape.outside:
        return destination(shape)
    if shape.nets[0].interface is None and not shape.region.settings.router:
        return None
    return None, template(networks.router(shape.region, "external_fixed_ip[0].ip_address"), "/32")


def sources(shape: Shape) -> tuple[Template, ...]:
    """All blocks that packets of a tier come from, machine by machine."""
    if shape.outside and shape.many:
        keys = [f'["{shape.host}-{n}"]' for n in range(1, shape.scale.maximum + 1)]
        return tuple(template(ref(f"{FLOATING}.{shape.outside}", f"{key}.address"), "/32") for key in keys)
    found = source(shape)
    return (found[1],) if found else ()
