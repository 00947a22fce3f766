"""The source map: the origin of each block in an output folder, and the digests of what was read and written.

It is in two files of the folder. ``.camp2iac.json`` is for tools: origins, and the names of resources for people. No
other file contains line numbers of the plan, so adding a line to a plan changes nothing else.
``.camp2iac.digests.json`` tells which files are camp2iac's, whether they were changed by hand, and what decides what
Terraform plans (:mod:`.graph`). :mod:`.sourcemap_json` writes and reads both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.located import place
from camp2iac.record import Record, field
from camp2iac.synth import places
from camp2iac.synth.graph import Graph
from camp2iac.synth.module import Block, Commented, Document, Module, Value
from camp2iac.synth.tracked import Tracked
from camp2iac.version import VERSION

NAME = ".camp2iac.json"
DIGESTS = ".camp2iac.digests.json"
STAGE = ".camp2iac-new"  # the folder for new files: see journal.py


class SourceMap(Record, frozen=True):
    """The source map of an output.

    ``plan``, ``environment``: their paths, relative to the folder (``../../camp.yaml``). ``inputs``: path in the
    package to SHA-256. ``origins``: address, or path of a document, to its place; None if neither plan nor environment
    file asks for it. ``resources``: address to its name for people. ``anchors``: the parts of the plan and keys of the
    environment file from which origins are counted (``component web``), in order. ``graph``: what decides what
    Terraform plans. ``asked``: the variables without a default; not written.
    """

    target: str
    plan: str
    environment: str | None
    inputs: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Span | None] = field(default_factory=dict)
    resources: Mapping[str, Tracked] = field(default_factory=dict)
    anchors: tuple[tuple[str, Span], ...] = ()
    graph: Graph | None = None
    asked: frozenset[str] = frozenset()

    def standing(self) -> Standing:
        """The same data as :func:`camp2iac.synth.sourcemap_json.standing` reads from the files."""
        place = places.placer(self.anchors)
        origins = {name: place(span) if span else None for name, span in self.origins.items()}
        anchors = {places.anchor(name, span.file): span.line for name, span in self.anchors}
        return Standing(self.target, VERSION, self.inputs, self.resources, self.graph, origins, anchors, self.asked)


class Standing(Record, frozen=True):
    """An existing output, as its source map describes it.

    ``version``: the camp2iac that wrote it; empty if unknown. ``graph``: None in maps of older releases. ``origins``:
    as written (:mod:`camp2iac.synth.places`). ``anchors``: their lines. ``asked``: the variables without a default;
    empty if it was read from files.
    """

    target: str
    version: str
    inputs: Mapping[str, str]
    resources: Mapping[str, Tracked]
    graph: Graph | None = None
    origins: Mapping[str, str | None] = field(default_factory=dict)
    anchors: Mapping[str, int] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def place(self, name: str) -> str:
        """``file:line:column`` of an address, an argument, an entry or a document; empty if unknown."""
        found = self.origins.get(name)
        return places.line(found, self.anchors) if found else ""

    def part(self, name: str) -> tuple[str, str]:
        """The kind and the name of the part of the plan that asks for it; empty if unknown."""
        found = self.origins.get(name)
        return places.part(found, self.anchors) if found else ("", "")


def is_safe(path: str) -> bool:
    """Whether a path stays in its folder and does not belong to Terraform or to the source map itself."""
    parts = path.split("/")
    return (
        all(part not in ("", ".", "..") for part in parts)
        and not any(c in path for c in "\\\0")
        and parts[0] not in (NAME, DIGESTS, STAGE, ".camp2iac-lock", ".terraform", ".terraform.lock.hcl")
        and not parts[-1].endswith((".tfstate", ".tfstate.backup"))
    )


class Placing(Record, frozen=True):
    """Where the places of a module are in the source map: those of blocks, and those of values, which can be given in
    another file.
    """

    statement: Callable[[Span | None], Span | None] = lambda span: span
    value: Callable[[Span | None], Span | None] = lambda span: span


def origins(
    module: Module, documents: Iterable[Document] = (), placing: Placing | None = None
) -> dict[str, Span | None]:
    """The origins of blocks, arguments and documents.

    They include every block with an address, except providers without an origin. They include arguments
    (``address.argument``) and entries of objects (``address.argument.KEY``) whose origin is known and differs from that
    of their block, the backend, and locals and documents with an origin. The origin of an argument is the one that the
    target gives (:class:`~camp2iac.synth.module.Attribute`), else the place of its value
    (:mod:`camp2iac.diagnostics.located`).
    """
    return dict(_Origins(placing or Placing()).all(module, documents))


class _Origins(Record, frozen=True):
    placing: Placing

    def all(self, module: Module, documents: Iterable[Document]) -> Iterator[tuple[str, Span | None]]:
        """See :func:`origins`."""
        for block in module.blocks():
            if block.type == "terraform":  # where the state is: the rest has no origin
                yield from self._terraform(block)
                continue
            address = "local" if block.type == "locals" else block.address
            if address is None:
                continue
            if block.type != "locals" and (block.origin or block.type != "provider"):
                yield address, self.placing.statement(block.origin)
            yield from self._inner(address, block, block.origin)
        for document in documents:
            if document.origin:
                yield document.path, self.placing.value(document.origin)

    def _terraform(self, block: Block) -> Iterator[tuple[str, Span | None]]:
        """The origins of the settings of Terraform, which have no address: ``terraform.backend.bucket``."""
        for item in block.body:
            if isinstance(item, Block) and item.origin:
                yield f"terraform.{item.type}", self.placing.statement(item.origin)
                yield from self._inner(f"terraform.{item.type}", item, item.origin)

    def _inner(self, address: str, block: Block, around: Span | None) -> Iterator[tuple[str, Span | None]]:
        """The origins of a block's arguments that differ from the one ``around`` them."""
        for item in block.body:
            if isinstance(item, Block):
                yield from self._inner(f"{address}.{item.type}", item, item.origin or around)
                continue
            value = item.value
            origin = item.origin or place(value)
            if self._differs(origin, around):
                yield f"{address}.{item.name}", self.placing.value(origin)
            if isinstance(value, Mapping):
                yield from self._entries(f"{address}.{item.name}", value, origin or around)

    def _entries(self, name: str, value: Mapping[str, Value], around: Span | None) -> Iterator[tuple[str, Span | None]]:
        for key, item in value.items():
            origin = item.origin or place(item.value) if isinstance(item, Commented) else place(item)
            if origin and origin != around:
                yield f"{name}.{key}", self.placing.value(origin)

    def _differs(self, origin: Span | None, around: Span | None) -> bool:
        """Whether an argument has a place of its own: also if a parameter gives the value of its block's statement."""
        return origin is not None and (origin != around or self.placing.value(origin) != self.placing.statement(around))
