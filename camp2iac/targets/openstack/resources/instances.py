"""The machines themselves, what they are spread over, and their volumes."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, Value, body, call, expr, ref, walk
from camp2iac.targets.base import Environment, Ledger
from camp2iac.targets.openstack.layout import flavors, images, key_pairs, names
from camp2iac.targets.openstack.layout.addressing import volume
from camp2iac.targets.openstack.layout.flavors import Flavor
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine.contract import Machine

INSTANCE = "openstack_compute_instance_v2"
SERVER_GROUP = "openstack_compute_servergroup_v2"
VOLUME = "openstack_blockstorage_volume_v3"
ATTACH = "openstack_compute_volume_attach_v2"
_TOGETHER = {"soft": "soft-affinity", "hard": "affinity", "no": ""}


def metadata(shape: MachineGroup) -> Value:
    """What is written on a machine or volume in the cloud."""
    own: dict[str, Value] = {"tier": shape.id}
    if shape.tier.region or shape.settings.region_of(shape.id):
        own["region"] = shape.region.name
    return call("merge", ref("local.metadata"), own)


def shared_user_data(shape: MachineGroup, user_data: Value) -> bool:
    """Whether all machines of a tier have the very same document: nothing in it is one machine's own."""
    return shape.many and not any("[each.key]" in found.path for found in walk(user_data))


def server_group(shape: MachineGroup, file: str, ledger: Ledger) -> list[Block]:
    """How the machines stand to each other on the cloud's hosts.

    One machine has its group, too: others that come later cannot be told to keep away from it otherwise.
    """
    tier = shape.tier
    policy = ""
    if tier.spread:
        policy = "anti-affinity" if tier.spread.value == "hard" else "soft-anti-affinity"
        ledger.keep(tier.spread, "server group")
    if tier.together and tier.spread and tier.together.value != "no":
        ledger.lose(tier.together, f"The machines of {shape.id} are to be on different hosts, too: that was heeded.")
    elif tier.together:
        wanted = _TOGETHER[tier.together.value]
        ledger.keep(tier.together, "server group" if wanted else "as it comes")
        policy = wanted or policy
    if not policy:
        return []
    what = "spread" if tier.spread else "together"
    return [
        Block(
            "resource",
            (SERVER_GROUP, shape.label),
            body(name=shape.name, policies=(policy,)),
            comment=f"{file}: {shape.id}, Placement: {what}",
            origin=(tier.spread or tier.together or shape.tier).span,
        )
    ]


def volumes(shape: MachineGroup, file: str, ledger: Ledger) -> list[Block]:
    """Volumes for data; one of each for every machine."""
    blocks = []
    for statement in shape.volumes:
        wanted = statement.value
        ledger.keep(statement, "a volume" if not shape.many else "a volume for each machine")
        blocks.append(
            Block(
                "resource",
                (VOLUME, names.label(shape.id, wanted.name)),
                body(
                    for_each=shape.machines,
                    name=shape.server_name(f"-{wanted.name}"),
                    size=Attribute("size", wanted.size, origin=statement.span),
                    volume_type=wanted.type,
                    enable_online_resize=True,
                    metadata=metadata(shape),
                ),
                comment=f"{file}: {statement.node}, Volume. "
                "Made apart from the machine, which may be replaced without it.",
                origin=statement.span,
                first=shape.first,
            )
        )
    return blocks


def attachments(shape: MachineGroup) -> list[Block]:
    """Volumes at their machines, one after the other."""
    blocks: list[Block] = []
    for statement in shape.volumes:
        label = names.label(shape.id, statement.value.name)
        before = blocks[-1].address if blocks else None
        blocks.append(
            Block(
                "resource",
                (ATTACH, label),
                body(
                    Attribute("depends_on", (ref(before),)) if before else None,
                    for_each=shape.machines,
                    instance_id=shape.own(INSTANCE),
                    volume_id=volume(shape, statement.value.name),
                ),
                first=shape.first,
            )
        )
    return blocks


def instance(
    shape: MachineGroup, flavor: Flavor, environment: Environment, machine: Machine, group: list[Block], ledger: Ledger
) -> Block:
    """The machines of a tier."""
    tier = shape.tier
    shared = shared_user_data(shape, machine.user_data)
    way_out = shape.nets[0].interface
    wait = Attribute("depends_on", (way_out,), comment="Packages are fetched at the first boot.") if way_out else None
    disk = _boot_volume(shape)
    ignored = [expr("block_device[0].uuid" if disk else "image_id"), expr("scheduler_hints")]
    comment = "A newer image of that name is for new machines: "
    comment += "these would be made anew." if disk else "the provider would rebuild this one in place."
    comment += "\nA machine is put into its server group when it is made; a running one cannot change it."
    if shape.settings.change == "ignore":
        ignored.append(expr("user_data"))
        comment += f"\n{shape.settings.comment('on_change')}: machines that are there stay as they were made."
    ignore = Attribute("ignore_changes", tuple(ignored), comment=comment)
    return Block(
        "resource",
        (INSTANCE, shape.label),
        body(
            None if shared else Attribute("user_data", machine.user_data),
            *disk,
            *(Block("network", body=body(port=shape.port(net))) for net in shape.nets),
            Block("scheduler_hints", body=body(group=ref(f"{SERVER_GROUP}.{shape.label}", ".id"))) if group else None,
            wait,
            Block("lifecycle", body=(ignore, *machine.preconditions)),
            for_each=shape.machines,
            name=shape.server_name(),
            image_id=None if disk else images.image(shape),
            **flavors.named(shape, flavor),
            key_pair=key_pairs.chosen(shape, environment, ledger),
            availability_zone_hints=_zone(shape, ledger),
            user_data=ref(f"local.{shape.label}_user_data") if shared else None,
            metadata=metadata(shape),
        ),
        comment=flavors.why(flavor),
        origin=tier.span,
        first=shape.first,
    )


def _boot_volume(shape: MachineGroup) -> list[Block]:
    """The volume that a machine boots from, where the environment wants one."""
    wanted = shape.settings.boot_volume
    if wanted is None:
        return []
    arguments = body(
        uuid=images.image(shape),
        source_type="image",
        destination_type="volume",
        volume_size=shape.boot,
        volume_type=wanted.type,
        boot_index=0,
        delete_on_termination=True,
    )
    return [Block("block_device", body=arguments, comment=shape.settings.comment("boot_volume"))]


def _zone(shape: MachineGroup, ledger: Ledger) -> str | None:
    statement, ours = shape.tier.zone, shape.settings.zone
    if statement and ours and ours != statement.value:
        ledger.degrade(statement, ours, f"{shape.settings.file} puts the tier {shape.id} into the zone {ours}.")
    elif statement:
        ledger.keep(statement, "availability zone")
    return ours or (statement.value if statement else None)
