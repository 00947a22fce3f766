"""Adding and removing Scale keeps the first instance of a tier and its resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from support import phases
from support.plans import Compilation, compilations

from camp2iac.diagnostics import Diagnostics
from camp2iac.record import replace
from camp2iac.synth.force_new import replaces
from camp2iac.synth.module import Attribute, Block, Call, Expr, Module, Ref, Template, Value, held
from camp2iac.targets.base import Context, Ledger, Lowered
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.replacing import REPLACING
from camp2iac.targets.openstack.resources import moves
from camp2iac.targets.openstack.target import OpenStackTarget
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Scale, Tier, Topology
from camp2iac.topology.statement_kinds import SCALE
from camp2iac.topology.statements import Statements, Subject, SubjectKind
from tests.openstack.conftest import Lowering
from tests.openstack.test_addresses import CACHE, LINK, PUBLIC, SCALED

ENTRIES = [each for each in compilations() if each.target == "openstack"]
SEVERAL = (Scale(1, 1, 3), Scale(2, 2, 2), Scale(0, 0, 1))
INSTANCE = "openstack_compute_instance_v2"
_META = ("for_each", "depends_on", "provider", "lifecycle")


class Plan:
    """A plan that is compiled with different Scales of a tier."""

    def __init__(self, compilation: Compilation) -> None:
        self.package = compilation.package
        self.loaded = phases.load(self.package / "camp.yaml", leave_out=[compilation.output])
        made = phases.compile(
            self.loaded,
            environment=compilation.environment,
            target=compilation.target or None,
            output=compilation.output,
        )
        assert made.result is not None
        result = made.result
        self.topology, self.environment, self.target = result.topology, result.environment, result.target.name

    def lowered(self, tier: str, scale: Scale | None) -> Lowered:
        """Compile it with a Scale; None: without one."""
        found = self.topology.tiers[tier]
        subject = Subject(SubjectKind.SERVICE, found.id, found.id)
        said = Statements().say(subject, SCALE, scale, "Scale", found.span) if scale else None
        topology = replace(self.topology, tiers={**self.topology.tiers, tier: replace(found, scale=said)})
        assert self.loaded.source is not None
        context = Context(self.environment, self.loaded.source.package, Ledger(), Diagnostics(), None)
        lowered = OpenStackTarget().lower(topology, context)
        assert not context.diagnostics.failed, [each.message for each in context.diagnostics]
        return lowered


def resources(module: Module) -> dict[str, Block]:
    return {str(block.address): block for block in module.blocks() if block.type == "resource"}


def moved(module: Module) -> set[tuple[str, str]]:
    """The old and the new address, each with its key."""
    found = [block for block in module.blocks() if block.type == "moved"]
    ends = [tuple(block.get(name) for name in ("from", "to")) for block in found]
    assert len(ends) == len(set(ends))
    return {
        (f"{a.address}{a.path}", f"{b.address}{b.path}") for a, b in ends if isinstance(a, Ref) and isinstance(b, Ref)
    }


def machines_of(topology: Topology) -> list[str]:
    return [
        id_
        for id_, tier in topology.tiers.items()
        if (tier.parts or any(topology.services[service].href is None for service in tier.services))
        and (tier.balance is not None or not _called(topology, tier))
    ]


def _called(topology: Topology, tier: Tier) -> bool:
    """Whether components of other tiers call it, so that several instances get a load balancer of their own."""
    links = (link for service in tier.services for link in topology.users(service) if link.callee)
    return any(topology.components[link.component].tier != tier.id for link in links)


def _once(topology: Topology, id_: str) -> bool:
    """Whether several instances have to agree which of them runs something."""
    tier = topology.tiers[id_]
    found = [*topology.tier_components(id_), *map(topology.planned, topology.tier_components(id_))]
    found += [topology.components[part] for part in tier.parts]
    # what they share, such as their database
    found += [topology.components[link.component] for each in tier.services for link in topology.users(each)]
    return any(
        each.kind == "django" or each.schedules or any(process.type == "release" for process in each.processes)
        for each in found
    )


@pytest.mark.parametrize("compilation", ENTRIES, ids=lambda each: each.id)
def test_what_changes_its_address_is_moved(compilation: Compilation) -> None:
    plan = Plan(compilation)
    if plan.target != "openstack":
        pytest.skip("another target")
    for tier in machines_of(plan.topology):
        one = plan.lowered(tier, None)
        ours = resources(one.module)
        for scale in SEVERAL:
            several = plan.lowered(tier, scale)
            theirs = resources(several.module)
            assert ours.keys() == theirs.keys(), f"{tier}: something is made with the one and not with the other"
            switched = [a for a in ours if (ours[a].get("for_each") is None) != (theirs[a].get("for_each") is None)]
            assert f"{INSTANCE}.{names.tier(tier)}" in switched
            for address in switched:
                keyed = f'{address}["{slug(tier)}-1"]'
                assert ours[address].get("for_each") is None
                assert (keyed, address) in moved(one.module)
                assert (address, keyed) in moved(several.module)
            # and nothing else of this tier
            assert {pair for pair in moved(one.module) if f'"{slug(tier)}-1"' in pair[0]} == {
                (f'{address}["{slug(tier)}-1"]', address) for address in switched
            }


@pytest.mark.parametrize("compilation", ENTRIES, ids=lambda each: each.id)
def test_the_first_machine_is_told_the_same(compilation: Compilation) -> None:
    """Arguments that force a replacement have the same value for a single instance and for the first of several."""
    plan = Plan(compilation)
    if plan.target != "openstack":
        pytest.skip("another target")
    for tier in (each for each in machines_of(plan.topology) if not _once(plan.topology, each)):
        one, several = plan.lowered(tier, None), plan.lowered(tier, Scale(1, 1, 3))
        ours, theirs = resources(one.module), resources(several.module)
        abroad = told_of_each(plan, tier, ours)
        documents = [
            {each.path: each.data for each in made.documents if each.path.startswith("cloud-init/")}
            for made in (one, several)
        ]
        for path in documents[0].keys() | documents[1].keys():
            if path not in {f"cloud-init/{other}.yaml.tftpl" for other in abroad}:
                assert documents[0].get(path) == documents[1].get(path), path
        locals_ = {item.name: item.value for item in in_locals(several.module)}
        ports = [
            a for a in ours if a.startswith("openstack_networking_port_v2.") and ours[a].first == f"{slug(tier)}-1"
        ]
        for address, block in ours.items():
            switched = (block.get("for_each") is None) != (theirs[address].get("for_each") is None)
            first = First(tier, ports, locals_, each=switched)
            left, right = dict(anew(block, first)), dict(anew(theirs[address], first))
            if address not in {f"{INSTANCE}.{names.tier(other)}" for other in abroad}:
                assert left == right, address


def told_of_each(plan: Plan, tier: str, made: Mapping[str, Block]) -> set[str]:
    """The tiers in another region that a tier's components connect to, which have each instance's floating IP."""
    provider = {id_: made[f"{INSTANCE}.{names.tier(id_)}"].get("provider") for id_ in machines_of(plan.topology)}
    links = (link for each in plan.topology.tier_components(tier) for link in each.links)
    others = {plan.topology.services[link.service].tier for link in links} & provider.keys()
    return {other for other in others if provider[other] != provider[tier]}


def in_locals(module: Module) -> Iterator[Attribute]:
    for block in module.blocks():
        if block.type == "locals":
            yield from (item for item in block.body if isinstance(item, Attribute))


def anew(block: Block, seen: Callable[[Value], Value]) -> Iterator[tuple[str, Any]]:
    """The arguments and nested blocks that force a replacement, without those in ``ignore_changes``."""
    ignored = str([item for item in block.body if isinstance(item, Block) and item.type == "lifecycle"])
    for item in block.body:
        name = item.name if isinstance(item, Attribute) else item.type
        if name in _META or not replaces(REPLACING, block.labels[0], name) or f"'{name}" in ignored:
            continue
        if isinstance(item, Attribute):
            yield name, seen(item.value)
        else:
            yield name, [(part.name, seen(part.value)) for part in item.body if isinstance(part, Attribute)]


class First:
    """A value with several instances, evaluated for the first one. ``each``: the resource has ``for_each``."""

    def __init__(self, tier: str, ports: Sequence[str], locals_: Mapping[str, Value], *, each: bool) -> None:
        self.key, self.label, self.ports, self.locals = f"{slug(tier)}-1", names.tier(tier), ports, locals_
        self.each = each

    def __call__(self, value: Value) -> Value:
        match value:
            case Ref():
                return self._reference(value)
            case Call("join", (",", Ref() as all_)) if all_.address.startswith(f"local.{self.label}_"):
                # all addresses: more instances have more of them, and user data with them changes
                return Ref(all_.address.removesuffix("es"))
            case Expr(("each.key",)) if self.each:
                return self.key
            case Expr(("each.value",)) if self.each:
                return 1
            case Template():
                parts = [self(part) for part in value.parts]
                return (
                    "".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else Template(tuple(parts))
                )
            case Expr():
                return Expr(tuple(part if isinstance(part, str) else self(part) for part in value.parts))
            case Call():
                return Call(value.function, tuple(self(item) for item in value.args))
            case tuple():
                return tuple(self(item) for item in value)
            case Mapping():
                return {name: self(item) for name, item in value.items()}
        return replace(value, value=self(value.value)) if hasattr(value, "value") else value

    def _reference(self, value: Ref) -> Value:
        local = value.address.removeprefix("local.")
        if local == f"{self.label}_user_data":
            return self(self.locals[local])
        if value.path == "[0]" and local.startswith(f"{self.label}_") and local.endswith("addresses"):
            return Ref(value.address.removesuffix("es"))
        own = Ref(value.address, value.path.removeprefix("[each.key]") if self.each else value.path)
        if own.path == ".all_fixed_ips[0]" and own.address in self.ports:
            # the local value of a single instance
            where = own.address.partition(".")[2] if len(self.ports) > 1 else self.label
            return Ref(f"local.{where}_address")
        return own


def test_scale_of_one_is_none(lower: Callable[..., Lowering]) -> None:
    one = SCALED.replace("initial: 2", "initial: 1").replace("max: 4", "max: 1")
    made, none = lower(PUBLIC + LINK + one + CACHE), lower(PUBLIC + LINK + "services:\n  - id: web\n" + CACHE)
    assert moved(made.module) == moved(none.module)
    assert made.block("openstack_compute_instance_v2.web").get("for_each") is None


def test_the_group_of_one_machine_is_there_for_those_that_come(lower: Callable[..., Lowering]) -> None:
    near = "      - { characteristic_type: org.camp2iac:Placement, spread: hard }\n"
    one = "services:\n  - id: web\n    characteristics:\n" + near
    for plan in (one, SCALED + near):
        made = lower(PUBLIC + plan)
        assert made.addresses("openstack_compute_servergroup_v2") == ["web"]
        (lifecycle,) = [
            item
            for item in made.block("openstack_compute_instance_v2.web").body
            if isinstance(item, Block) and item.type == "lifecycle"
        ]
        assert Expr(("scheduler_hints",)) in held(lifecycle.get("ignore_changes"))


def test_each_group_says_why(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + LINK + SCALED + CACHE)
    comments = [block.comment for block in made.module.files[moves.FILE] if block.comment]
    assert comments == [
        "cache has one instance. If it could have several before, cache-1 becomes that one.",
        "web can have several instances. If it had only one before, that one becomes web-1.",
    ]
    assert made.module.headers[moves.FILE] == moves.HEADER
