"""What to know about the output: what it makes, in sums for the quota; how to reach machines and how to scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.targets.openstack import floating, names
from camp2iac.targets.openstack.endpoints import Endpoint
from camp2iac.targets.openstack.flavors import Flavor
from camp2iac.targets.openstack.settings import Settings
from camp2iac.targets.openstack.tiers import Shape
from camp2iac.topology import quantities
from camp2iac.topology.model import Topology


def text(
    topology: Topology,
    shapes: Mapping[str, Shape],
    flavors: Mapping[str, Flavor],
    endpoints: Mapping[str, Sequence[Endpoint]],
    settings: Settings,
) -> str:
    """Markdown, in sections."""
    parts = [_sums(shapes, flavors, endpoints), _reach(settings, shapes), _scale(shapes), _data(shapes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _sums(
    shapes: Mapping[str, Shape], flavors: Mapping[str, Flavor], endpoints: Mapping[str, Sequence[Endpoint]]
) -> str:
    rows = []
    totals = [[0] * 6, [0] * 6]
    open_ = False
    for id_, shape in shapes.items():
        flavor = flavors[id_]
        cores = flavor.size.cores if flavor.size else flavor.compute.cores
        memory = flavor.size.memory if flavor.size else flavor.compute.memory
        open_ = open_ or cores is None or memory is None
        gigabytes = sum(said.value.size for said in shape.volumes)
        cells = []
        for total, count in zip(totals, (shape.scale.initial, shape.scale.maximum), strict=True):
            own = (1, cores or 0, memory or 0, len(shape.volumes), gigabytes)
            row = (*(count * amount for amount in own), _floating(shape, endpoints[id_], count))
            total[:] = [a + b for a, b in zip(total, row, strict=True)]
            cells.append(row)
        rows.append(_row(id_, cells))
    rows.append(_row("**together**", [tuple(total) for total in totals]))
    head = "| tier | machines | cores | memory | volumes | GiB on volumes | floating addresses |"
    note = "At first / at most, for the project's quota."
    if open_:
        note += " Where a variable names the flavor and the plan asks for nothing, cores and memory count as 0."
    if any(shape.tier.balance for shape in shapes.values()):
        note += " Load balancers count apart."
    return "\n".join(["## What it makes", "", note, "", head, "|---|--:|--:|--:|--:|--:|--:|", *rows])


def _floating(shape: Shape, endpoints: Sequence[Endpoint], count: int) -> int:
    wanted = shape.tier.floating is not None and shape.tier.floating.value
    if shape.tier.balance is not None:
        return int(floating.public(endpoints)) + (count if wanted else 0)
    return count if wanted or floating.public(endpoints) else 0


def _row(name: str, cells: Sequence[Sequence[int]]) -> str:
    first, most = cells
    words = []
    for column, (a, b) in enumerate(zip(first, most, strict=True)):
        low, high = (quantities.words(a), quantities.words(b)) if column == 2 else (str(a), str(b))
        words.append(low if low == high else f"{low} / {high}")
    return f"| {name} | {' | '.join(words)} |"


def _reach(settings: Settings, shapes: Mapping[str, Shape]) -> str:
    if settings.ssh_from is None:
        return (
            "## Machines\n\nNobody may open SSH connections to them: `ssh_from` in the environment file says from "
            "where. What their start said is in the console log (`openstack console log show NAME`)."
        )
    first = min(shapes.values(), key=lambda shape: shape.id, default=None)
    example = f"`terraform output {first.label}_address{'es' if first.many else ''}`" if first else "The outputs"
    return (
        f"## Machines\n\nSSH is open from {settings.ssh_from} for the image's default user, with the key pair. "
        f"{example} tells addresses inside; machines without a floating address are reached from inside, or by way of "
        "one that has one (`ssh -J`). There, `camp-status` says in one line how the machine is; its exit status is 0 "
        "when all is well."
    )


def _scale(shapes: Mapping[str, Shape]) -> str:
    scaled = [shape for shape in shapes.values() if shape.variable]
    if not scaled:
        return ""
    lines = [
        f"- {shape.id}: `terraform apply -var {names.count(shape.id)}=N`, "
        f"{shape.scale.minimum} to {shape.scale.maximum}, {shape.scale.initial} at first"
        for shape in scaled
    ]
    return "\n".join(["## Scaling", "", "Machines come and go; the others, and what they are told, stay.", "", *lines])


def _data(shapes: Mapping[str, Shape]) -> str:
    found = [(shape, said.value) for shape in shapes.values() for said in shape.volumes]
    if not found:
        return ""
    lines = [f"- {shape.id}: {volume.name}, {volume.size} GiB" for shape, volume in found]
    note = "Volumes outlive the machines that they are attached to, not `terraform destroy`."
    if any(shape.variable for shape, _ in found):
        note += " Scaling down destroys the volumes of the machines that go."
    return f"## Data\n\n{note}\n\n" + "\n".join(lines)
