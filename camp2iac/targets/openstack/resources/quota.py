"""What the module creates, in sums: for the output's README, and for checks against the project's quota.

A check only warns, because a quota may grow and other modules use it too. Nova, Cinder and Neutron show every user the
quota of their own project (os-quota-sets, quotas). ``data.openstack_compute_limits_v2`` does not work here: it always
sends the project, which Nova allows only for administrators.
"""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Call, Module, Value, expr, ref, template
from camp2iac.synth.remarks import Remark, joined
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.regions import Region
from camp2iac.targets.openstack.resource_types import (
    AUTH_SCOPE,
    COMPUTE_QUOTA,
    FLAVOR,
    NETWORK,
    NETWORK_QUOTA,
    ROUTER,
    SECURITY_GROUP,
    VOLUME_QUOTA,
)

FILE = "quota.tf"
NAMES = {
    COMPUTE_QUOTA: ("instances", "cores", "ram", "server_groups"),
    VOLUME_QUOTA: ("volumes", "gigabytes"),
    NETWORK_QUOTA: ("network", "router", "security_group", "floatingip"),
}
PROJECT = f"data.{AUTH_SCOPE}.project"


class QuotaNeeds(Record, frozen=True):
    """What an instance of a tier uses: cores, memory in MiB (None: a variable decides), volumes and their GiB."""

    cores: int | None
    memory: int | None
    volumes: int
    gigabytes: int


def needs(layout: OpenStackLayout, group: MachineGroup) -> QuotaNeeds:
    """What an instance of a tier uses."""
    flavor = layout.flavors[group.id]
    sizes = [*(statement.value.size for statement in group.volumes), *([group.boot] if group.boot else [])]
    return QuotaNeeds(
        flavor.size.cores if flavor.size else flavor.compute.cores,
        flavor.size.memory if flavor.size else flavor.compute.memory,
        len(sizes),
        sum(sizes),
    )


def addresses(layout: OpenStackLayout, group: MachineGroup, count: int) -> int:
    """The number of floating IPs of a tier with ``count`` instances."""
    machines, once = _floating(layout, group)
    return (group.scale.maximum if group.outside else count) * machines + once


def _floating(layout: OpenStackLayout, group: MachineGroup) -> tuple[int, int]:
    """The number of floating IPs of each instance, and of the load balancer."""
    needed = int(layout.floating(group))
    return (needed, 0) if group.tier.balance is None else (int(group.floating), needed)


_Sums = dict[str, list[Value]]  # name of the quota to its terms


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The sums and their checks, for each region with instances."""
    found = [(region, _inside(layout, region)) for region in layout.regions.all]
    found = [(region, inside) for region, inside in found if inside]
    if not found or not layout.settings.quota_check:
        return
    provider = found[0][0].provider
    made.data(FILE, AUTH_SCOPE, "project", comment="The project of the credentials.", provider=provider, name="project")
    for region, inside in found:
        _add_region(made, layout, region, inside)


def _inside(layout: OpenStackLayout, region: Region) -> list[MachineGroup]:
    return [group for group in layout.groups.values() if group.region is region]


def _add_region(made: ModuleBuilder, layout: OpenStackLayout, region: Region, inside: Sequence[MachineGroup]) -> None:
    services = (
        ("compute", COMPUTE_QUOTA, "Nova", _compute(layout, inside)),
        ("volumes", VOLUME_QUOTA, "Cinder", _volumes(layout, inside)),
        ("network", NETWORK_QUOTA, "Neutron", _network(layout, inside, region, made.module)),
    )
    sums = {name: {key: _sum(terms) for key, terms in found.items()} for name, _, _, found in services if found}
    open_ = [group.id for group in inside if needs(layout, group).cores is None]
    comment: Remark = "What this module creates, by the names of quotas: ram in MiB, gigabytes for volumes."
    if open_:
        comment = joined(comment, f"cores and ram leave out {listed(open_)}, because a variable sets the flavor.")
    made.locals(FILE, Attribute(region.label("makes"), sums, comment=comment))
    for name, type_, title, found in services:
        if found:
            _add_check(made, name, type_, title, region)


def _count(group: MachineGroup) -> Value:
    return ref(f"var.{names.count(group.id)}") if group.variable else group.scale.maximum


def _times(group: MachineGroup, amount: Value) -> Value:
    """What all instances of a tier use: ``var.web_count * 2``."""
    count = _count(group)
    if isinstance(count, int) and isinstance(amount, int):
        return count * amount
    if amount == 1 or count == 1:
        return count if amount == 1 else amount
    return expr(count, " * ", amount)


def _sum(parts: Sequence[Value]) -> Value:
    """The sum of terms, with all numbers added up."""
    known = sum(part for part in parts if isinstance(part, int))
    terms = [part for part in parts if not isinstance(part, int)]
    if known or not terms:
        terms.append(known)
    if len(terms) == 1:
        return terms[0]
    return expr(terms[0], *(piece for term in terms[1:] for piece in (" + ", term)))


def _compute(layout: OpenStackLayout, inside: Sequence[MachineGroup]) -> _Sums:
    found: _Sums = {"instances": [_times(group, 1) for group in inside]}
    for group in inside:
        flavor, own = layout.flavors[group.id], needs(layout, group)
        cores: Value = own.cores
        memory: Value = own.memory
        if flavor.checked:  # its data source has the values
            data = f"data.{FLAVOR}.{group.label}"  # null from a mocked provider, in  terraform test
            cores, memory = (Call("coalesce", (ref(data, attribute), 0)) for attribute in (".vcpus", ".ram"))
        if cores is not None and memory is not None:
            found.setdefault("cores", []).append(_times(group, cores))
            found.setdefault("ram", []).append(_times(group, memory))
    return found


def _volumes(layout: OpenStackLayout, inside: Sequence[MachineGroup]) -> _Sums:
    found: _Sums = {}
    for group in inside:
        own = needs(layout, group)
        if own.volumes:
            found.setdefault("volumes", []).append(_times(group, own.volumes))
            found.setdefault("gigabytes", []).append(_times(group, own.gigabytes))
    return found


def _network(layout: OpenStackLayout, inside: Sequence[MachineGroup], region: Region, module: Module) -> _Sums:
    made = [
        block.labels[0]
        for block in module.blocks()
        if block.type == "resource" and block.get("provider") == region.provider
    ]
    found: _Sums = {}
    for name, type_ in (("network", NETWORK), ("router", ROUTER), ("security_group", SECURITY_GROUP)):
        if number := made.count(type_):
            found[name] = [number]
    public: list[Value] = []
    for group in inside:
        machines, once = _floating(layout, group)
        if machines:
            public.append(group.scale.maximum if group.outside else _times(group, 1))
        if once:
            public.append(once)
    if public:
        found["floatingip"] = public
    return found


def _add_check(made: ModuleBuilder, name: str, type_: str, service: str, region: Region) -> None:
    # Not inside the check: Terraform would read it in each apply, so no plan would be empty.
    project = ref(PROJECT, ".project_id")
    quota = ref(made.data(FILE, type_, region.label("quota"), provider=region.provider, project_id=project))
    each = expr("for name, makes in ", ref(f"local.{region.label('makes')}", f".{name}"), " : ")
    enough = expr("alltrue([\n  ", each, quota, "[name] < 0 || makes <= ", quota, "[name]\n])")
    sums = expr('join(", ", [', each, '"${name} ${makes} of ${', quota, '[name]}"])')
    where = f" in {region.name}" if region.alias else ""
    made.check(
        FILE,
        region.label(f"quota_{name}"),
        enough,
        template(f"{service}'s quota{where} is too small for this module: ", sums, "."),
        f"{service}'s quota{where}; -1 means no limit. If the check fails, Terraform only prints a warning.",
    )
