"""What the module makes, in sums: for the output's README, and checked against the project's quota by Terraform.

A check warns and stops nothing: a quota may grow, and others use it too. Nova, Cinder and Neutron tell every user the
limits of his own project (os-quota-sets, quotas). ``data.openstack_compute_limits_v2`` is of no use here: it always
names the project, and Nova lets administrators alone do that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Module, Value, body, expr, ref, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.flavors import FLAVOR, Flavor
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region, Regions, provider
from camp2iac.targets.openstack.resources import public_addresses

FILE = "quota.tf"
PROJECT = "data.openstack_identity_auth_scope_v3.project"


class QuotaNeeds(Record, frozen=True):
    """What one machine of a tier takes: cores, memory in MiB (None: a variable decides), volumes and their GiB."""

    cores: int | None
    memory: int | None
    volumes: int
    gigabytes: int


def needs(shape: MachineGroup, flavor: Flavor) -> QuotaNeeds:
    """What one machine takes."""
    sizes = [*(statement.value.size for statement in shape.volumes), *([shape.boot] if shape.boot else [])]
    return QuotaNeeds(
        flavor.size.cores if flavor.size else flavor.compute.cores,
        flavor.size.memory if flavor.size else flavor.compute.memory,
        len(sizes),
        sum(sizes),
    )


def addresses(shape: MachineGroup, endpoints: Sequence[Endpoint], count: int) -> int:
    """How many floating addresses a tier of so many machines has."""
    machines, once = _floating(shape, endpoints)
    return (shape.scale.maximum if shape.outside else count) * machines + once


def _floating(shape: MachineGroup, endpoints: Sequence[Endpoint]) -> tuple[int, int]:
    """Floating addresses of each machine, and of what stands before all of them."""
    wanted = shape.tier.floating is not None and shape.tier.floating.value
    needed = int(public_addresses.needed(shape, endpoints))
    return (needed, 0) if shape.tier.balance is None else (int(wanted), needed)


_Sums = dict[str, list[Value]]  # by the name of the quota: the terms


def blocks(
    shapes: Mapping[str, MachineGroup],
    flavors: Mapping[str, Flavor],
    endpoints: Mapping[str, Sequence[Endpoint]],
    regions: Regions,
    module: Module,
) -> list[Block]:
    """The sums and their checks, for each region with machines in it."""
    made: list[Block] = []
    for region in regions.all:
        inside = [shape for shape in shapes.values() if shape.region is region]
        if not inside:
            continue
        services = (
            ("compute", "openstack_compute_quotaset_v2", "Nova", _compute(inside, flavors)),
            ("volumes", "openstack_blockstorage_quotaset_v3", "Cinder", _volumes(inside, flavors)),
            ("network", "openstack_networking_quota_v2", "Neutron", _network(inside, endpoints, region, module)),
        )
        label = region.label("makes")
        sums = {name: {key: _sum(terms) for key, terms in found.items()} for name, _, _, found in services if found}
        open_ = [shape.id for shape in inside if needs(shape, flavors[shape.id]).cores is None]
        comment = "What this makes, by the names of the project's quotas: ram in MiB, gigabytes of volumes."
        if open_:
            comment += f"\nCores and memory of {listed(open_)} are not counted: a variable decides the flavor."
        made.append(Block("locals", body=(Attribute(label, sums, comment=comment),)))
        for name, type_, title, found in services:
            made += _check(name, type_, title, region, label) if found else ()
    if not made:
        return []
    first = next(region for region in regions.all if any(shape.region is region for shape in shapes.values()))
    project = Block(
        "data",
        ("openstack_identity_auth_scope_v3", "project"),
        body(name="project"),
        comment="The project of the credentials.",
    )
    return [*first.place([project]), *made]


def _count(shape: MachineGroup) -> Value:
    return ref(f"var.{names.count(shape.id)}") if shape.variable else shape.scale.maximum


def _times(shape: MachineGroup, amount: Value) -> Value:
    """What all machines of a tier take: ``var.web_count * 2``."""
    count = _count(shape)
    if isinstance(count, int) and isinstance(amount, int):
        return count * amount
    if amount == 1 or count == 1:
        return count if amount == 1 else amount
    return expr(count, " * ", amount)


def _sum(parts: Sequence[Value]) -> Value:
    """Terms, with all that is known in one number."""
    known = sum(part for part in parts if isinstance(part, int))
    terms = [part for part in parts if not isinstance(part, int)]
    if known or not terms:
        terms.append(known)
    if len(terms) == 1:
        return terms[0]
    return expr(terms[0], *(piece for term in terms[1:] for piece in (" + ", term)))


def _compute(inside: Sequence[MachineGroup], flavors: Mapping[str, Flavor]) -> _Sums:
    found: _Sums = {"instances": [_times(shape, 1) for shape in inside]}
    for shape in inside:
        flavor, own = flavors[shape.id], needs(shape, flavors[shape.id])
        cores: Value = own.cores
        memory: Value = own.memory
        if flavor.checked:  # the cloud says what the flavor has
            cores, memory = (ref(f"data.{FLAVOR}.{shape.label}", attribute) for attribute in (".vcpus", ".ram"))
        if cores is not None and memory is not None:
            found.setdefault("cores", []).append(_times(shape, cores))
            found.setdefault("ram", []).append(_times(shape, memory))
    return found


def _volumes(inside: Sequence[MachineGroup], flavors: Mapping[str, Flavor]) -> _Sums:
    found: _Sums = {}
    for shape in inside:
        own = needs(shape, flavors[shape.id])
        if own.volumes:
            found.setdefault("volumes", []).append(_times(shape, own.volumes))
            found.setdefault("gigabytes", []).append(_times(shape, own.gigabytes))
    return found


def _network(
    inside: Sequence[MachineGroup], endpoints: Mapping[str, Sequence[Endpoint]], region: Region, module: Module
) -> _Sums:
    made = [block.labels[0] for block in module.blocks() if block.type == "resource" and _here(block, region)]
    found: _Sums = {}
    for name in ("network", "router", "secgroup"):
        if number := made.count(f"openstack_networking_{name}_v2"):
            found["security_group" if name == "secgroup" else name] = [number]
    public: list[Value] = []
    for shape in inside:
        machines, once = _floating(shape, endpoints[shape.id])
        if machines:
            public.append(shape.scale.maximum if shape.outside else _times(shape, 1))
        if once:
            public.append(once)
    if public:
        found["floatingip"] = public
    return found


def _here(block: Block, region: Region) -> bool:
    return block.get("provider") == (provider(region) if region.alias else None)


def _check(name: str, type_: str, service: str, region: Region, label: str) -> tuple[Block, Block]:
    quota = ref(f"data.{type_}.{region.label('quota')}")
    ours = body(provider=provider(region)) if region.alias else ()
    # Beside the check: one inside is read at each apply, so that no plan would ever be empty.
    data = Block("data", (type_, region.label("quota")), (*ours, *body(project_id=ref(PROJECT, ".project_id"))))
    each = expr("for name, makes in ", ref(f"local.{label}", f".{name}"), " : ")
    enough = expr("alltrue([\n  ", each, quota, "[name] < 0 || makes <= ", quota, "[name]\n])")
    sums = expr('join(", ", [', each, '"${name} ${makes} of ${', quota, '[name]}"])')
    where = f" in {region.name}" if region.alias else ""
    message = template(f"{service}'s quota{where} is too small for what this makes: ", sums, ".")
    check = Block(
        "check",
        (region.label(f"quota_{name}"),),
        (Block("assert", body=body(condition=enough, error_message=message)),),
        comment=f"{service}'s quota{where}, where there is one: -1 is none. A check warns, and stops nothing.",
    )
    return data, check
