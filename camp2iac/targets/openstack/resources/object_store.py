"""The object store: a container with what instances download through temporary URLs."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.synth.module import Attribute, Block, Value, call, expr, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.machine.objects import address, changes_in_place, url
from camp2iac.targets.openstack.resource_types import CONTAINER, OBJECT, PASSWORD, TEMPORARY_URL
from camp2iac.targets.openstack.resources import security_groups

FILE = "object-store.tf"
_KEY = f"{PASSWORD}.content_key"
_ADDRESS = "object_store"  # the label of a temporary URL that depends on no content
_LIFE = 315_360_000  # ten years, in seconds: new instances use the same URLs


def add(made: ModuleBuilder, app: str, settings: OpenStackSettings) -> None:
    """The container, the key that signs its URLs, and the port of the object store, if the module has objects."""
    objects = [block for block in made.module.blocks() if _is_object(block)]
    if not objects:
        return
    host = call("nonsensitive", call("regex", "^https?://[^/]+", url(_ADDRESS)))
    own = ref("local.object_store")
    port = expr('try(regex(":([0-9]+)$", ', own, ")[0], startswith(", own, ', "https:") ? 443 : 80)')
    life = Attribute("content_lifetime", _LIFE, comment="Ten years, in seconds. New instances use the same URLs.")
    where = Attribute("object_store", host, comment="The object store's address.")
    made.locals(FILE, life, where, Attribute("object_store_port", port))
    made.resource(
        FILE,
        PASSWORD,
        "content_key",
        comment="Signs the temporary URLs. A URL gives read access to one object.",
        length=48,
        special=False,
    )
    metadata: dict[str, Value] = {"Temp-URL-Key": ref(_KEY, ".result"), "application": app}
    made.resource(
        FILE,
        CONTAINER,
        "content",
        comment=f"{settings.comment('object_store')}. Instances download archives and releases from it.",
        name=f"{app}-content",
        metadata=metadata,
    )
    made.module.add(FILE, address(_ADDRESS))


def _is_object(block: Block) -> bool:
    """Whether a block is an object in the container, or its URL."""
    return block.labels[:1] in ((OBJECT,), (TEMPORARY_URL,))


def releases(blocks: Iterable[Block]) -> list[str]:
    """The addresses of the objects that instances poll."""
    return [f"{OBJECT}.{block.labels[1]}" for block in blocks if changes_in_place(block)]


def add_rule(made: ModuleBuilder, group: MachineGroup) -> None:
    """The security group rule from a tier to the object store."""
    port = ref("local.object_store_port")
    security_groups.add_way_out(made, group, "object_store", "To the object store", port)
