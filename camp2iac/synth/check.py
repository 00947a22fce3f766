"""Check a module: each block against its provider's table, and each reference against what is declared.

A finding is an error in the program that created the module, never in a user's document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from camp2iac.record import Record
from camp2iac.synth import providers
from camp2iac.synth.check_values import type_problem
from camp2iac.synth.module import Attribute, Block, Commented, Expr, Module, Ref, Value, walk
from camp2iac.synth.providers import BlockType, Table

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_FIRST_STEP = re.compile(r"(?:\[[^\[\]]*\])?\.([A-Za-z_][A-Za-z0-9_]*)")
_META = frozenset({"count", "for_each", "provider", "depends_on"})
_META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})
_LABELS = {"resource": 2, "data": 2, "variable": 1, "output": 1, "provider": 1, "module": 1, "check": 1}
_BUILT_IN = "terraform"  # terraform_data, which belongs to no provider


class Problem(Record, frozen=True):
    """An error in the block at ``address``."""

    address: str
    message: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


def check(module: Module, tables: Mapping[str, Table] | None = None) -> list[Problem]:
    """All errors of a module, in its order.

    ``tables``: a provider's local name to its table. None: the tables in camp2iac, if the module uses them. Blocks of
    providers without a table are not checked, except for their references.
    """
    return [Problem(address, message) for address, message in _module(module, _tables(module, tables))]


def _tables(module: Module, tables: Mapping[str, Table] | None) -> Mapping[str, Table]:
    if tables is not None:
        return tables
    names = {_provider(block) for block in module.blocks()} - {None, _BUILT_IN}
    return {name: table for name in sorted(filter(None, names)) if (table := providers.load(name))}


def _provider(block: Block) -> str | None:
    """The local name of a block's provider; None if it has none."""
    if block.type in ("resource", "data", "provider") and block.labels:
        return block.labels[0].split("_", 1)[0]
    return None


def _module(module: Module, tables: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    own = {name for block in module.blocks() for name in _own_addresses(block)}
    # In `provider`, an alias is written without quotes.
    declared = module.addresses() | {name.removeprefix("provider.") for name in own if name.startswith("provider.")}
    before_moves = declared | _earlier(module)
    blocks = {each.address: each for top in module.blocks() for each in (top, *top.scoped()) if each.address}
    required = _required(module)
    seen: Counter[str] = Counter()
    for block in (each for top in module.blocks() for each in (top, *top.scoped())):
        address = block.address or block.type
        for name in _own_addresses(block):
            seen[name] += 1
            if seen[name] == 2:
                yield name, "is declared twice"
        if len(block.labels) != _LABELS.get(block.type, len(block.labels)):
            yield address, f"a {block.type} block has {_LABELS[block.type]} labels, not {len(block.labels)}"
            continue
        for label in block.labels:
            if not _NAME.fullmatch(label):
                yield address, f"{label!r} is not a name: letters, digits, _ and -, a letter or _ first"
        for message in _references(block, before_moves if block.type == "moved" else declared, blocks, tables):
            yield address, message
        provider = _provider(block)
        if provider is None or provider == _BUILT_IN:
            continue
        if required is not None and provider not in required:
            yield address, f"the provider {provider} is not in required_providers"
        if provider in tables:
            for message in _top(block, tables[provider]):
                yield address, message


def _earlier(module: Module) -> frozenset[str]:
    """The addresses from which ``moved`` blocks lead to another one, and which the module does not declare."""
    ends = [(block.get("from"), block.get("to")) for block in module.blocks() if block.type == "moved"]
    return frozenset(
        before.address
        for before, after in ends
        if isinstance(before, Ref) and isinstance(after, Ref) and before.address != after.address
    )


def _own_addresses(block: Block) -> Iterator[str]:
    if block.type == "locals":
        yield from (f"local.{item.name}" for item in block.body if isinstance(item, Attribute))
    elif block.address:
        alias = block.get("alias") if block.type == "provider" else None
        yield f"{block.address}.{alias}" if alias else block.address


def _required(module: Module) -> frozenset[str] | None:
    """The providers that the module requires; None if it has no ``terraform`` block."""
    found = [block for block in module.blocks() if block.type == "terraform"]
    inner = [item for block in found for item in block.body if isinstance(item, Block)]
    names = {
        item.name
        for part in inner
        if part.type == "required_providers"
        for item in part.body
        if isinstance(item, Attribute)
    }
    return frozenset(names) if found else None


def _references(
    block: Block, declared: frozenset[str], blocks: Mapping[str, Block], tables: Mapping[str, Table]
) -> Iterator[str]:
    for item in walk(block):
        if item.address in declared:
            yield from _step(item, blocks.get(item.address), tables)
        else:
            yield f"refers to {item.address}{item.path}, which is not declared"


def _step(item: Ref, block: Block | None, tables: Mapping[str, Table]) -> Iterator[str]:
    """Check that the attribute that a reference reads exists."""
    step = _FIRST_STEP.match(item.path)
    if block is None or step is None or block.type not in ("resource", "data"):
        return
    table = tables.get(_provider(block) or "")
    known = table.type(block.type, block.labels[0]) if table else None
    if known and not known.argument(step[1]) and not known.block(step[1]):
        yield f"refers to {item.address}{item.path}, but {block.labels[0]} has no {step[1]}"


def _top(block: Block, table: Table) -> Iterator[str]:
    if block.type == "provider":
        yield from _body(block, table.configuration, "", frozenset({"alias", "version"}))
        return
    known = table.type(block.type, block.labels[0])
    if known is None:
        kind = "resource type" if block.type == "resource" else "data source"
        yield f"the provider has no {kind} {block.labels[0]}"
        return
    yield from _body(block, known, "", _META)


def _body(block: Block, known: BlockType, where: str, meta: frozenset[str] = frozenset()) -> Iterator[str]:
    given = {item.name: item.value for item in block.body if isinstance(item, Attribute)}
    nested = Counter(item.type for item in block.body if isinstance(item, Block))
    for name, number in Counter(item.name for item in block.body if isinstance(item, Attribute)).items():
        if number > 1:
            yield f"{where}{name} is set twice"
    for name, value in given.items():
        if name not in meta:
            yield from _argument(name, value, given, known, where)
    for name in known.required():
        # A list of objects can also be written as blocks.
        if _is_null(given.get(name)) and not nested[name]:
            yield f"{where}{name} is required"
    dynamic = {
        item.labels[0] for item in block.body if isinstance(item, Block) and item.type == "dynamic" and item.labels
    }
    for name, least, most, _ in known.blocks():
        if nested[name] < least and name not in dynamic:
            yield f"{where}{name}: at least {least} blocks are required, not {nested[name]}"
        if most and nested[name] > most:
            yield f"{where}{name}: at most {most} blocks are allowed, not {nested[name]}"
    for item in block.body:
        if isinstance(item, Block) and not (meta and item.type in _META_BLOCKS):
            yield from _nested(item, known, where)


def _argument(name: str, value: Value, given: Mapping[str, Value], known: BlockType, where: str) -> Iterator[str]:
    argument = known.argument(name)
    if argument is None:
        written = "is a block, not an argument" if known.block(name) else "is not an argument here"
        yield f"{where}{name} {written}"
        return
    if not argument.is_settable:
        yield f"{where}{name} is set by the provider"
    value = value.value if isinstance(value, Commented) else value
    if problem := type_problem(value, argument.type):
        yield f"{where}{name}: {problem}"
    allowed = argument.facts.get("one_of")
    if allowed and isinstance(value, str) and value not in allowed:
        yield f"{where}{name}: {value!r} is not one of {', '.join(allowed)}"
    for other in argument.facts.get("conflicts_with", ()):
        if name < other and not _is_null(value) and not _is_null(given.get(other)):
            yield f"{where}{name} and {other} exclude each other"


def _nested(block: Block, known: BlockType, where: str) -> Iterator[str]:
    name, content = block.type, block
    if block.type == "dynamic":
        inner = [item for item in block.body if isinstance(item, Block) and item.type == "content"]
        if len(block.labels) != 1 or len(inner) != 1:
            yield f"{where}dynamic: needs one label and one content block"
            return
        name, content = block.labels[0], inner[0]
    found = known.block(name)
    if found:
        yield from _body(content, found, f"{where}{name}.")
    elif (argument := known.argument(name)) is None:
        yield f"{where}{name} is not a block here"
    elif not _holds_objects(argument.type):
        yield f"{where}{name} is an argument, not a block"


def _holds_objects(type_: Any) -> bool:
    """Whether an argument can also be written as blocks."""
    return isinstance(type_, list) and type_[0] in ("list", "set") and type_[1][0] == "object"


def _is_null(value: Value) -> bool:
    return value is None or (isinstance(value, Expr) and value.parts == ("null",))
