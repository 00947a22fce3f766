"""The source map: where each block of an output folder comes from, and the digests of what was read and written.

Two files of the folder hold it. ``.camp2iac.json`` is for tools: origins, effects, what a person calls each resource.
It is the one file that names lines, so that nothing else changes when a line is put into a plan. Nobody reads
``.camp2iac.digests.json``: it tells a file of ours from somebody else's, an untouched one from one changed by hand, and
what decides whether Terraform keeps a resource. :mod:`.sourcemap_json` writes and reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record, field
from camp2iac.synth.identity import Identity
from camp2iac.synth.module import Attribute, Block, Commented, Document, Module, Value
from camp2iac.synth.tracked import Tracked
from camp2iac.version import VERSION

NAME = ".camp2iac.json"
DIGESTS = ".camp2iac.digests.json"
STAGE = ".camp2iac-new"  # the folder of what is being written: see journal.py


class Recorded(Record, frozen=True):
    """A resource in a source map; ``identity`` is None where an older release did not write it."""

    tracked: Tracked
    identity: Identity | None


class SourceMap(Record, frozen=True):
    """What a folder was made from.

    ``plan``, ``environment``: their paths, from the folder (``../../camp.yaml``). ``inputs``: path in the package to
    SHA-256. ``origins``: address, or path of a document, to its place; None: nobody's decision but ours. ``effects``:
    what a change of an address or a document does (:func:`camp2iac.synth.impact.effects`). ``resources``: address to
    what a person calls it and what decides whether Terraform keeps it. ``anchors``: the parts of the plan and keys of
    the environment that origins are counted from (``component web``), in the order of their places.
    """

    target: str
    plan: str
    environment: str | None
    inputs: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Span | None] = field(default_factory=dict)
    effects: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    resources: Mapping[str, Recorded] = field(default_factory=dict)
    anchors: tuple[tuple[str, Span], ...] = ()

    def standing(self) -> Standing:
        """The same as :func:`camp2iac.synth.sourcemap_json.standing` reads it again."""
        return Standing(self.target, VERSION, self.inputs, self.resources)


class Standing(Record, frozen=True):
    """An output that stands, as its source map tells. ``version``: of the camp2iac that wrote it; empty: unknown."""

    target: str
    version: str
    inputs: Mapping[str, str]
    resources: Mapping[str, Recorded]


def is_safe(path: str) -> bool:
    """Whether a path stays in its folder and away from what is Terraform's or the source map's own."""
    parts = path.split("/")
    return (
        all(part not in ("", ".", "..") for part in parts)
        and not any(c in path for c in "\\\0")
        and parts[0] not in (NAME, DIGESTS, STAGE, ".camp2iac-lock", ".terraform", ".terraform.lock.hcl")
        and not parts[-1].endswith((".tfstate", ".tfstate.backup"))
    )


def origins(module: Module, documents: Iterable[Document] = ()) -> dict[str, Span | None]:
    """Where the blocks, their arguments and the documents come from.

    Every block with an address is there, but for providers without an origin; arguments (``address.argument``),
    entries of objects (``address.argument.KEY``), locals and documents as far as they have one.
    """
    return dict(_origins(module, documents))


def _origins(module: Module, documents: Iterable[Document]) -> Iterator[tuple[str, Span | None]]:
    for block in module.blocks():
        address = "local" if block.type == "locals" else block.address
        if address is None:
            continue
        if block.type != "locals" and (block.origin or block.type != "provider"):
            yield address, block.origin
        yield from _inner(address, block)
    for document in documents:
        if document.origin:
            yield document.path, document.origin


def _inner(address: str, block: Block) -> Iterator[tuple[str, Span | None]]:
    for item in block.body:
        if isinstance(item, Block):
            yield from _inner(f"{address}.{item.type}", item)
            continue
        name = f"{address}.{item.name}"
        if isinstance(item, Attribute) and item.origin:
            yield name, item.origin
        yield from _entries(name, item.value)


def _entries(name: str, value: Value) -> Iterator[tuple[str, Span | None]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, Commented) and item.origin:
                yield f"{name}.{key}", item.origin
