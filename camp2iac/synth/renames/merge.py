"""The values of a module with the oldest names, under the addresses of the module with the current names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camp2iac.record import Record, field, replace
from camp2iac.synth import remarks
from camp2iac.synth.module import Attribute, Block, Document, Module, Ref, Template
from camp2iac.synth.renames.labels import Vocabulary
from camp2iac.synth.renames.moves import FILE, Renamed, moved
from camp2iac.synth.renames.pairs import Pair, pairs
from camp2iac.synth.renames.rewrite import EACH_KEY, Keys, Rewriter

_ASKED = frozenset({"output", "check", "terraform", "provider", "moved"})
"""Blocks without anything that a platform gets."""


class CompiledModule(Record, frozen=True):
    """A module and the files beside it. ``most``: the key of a first instance, to the most instances."""

    module: Module
    documents: tuple[Document, ...]
    most: Mapping[str, int]


class Merged(Record, frozen=True):
    """``moves``: earlier addresses of resources to the current ones.

    ``different``: addresses of one module that the other one does not have, under any name. ``names``: names on
    the platform that the current names would give, to those that resources have. ``earlier``: current addresses to the
    earlier ones.
    """

    module: Module
    documents: tuple[Document, ...]
    moves: Mapping[str, str]
    different: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)


def merge(old: CompiledModule, new: CompiledModule, known: Vocabulary, names: Sequence[str]) -> Merged:
    """The module to write. ``known``: the parts with other names. ``names``: their words in comments."""
    found = pairs(old.module, new.module, known)
    merging = _Merging(
        {pair.new: pair.old for pair in found.values()},
        {block.address: block for block in old.module.blocks() if block.address},
        {f"local.{each.name}": each for each in _locals(old.module)},
        _key_lists(new.module),
        _rewriter(old, new, found),
    )
    files = {file: merging.file(blocks) for file, blocks in new.module.files.items()}
    module = Module(files, dict(new.module.headers))
    renamed = list(_renamed(new, found, old, known))
    made = moved(renamed, known, names, module.files.get(FILE, []), new.module.addresses())
    if made.blocks:
        blocks, header = list(made.blocks), module.headers.get(FILE, "")
        others = len(blocks) - len(module.files.get(FILE, ()))
        if made.header and header and others < len(blocks):  # it is about the other blocks, so it is above these
            blocks[others] = replace(blocks[others], comment=remarks.joined(header, blocks[others].comment))
        module.files[FILE], module.headers[FILE] = blocks, made.header or header
    documents = tuple(replace(each, path=merging.rewriter.files.get(each.path, each.path)) for each in old.documents)
    return Merged(
        module,
        tuple(sorted(documents, key=lambda each: each.path)),
        made.moves,
        _different(old.module, new.module, found),
        _names(old.module, new.module, found),
        {pair.new: pair.old for pair in found.values()},
    )


def _names(old: Module, new: Module, found: Mapping[str, Pair]) -> dict[str, str]:
    before = {block.address: block for block in old.blocks() if block.type == "resource"}
    after = {block.address: block for block in new.blocks() if block.type == "resource"}
    both = (
        (_name(after[pair.new]), _name(before[pair.old]))
        for pair in found.values()
        if pair.old in before and after[pair.new].first
    )
    return {now: then for now, then in both if now and then and now != then}


def _name(block: Block) -> str:
    """The name of a resource on the platform, or of the first of several; empty if only Terraform knows it."""
    value = block.get("name")
    parts = value.parts if isinstance(value, Template) else (value,)
    known = [block.first if part == EACH_KEY else part for part in parts]
    return "".join(map(str, known)) if all(isinstance(part, str) for part in known) else ""


def _different(old: Module, new: Module, found: Mapping[str, Pair]) -> tuple[str, ...]:
    asked = ("output.", "check.", "provider.", "module.")
    before = {each for each in old.addresses() if not each.startswith(asked)} - found.keys()
    after = {each for each in new.addresses() if not each.startswith(asked)} - {pair.new for pair in found.values()}
    return (*sorted(before), *sorted(after))


class _Merging(Record, frozen=True):
    """``before``: current addresses to earlier ones. ``known``, ``locals``: of the earlier module. ``keys``: of the
    current one.
    """

    before: Mapping[str, str]
    known: Mapping[str, Block]
    locals: Mapping[str, Attribute]
    keys: frozenset[str]
    rewriter: Rewriter

    def file(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks of a file."""
        found = []
        for block in blocks:
            if block.type == "locals":
                found.append(replace(block, body=tuple(map(self._local, block.body))))
                continue
            old = self.known.get(self.before.get(block.address or "", ""))
            if block.type in _ASKED or old is None:
                found.append(block)
            elif block.type == "variable":
                found.append(_with_default(block, old))
            else:
                found.append(self.rewriter.block(old, block))
        return found

    def _local(self, item: Attribute | Block) -> Attribute | Block:
        if isinstance(item, Block):
            return item
        address = f"local.{item.name}"
        old = self.locals.get(self.before.get(address, ""))
        return item if old is None or address in self.keys else self.rewriter.argument(old, item)


def _with_default(new: Block, old: Block) -> Block:
    """A variable with its default in the other module, which is a name on the platform in some cases."""
    default = {item.name: item for item in old.body if isinstance(item, Attribute) and item.name == "default"}
    body = tuple(
        replace(item, value=default[item.name].value) if isinstance(item, Attribute) and item.name in default else item
        for item in new.body
    )
    return replace(new, body=body)


def _locals(module: Module) -> Iterator[Attribute]:
    for block in module.blocks():
        if block.type == "locals":
            yield from (item for item in block.body if isinstance(item, Attribute))


def _key_lists(module: Module) -> frozenset[str]:
    """The local values that number the instances of a resource. Keys are addresses, so they have the current name."""
    found = (block.get("for_each") for block in module.blocks() if block.type == "resource" and block.first)
    return frozenset(each.address for each in found if isinstance(each, Ref) and not each.path)


def _rewriter(old: CompiledModule, new: CompiledModule, found: Mapping[str, Pair]) -> Rewriter:
    after = {block.address: block for block in new.module.blocks() if block.address}
    keys = {}
    for block in old.module.blocks():
        pair = found.get(block.address or "")
        first = after[pair.new].first if pair and pair.new in after else ""
        if block.address and block.first and first and first != block.first:
            keys[block.address] = Keys(_beginning(block.first), _beginning(first))
    addresses = {pair.old: pair.new for pair in found.values() if pair.old != pair.new}
    return Rewriter(addresses, keys, _files(old, new, found))


def _beginning(key: str) -> str:
    return key.removesuffix("1")


def _files(old: CompiledModule, new: CompiledModule, found: Mapping[str, Pair]) -> dict[str, str]:
    """The templates of instances, whose files have the names of their tiers."""
    there = {each.path for each in new.documents}
    names = {pair.old.rpartition(".")[2]: pair.new.rpartition(".")[2] for pair in found.values()}
    files = {}
    for document in old.documents:
        folder, _, name = document.path.rpartition("/")
        stem, dot, ending = name.partition(".")
        now = names.get(stem.replace("-", "_"), "").replace("_", "-")
        path = f"{folder}/{now}{dot}{ending}"
        if now and ending.endswith(".tftpl") and path in there:
            files[document.path] = path
    return files


def _renamed(
    new: CompiledModule, found: Mapping[str, Pair], old: CompiledModule, known: Vocabulary
) -> Iterator[Renamed]:
    """The resources with another address or other keys, in the order of the module."""
    before = {block.address: block for block in old.module.blocks() if block.type == "resource"}
    by_new = {pair.new: pair for pair in found.values()}
    for block in new.module.blocks():
        pair = by_new.get(block.address or "")
        if block.type != "resource" or pair is None or pair.old not in before:
            continue
        first = before[pair.old].first
        if pair.old != pair.new or first != block.first:
            many = block.get("for_each") is not None
            most = new.most.get(block.first, 1) if many else 1
            yield Renamed(pair, first, block.first, most, many)
