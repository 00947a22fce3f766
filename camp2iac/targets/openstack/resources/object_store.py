"""The object store: a container of what machines fetch, by temporary URLs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Ref, Value, body, call, expr, ref
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.resource_types import CONTAINER, OBJECT, PASSWORD, TEMPORARY_URL
from camp2iac.targets.openstack.resources import security_groups

FILE = "object-store.tf"
RELEASE = "_release"  # the end of the labels of a component's release
_CONTAINER = f"{CONTAINER}.content"
_KEY = f"{PASSWORD}.content_key"
_LIFE = 315_360_000  # ten years, in seconds: machines that are made later fetch by the same addresses


def common(app: str, settings: OpenStackSettings, objects: Sequence[Block]) -> list[Block]:
    """The container, the key that its URLs are signed with, and the port where machines reach it."""
    # A release's URL stays; that of content is made anew with it, and so would be the rules.
    labels = sorted(block.labels[1] for block in objects if block.labels[0] == OBJECT)
    stays = sorted(block.labels[1] for block in objects if _changes_in_place(block))
    host = call("nonsensitive", call("regex", "^https?://[^/]+", url((stays or labels)[0])))
    own = ref("local.object_store")
    port = expr('try(regex(":([0-9]+)$", ', own, ")[0], startswith(", own, ', "https:") ? 443 : 80)')
    life = Attribute("content_lifetime", _LIFE, comment="Seconds: ten years. Machines to come fetch by the same URLs.")
    where = Attribute("object_store", host, comment="Where machines reach the object store: its URLs tell.")
    key = Block(
        "resource",
        (PASSWORD, "content_key"),
        body(length=48, special=False),
        comment="Signs the temporary URLs. Whoever has such a URL may read that one object, and nothing else.",
    )
    metadata: dict[str, Value] = {"Temp-URL-Key": ref(_KEY, ".result"), "application": app}
    container = Block(
        "resource",
        (CONTAINER, "content"),
        body(name=f"{app}-content", metadata=metadata),
        comment=f"{settings.comment('object_store')}. What machines fetch: archives by their SHA-256, and releases.",
    )
    return [Block("locals", body=(life, where, Attribute("object_store_port", port))), key, container]


def is_object(block: Block) -> bool:
    """Whether a block is something in the container, or its URL."""
    return block.labels[:1] in ((OBJECT,), (TEMPORARY_URL,))


def releases(blocks: Iterable[Block]) -> list[str]:
    """The addresses of those that machines look at."""
    return [f"{OBJECT}.{block.labels[1]}" for block in blocks if _changes_in_place(block)]


def _changes_in_place(block: Block) -> bool:
    """Whether a block is an object whose text is in the module, as :func:`text` makes it."""
    return block.labels[:1] == (OBJECT,) and block.get("content") is not None


def archive(
    label: str, name: Value, source: Value, comment: str, origin: Span, preconditions: Iterable[Block]
) -> list[Block]:
    """An object that never changes: its name has the digest of its bytes in it, which the provider does not look at."""
    lifecycle = Block(
        "lifecycle",
        body=(
            Attribute(
                "create_before_destroy", value=True, comment="The old one goes when nothing leads to it any more."
            ),
            *preconditions,
        ),
    )
    made = Block(
        "resource",
        (OBJECT, label),
        body(lifecycle, container_name=ref(_CONTAINER, ".name"), name=name, source=source),
        comment=comment,
        origin=origin,
    )
    return [made, _url(label)]


def text(label: str, name: str, content: Value, comment: str, origin: Span) -> list[Block]:
    """A small object whose content changes in place, so that its URL never does."""
    made = Block(
        "resource",
        (OBJECT, label),
        body(container_name=ref(_CONTAINER, ".name"), name=name, content=content, content_type="text/plain"),
        comment=comment,
        origin=origin,
    )
    return [made, _url(label)]


def url(label: str) -> Ref:
    """The temporary URL of an object."""
    return ref(f"{TEMPORARY_URL}.{label}", ".url")


def _url(label: str) -> Block:
    return Block(
        "resource",
        (TEMPORARY_URL, label),
        body(
            container=ref(_CONTAINER, ".name"),
            object=ref(f"{OBJECT}.{label}", ".name"),
            method="get",
            key=ref(_KEY, ".result"),
            digest="sha256",
            ttl=ref("local.content_lifetime"),
        ),
    )


def rule(group: MachineGroup) -> Block:
    """What lets a tier's machines reach the object store."""
    port = ref("local.object_store_port")
    return security_groups.way_out(group, "object_store", "The object store", port)
