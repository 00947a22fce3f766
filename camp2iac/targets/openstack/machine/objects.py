"""Objects that instances download from the object store, and their temporary URLs."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, Ref, Value, ref
from camp2iac.synth.remarks import Remark
from camp2iac.targets.kit import blocks
from camp2iac.targets.openstack.resource_types import CONTAINER, OBJECT, PASSWORD, TEMPORARY_URL

RELEASE = "_release"  # the suffix of the labels of a component's release
_NOTHING = "Only for the object store's address: no object has this name. The URL of an object changes with the object."
_CONTAINER = f"{CONTAINER}.content"
_KEY = f"{PASSWORD}.content_key"


def archive(
    label: str, name: Value, source: Value, comment: Remark, origin: Span, preconditions: Iterable[Block]
) -> list[Block]:
    """Write an object that never changes. Its name has its digest, because the provider ignores the content."""
    lifecycle = Block(
        "lifecycle",
        body=(
            Attribute(
                "create_before_destroy",
                value=True,
                comment="The old object is deleted after all references have changed.",
            ),
            *preconditions,
        ),
    )
    return [_object(label, lifecycle, comment=comment, origin=origin, name=name, source=source), _url(label)]


def text(label: str, name: str, content: Value, comment: Remark, origin: Span) -> list[Block]:
    """Write a small object that is updated in place, so that its URL never changes."""
    made = _object(label, comment=comment, origin=origin, name=name, content=content, content_type="text/plain")
    return [made, _url(label)]


def url(label: str) -> Ref:
    """Return the temporary URL of an object."""
    return ref(f"{TEMPORARY_URL}.{label}", ".url")


def _object(label: str, *items: Block, comment: Remark, origin: Span, **arguments: Value) -> Block:
    return blocks.resource(
        OBJECT, label, *items, comment=comment, origin=origin, container_name=ref(_CONTAINER, ".name"), **arguments
    )


def address(label: str) -> Block:
    """Write a temporary URL that depends on no object, from which the address of the object store is taken."""
    return _url(label, "address", _NOTHING)


def _url(label: str, name: Value = None, comment: str = "") -> Block:
    return blocks.resource(
        TEMPORARY_URL,
        label,
        comment=comment,
        container=ref(_CONTAINER, ".name"),
        object=ref(f"{OBJECT}.{label}", ".name") if name is None else name,
        method="get",
        key=ref(_KEY, ".result"),
        digest="sha256",
        ttl=ref("local.content_lifetime"),
    )


def changes_in_place(block: Block) -> bool:
    """Whether a block is an object with its content in the module, as :func:`text` writes it."""
    return block.labels[:1] == (OBJECT,) and block.get("content") is not None
