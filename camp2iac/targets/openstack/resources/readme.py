"""What to know about the output: what it makes, in sums for the quota; how to reach machines and how to scale."""

from __future__ import annotations

from collections.abc import Sequence, Set

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout import key_pairs, names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.resource_types import INSTANCE
from camp2iac.targets.openstack.resources import quota
from camp2iac.topology import quantities
from camp2iac.topology.model import Volume


def text(layout: OpenStackLayout) -> str:
    """Markdown, in sections."""
    credentials = "The provider takes the cloud and the credentials from `OS_CLOUD` and clouds.yaml, or from `OS_*`."
    parts = [credentials, _sums(layout), _machines(layout), _scale(layout), _data(layout)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _sums(layout: OpenStackLayout) -> str:
    rows = []
    totals = [[0] * 6, [0] * 6]
    unknown: set[int] = set()  # columns that a variable decides somewhere
    for id_, group in layout.groups.items():
        own = quota.needs(layout, group)
        open_ = {column for column, amount in ((1, own.cores), (2, own.memory)) if amount is None}
        unknown |= open_
        cells = []
        for total, count in zip(totals, (group.scale.initial, group.scale.maximum), strict=True):
            each = (1, own.cores or 0, own.memory or 0, own.volumes, own.gigabytes)
            row = (*(count * amount for amount in each), quota.addresses(layout, group, count))
            total[:] = [a + b for a, b in zip(total, row, strict=True)]
            cells.append(row)
        rows.append(_row(id_, cells, open_))
    rows.append(_row("**together**", [tuple(total) for total in totals], unknown))
    head = "| tier | machines | cores | memory | volumes | GiB on volumes | floating addresses |"
    note = "At first / at most, for the project's quota."
    if unknown:
        note += " What a variable decides is not counted: ?."
    if any(group.tier.balance for group in layout.groups.values()):
        note += " Load balancers count apart."
    return "\n".join(["## What it makes", "", note, "", head, "|---|--:|--:|--:|--:|--:|--:|", *rows])


def _row(name: str, cells: Sequence[Sequence[int]], unknown: Set[int]) -> str:
    """A row of sums; the columns in ``unknown`` are not all known."""
    first, most = cells
    words = []
    for column, (a, b) in enumerate(zip(first, most, strict=True)):
        low, high = (quantities.words(a), quantities.words(b)) if column == 2 else (str(a), str(b))
        known = low if low == high else f"{low} / {high}"
        words.append(known if column not in unknown else f"{known} + ?" if b else "?")
    return f"| {name} | {' | '.join(words)} |"


def _machines(layout: OpenStackLayout) -> str:
    if not layout.groups:
        return ""
    rows = [f"| {id_} | {_on_it(layout, group)} | `{_address(group)}` |" for id_, group in layout.groups.items()]
    table = "\n".join(["| tier | on it | in Terraform |", "|---|---|---|", *rows])
    return "\n\n".join(["## Machines", table, _reach(layout), _ready(next(iter(layout.groups.values())))])


def _on_it(layout: OpenStackLayout, group: MachineGroup) -> str:
    """``Python: web; PostgreSQL``: products, and what runs on each."""
    found = []
    for service in services(layout.topology, group):
        components = f": {listed(service.components)}" if service.components else ""
        found.append(f"{service.product.title}{components}")
    return "; ".join(found)


def _address(group: MachineGroup) -> str:
    return f'{INSTANCE}.{group.label}["{group.host}-1"]' if group.many else f"{INSTANCE}.{group.label}"


def _reach(layout: OpenStackLayout) -> str:
    settings = layout.settings
    if not settings.ssh_from:
        return "Nobody may open SSH connections to them: `ssh_from` in the environment file says from where."
    asked = [f"`{key_pairs.question(region)}`" for region in key_pairs.asked(layout.groups.values())]
    key = f"the key pair that the variable {asked[0]} names" if asked else "the key pair"
    if len(asked) > 1:
        key = f"the key pairs that the variables {listed(asked)} name"
    return (
        f"SSH is open from {listed(settings.ssh_from)} for the image's default user, with {key}. "
        "`terraform output` shows the machines' addresses inside; one without a floating address is reached by way of "
        "one that has one (`ssh -J`), or from inside."
    )


def _ready(group: MachineGroup) -> str:
    """When machines are ready, where what went wrong is told, and what to do then."""
    return (
        "Terraform is done when the machines run; what is on them takes minutes more. Each says on its console how it "
        "is, `ready` or what failed and where the log of that is: `openstack console log show NAME`. On the machine "
        "`camp-status` says the same, with exit status 0 when all is well; the first boot's log is "
        "/var/log/cloud-init-output.log, that of a process `journalctl -u UNIT`.\n\n"
        "One that is not ready: mend what the log names (a package index that did not answer, a command of the plan), "
        f"then make it anew, `terraform apply -replace='{_address(group)}'`. Nothing needs to be undone before: an "
        "apply that failed goes on where it stopped, and volumes stay."
    )


def _scale(layout: OpenStackLayout) -> str:
    scaled = [group for group in layout.groups.values() if group.variable]
    if not scaled:
        return ""
    lines = [
        f"- {group.id}: `terraform apply -var {names.count(group.id)}=N`, "
        f"{group.scale.minimum} to {group.scale.maximum}, {group.scale.initial} at first"
        for group in scaled
    ]
    note = (
        "Machines come and go, the highest number first; the others, and what they are told, stay. Nothing scales by "
        "itself: whoever watches the load runs this, or a program for him. Without the variable an apply goes back to "
        "the number at first."
    )
    return "\n".join(["## Scaling", "", note, "", *lines])


def _data(layout: OpenStackLayout) -> str:
    parts = []
    found = [(group, statement.value) for group in layout.groups.values() for statement in group.volumes]
    if found:
        note = "Volumes outlive the machines that they are attached to, not `terraform destroy`."
        if any(group.variable for group, _ in found):
            note += " Scaling down destroys the volumes of the machines that go."
        parts += [note, "\n".join(f"- {group.id}: {volume.name}, {volume.size} GiB" for group, volume in found)]
    bare = [
        service.id
        for service in layout.topology.services.values()
        if service.product.data
        and service.tier in layout.groups
        and not any(_holds(statement.value, service.product.data) for statement in layout.groups[service.tier].volumes)
    ]
    if bare:
        parts.append(
            f"The data of {listed(bare)} are on the machine's own disk: a machine that is replaced begins without "
            "them. `org.camp2iac:Volume` in the plan gives them a volume."
        )
    return "\n\n".join(["## Data", *parts]) if parts else ""


def _holds(volume: Volume, data: str) -> bool:
    """Whether a product's data are on a volume."""
    return volume.mount is None or f"{data}/".startswith(f"{volume.mount.rstrip('/')}/")
