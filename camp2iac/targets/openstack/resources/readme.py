"""The output's README: sums for the quota, status, scaling and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout import key_pairs, names, stores
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.layout.releases import GitReleases, S3Releases
from camp2iac.targets.openstack.layout.settings import Bastion
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resource_types import INSTANCE
from camp2iac.targets.openstack.resources import (
    companion_targets,
    quota,
    readme_changes,
    readme_images,
    software_sources,
)
from camp2iac.topology import quantities
from camp2iac.topology.model import Component, Volume


def text(layout: OpenStackLayout, machines: Mapping[str, TierSoftware]) -> str:
    """Markdown, in sections."""
    credentials = (
        "The provider reads the cloud and the credentials from environment variables: `OS_CLOUD` with `clouds.yaml`, "
        "or the variables of an `openrc` file (`OS_AUTH_URL` and others)."
    )
    parts = [credentials, _releases(layout), _sums(layout), _instances(layout), _compressed(machines)]
    parts += [_companions(layout), software_sources.text(layout), readme_images.text(layout, machines)]
    parts += [readme_changes.text(layout)]
    parts += [_scale(layout), _data(layout)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _releases(layout: OpenStackLayout) -> str:
    """What must be done before an apply, so that instances find their content."""
    match layout.settings.releases:
        case GitReleases(url=url, branch=branch):
            steps = (
                f"Instances take content from the branch `{branch}` of {url}. Commit this output together with the "
                "code, and push it to that branch before `terraform apply`."
            )
        case S3Releases(uploads=uploads, endpoint=endpoint):
            steps = (
                "Instances download content from a bucket. Upload it before `terraform apply`. Names contain a digest, "
                "so nothing that is in use is overwritten:\n\n"
                f"```sh\naws s3 sync archives/ {uploads} --endpoint-url {endpoint}\n```"
            )
        case _:
            return ""
    return f"## Before you apply\n\n{steps}"


def _sums(layout: OpenStackLayout) -> str:
    rows = []
    totals = [[0] * 6, [0] * 6]
    unknown: set[int] = set()  # columns that depend on a variable
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
    rows.append(_row("**total**", [tuple(total) for total in totals], unknown))
    head = "| tier | instances | cores | memory | volumes | GiB on volumes | floating IPs |"
    note = "The project's quota must allow these amounts."
    if totals[0] != totals[1]:
        note += " If a cell has two numbers, they are the initial amount and the maximum."
    if unknown:
        note += " `?` is an amount that depends on a variable."
    if any(group.tier.balance for group in layout.groups.values()):
        note += " Load balancers have their own quota, which is not in this table."
    return "\n".join(["## Quota", "", note, "", head, "|---|--:|--:|--:|--:|--:|--:|", *rows])


def _row(name: str, cells: Sequence[Sequence[int]], unknown: Set[int]) -> str:
    """A row of sums. ``unknown``: the columns that depend on a variable."""
    first, most = cells
    words = []
    for column, (a, b) in enumerate(zip(first, most, strict=True)):
        low, high = (quantities.words(a), quantities.words(b)) if column == 2 else (str(a), str(b))
        known = low if low == high else f"{low} / {high}"
        words.append(known if column not in unknown else f"{known} + ?" if b else "?")
    return f"| {name} | {' | '.join(words)} |"


def _instances(layout: OpenStackLayout) -> str:
    if not layout.groups:
        return ""
    rows = [f"| {id_} | {_software(layout, group)} | `{_address(group)}` |" for id_, group in layout.groups.items()]
    table = "\n".join(["| tier | software | instance in Terraform |", "|---|---|---|", *rows])
    return "\n\n".join(["## Instances", table, _ssh(layout), _ready(next(iter(layout.groups.values())))])


def _software(layout: OpenStackLayout, group: MachineGroup) -> str:
    """``Python: web; PostgreSQL``: products, and the components on each, or the processes of a component."""
    found = []
    for service in services(layout.topology, group):
        parts = [layout.topology.components[id_] for id_ in service.components]
        components = f": {listed([_component(each) for each in parts])}" if parts else ""
        found.append(f"{service.product.title}{components}")
    return "; ".join(found)


def _component(component: Component) -> str:
    if not component.part_of:
        return component.id
    types = [process.type for process in component.processes if process.type != "release"]
    return f"{listed(types)} of {component.part_of}"


def _address(group: MachineGroup) -> str:
    return f'{INSTANCE}.{group.label}["{group.first}"]' if group.many else f"{INSTANCE}.{group.label}"


def _companions(layout: OpenStackLayout) -> str:
    """What the environment puts onto every instance."""
    asked = layout.environment.companions
    if not asked:
        return ""
    rows = "\n".join(f"- `{each.companion.name}`: {each.companion.effect}" for each in asked)
    parts = [f"## Companions\n\nEvery instance also has what the environment asks for:\n\n{rows}"]
    parts += [
        f"**After the first apply**, keep the output of this command outside the state, such as in a password "
        f"manager. {form.description}\n\n```sh\nterraform output -raw {each.companion.name}_{name}\n```"
        for each in asked
        for name, form in each.secrets.items()
        if form.length
    ]
    parts += [
        f"The ports of `{name}` on all instances are in an output, in the form of Prometheus' `file_sd_configs`. "
        "Write it to a file that your Prometheus reads, after each `terraform apply`:\n\n"
        f"```sh\nterraform output -json {companion_targets.output(name)} > {name}.json\n```"
        for name in companion_targets.listed(layout)
    ]
    return "\n\n".join(parts)


def _compressed(machines: Mapping[str, TierSoftware]) -> str:
    """Which contents are compressed, and how to see what is in them."""
    found = {each.file: each.title for machine in machines.values() for each in machine.compressed}
    if not found:
        return ""
    rows = "\n".join(f"- {title}: `{file}`" for file, title in found.items())
    note = (
        "User data is limited to 48 KiB. The content of these components and loads fits into it only because it is "
        "compressed. To see the files in an archive, run `tar -tzvf FILE`."
    )
    return f"## Compressed content\n\n{note}\n\n{rows}"


def _ssh(layout: OpenStackLayout) -> str:
    settings = layout.settings
    if settings.bastion is not None:
        return _bastion(layout, settings.bastion)
    if not settings.ssh_from:
        return (
            "SSH is closed. To open it, add `ssh_from` with your network to the environment file, such as "
            "`ssh_from: 192.0.2.0/24`, and run `camp2iac synth` again."
        )
    return (
        f"SSH is open from {listed(settings.ssh_from)}, for the image's default user (such as `debian`), with "
        f"{_key(layout)}. {_without_key(layout)}"
        "To show the addresses and log in:\n\n"
        "```sh\n"
        "terraform output\n"
        "ssh USER@ADDRESS\n"
        "```\n\n"
        "To reach an instance without a floating IP, connect from its network, such as through a VPN. You cannot "
        "connect from another instance, unless `org.camp2iac:Ports` in the plan opens port 22 to its tier."
    )


def _key(layout: OpenStackLayout) -> str:
    asked = [f"`{key_pairs.question(region)}`" for region in key_pairs.asked(layout.groups.values())]
    if len(asked) > 1:
        return f"the key pairs in the variables {listed(asked)}"
    return f"the key pair in the variable {asked[0]}" if asked else "the key pair"


def _without_key(layout: OpenStackLayout) -> str:
    """What happens without a key pair, if only a variable can name one; with a space at the end."""
    if not any(key_pairs.asked(layout.groups.values())):
        return ""
    return (
        "Without a key pair, no one can log in. Set the variable before the first `terraform apply`, because another "
        "key pair replaces the instances, or write `key_pair` or `public_key` in the environment file. "
    )


def _bastion(layout: OpenStackLayout, given: Bastion) -> str:
    return (
        f"SSH is open from {listed(given.sources)} to the bastion, the tier {given.tier}, and from there to the other "
        f"tiers, for the image's default user (such as `debian`), with {_key(layout)}. {_without_key(layout)}"
        "To show the addresses and log in:\n\n"
        "```sh\n"
        "terraform output\n"
        "ssh USER@$(terraform output -raw ssh_jump_host)                   # the bastion\n"
        "ssh -J USER@$(terraform output -raw ssh_jump_host) USER@ADDRESS   # another instance, through it\n"
        "```"
    )


def _ready(group: MachineGroup) -> str:
    """How to find out whether instances are ready, and what to do if one is not."""
    name = f"{group.app}-{group.first}"
    return (
        "`terraform apply` returns when the instances run. Their software needs a few more minutes. Then each "
        "instance writes one line to its console: that it is ready, or what failed and where the log is. For "
        "example:\n\n"
        "```sh\n"
        f"openstack console log show {name} | grep -i ready\n"
        "```\n\n"
        "On an instance, these commands show more:\n\n"
        "```sh\n"
        "camp-status                               # the same line; exits with 0 if the instance is ready\n"
        "less /var/log/cloud-init-output.log       # the log of the first boot\n"
        "journalctl -u UNIT                        # the log of a process\n"
        "```\n\n"
        "If an instance is not ready, fix the cause in its log, such as a package index that does not answer or a "
        "command of the plan. Then recreate the instance. This keeps its volumes, but not the data on its own disk:\n\n"
        "```sh\n"
        f"terraform apply -replace='{_address(group)}'\n"
        "```\n\n"
        "If `terraform apply` itself fails, fix the cause and run it again. It continues where it stopped."
    )


def _scale(layout: OpenStackLayout) -> str:
    scaled = [group for group in layout.groups.values() if group.variable]
    if not scaled:
        return ""
    commands = [f"terraform apply -var {names.count(group.id)}={group.scale.maximum}" for group in scaled]
    width = max(map(len, commands))
    lines = [
        f"{command.ljust(width)}  # {group.id}: {group.scale.minimum} to {group.scale.maximum}, "
        f"default {group.scale.initial}"
        for command, group in zip(commands, scaled, strict=True)
    ]
    note = "Nothing scales automatically. Set the number of instances yourself, or let a program do it:"
    after = (
        "Terraform adds instances with the next numbers, or removes those with the highest. The others do not change. "
        "To keep the number, write it to `terraform.tfvars`. Otherwise, the next apply restores the default."
    )
    return "\n".join(["## Scaling", "", note, "", "```sh", *lines, "```", "", after])


def _data(layout: OpenStackLayout) -> str:
    parts = []
    found = [(group, statement.value) for group in layout.groups.values() for statement in group.volumes]
    if found:
        note = (
            "These volumes are kept when Terraform replaces their instances. `terraform destroy` destroys them, or "
            "fails if the environment protects them."
        )
        if any(group.variable for group, _ in found):
            note += " Scaling down destroys the volumes of the removed instances."
        parts += [note, "\n".join(f"- {group.id}: {volume.name}, {volume.size} GiB" for group, volume in found)]
        name = found[0][1].name
        parts.append(
            "If you make a volume larger in the plan, `terraform apply` extends it. Its file system grows when the "
            f"instance boots, or at once with `systemctl reload camp-volume-{name}` on the instance."
        )
    bare = [
        service.id
        for service in layout.topology.services.values()
        if service.product.data
        and service.tier in layout.groups
        and not any(_holds(statement.value, service.product.data) for statement in layout.groups[service.tier].volumes)
    ]
    if bare:
        parts.append(
            f"The data of {listed(bare)} is on the disk of the instance, and is lost when Terraform replaces the "
            "instance. To keep it, add `org.camp2iac:Volume` to the service in the plan."
        )
    if containers := [names.container(layout.app, service.id) for service in stores.own(layout.topology)]:
        parts.append(
            f"The object store refuses to delete {listed([f'`{name}`' for name in containers])} while objects are in "
            "it. To destroy it, empty it first."
        )
    return "\n\n".join(["## Data", *parts]) if parts else ""


def _holds(volume: Volume, data: str) -> bool:
    """Whether a product's data is on a volume."""
    return volume.mount is None or f"{data}/".startswith(f"{volume.mount.rstrip('/')}/")
