"""The effects of a change in a module when it is applied, for tools that compare two versions of an output.

For a resource, these are the arguments that replace it (:mod:`.force_new`) and those that it ignores. For documents,
locals and variables, the module's references are followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from camp2iac.synth.force_new import Replacing, replaces
from camp2iac.synth.module import Attribute, Block, Document, Expr, Module, held, walk

REPLACES, UPDATES, RERUNS = "replaces", "updates", "reruns"
_META = frozenset({"for_each", "count", "depends_on", "provider", "lifecycle", "timeouts"})

Effects = dict[str, dict[str, list[str]]]


def effects(
    module: Module,
    documents: Sequence[Document] = (),
    reruns: Mapping[str, str] | None = None,
    replacing: Replacing = MappingProxyType({}),
) -> Effects:
    """Address or path to the effects of a change.

    For a resource, ``replaces`` and ``ignores`` are its own arguments. All others are updated in place. For a local
    value, a variable or a document, ``replaces`` and ``updates`` are resources, and ``reruns`` are resources whose
    instances download the change.

    Args:
        module: the module.
        documents: the files beside it.
        reruns: resources that instances watch, and local values that they get, to the resources of these instances.
        replacing: the arguments that replace a resource.
    """
    found: Effects = {}
    resources = {block.address or "": block for block in module.blocks() if block.type == "resource"}
    ignored = {address: frozenset(ignored_arguments(block)) for address, block in resources.items()}
    anew = {address: frozenset(_anew(block, replacing)) - ignored[address] for address, block in resources.items()}
    for address in resources:
        own = {REPLACES: sorted(anew[address]), "ignores": sorted(ignored[address])}
        if any(own.values()):
            found[address] = {word: names for word, names in own.items() if names}
    users = _users(module, documents)
    for name in users.keys() - resources.keys():
        reached = _reached(name, users, anew, ignored, reruns or {})
        if any(reached.values()):
            found[name] = {word: sorted(addresses) for word, addresses in reached.items() if addresses}
    return found


def replacing_items(block: Block, replacing: Replacing) -> Iterator[Attribute | Block]:
    """The arguments and nested blocks of a resource whose change replaces it."""
    for item in block.body:
        name = item.name if isinstance(item, Attribute) else item.type
        if name not in _META and replaces(replacing, block.labels[0], name):
            yield item


def _anew(block: Block, replacing: Replacing) -> Iterator[str]:
    for item in replacing_items(block, replacing):
        yield item.name if isinstance(item, Attribute) else item.type


def ignored_arguments(block: Block) -> Iterator[str]:
    """What ``ignore_changes`` of a resource lists: ``user_data``, ``block_device[0].uuid``."""
    for item in block.body:
        if isinstance(item, Block) and item.type == "lifecycle":
            names = item.get("ignore_changes")
            for name in names if isinstance(names, tuple) else ():
                if isinstance(name, Expr):
                    yield "".join(part for part in name.parts if isinstance(part, str))


def _users(module: Module, documents: Sequence[Document]) -> dict[str, set[tuple[str, str]]]:
    """Local, variable or document to its users: a local (without an argument), or a resource and its argument."""
    found: dict[str, set[tuple[str, str]]] = {}
    texts = {document.path: document.data for document in documents if document.path.endswith(".tftpl")}
    paths = {document.path for document in documents}
    for block in module.blocks():
        if block.type not in ("resource", "locals"):
            continue
        for item in block.body:
            if isinstance(item, Attribute):
                user = (f"local.{item.name}", "") if block.type == "locals" else (block.address or "", item.name)
                if user[1] in _META:
                    continue
            elif item.type == "lifecycle":
                continue
            else:
                user = (block.address or "", item.type)
            for reference in walk(item):
                if not reference.address.startswith("data."):
                    found.setdefault(reference.address, set()).add(user)
            for text in words(item):
                if text in paths:
                    found.setdefault(text, set()).add(user)
    for template, data in texts.items():
        for script in scripts(data):
            found.setdefault(f"cloud-init/{script}", set()).add((template, ""))
    return found


def scripts(template: bytes) -> list[str]:
    """The scripts that a cloud-init template includes from its folder, by their names there."""
    return [script.decode() for script in re.findall(rb'\$\{scripts\}/([^"]+\.(?:sh|py))"', template)]


def words(value: Any) -> Iterator[str]:
    """Every string in a value, without a slash at the beginning."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item.removeprefix("/")
        else:
            waiting.extend(held(item))


def _reached(
    name: str,
    users: Mapping[str, set[tuple[str, str]]],
    anew: Mapping[str, frozenset[str]],
    ignored: Mapping[str, frozenset[str]],
    reruns: Mapping[str, str],
) -> dict[str, set[str]]:
    reached: dict[str, set[str]] = {REPLACES: set(), UPDATES: set(), RERUNS: set()}
    waiting, seen = [name], {name}
    while waiting:
        current = waiting.pop()
        if current in reruns:
            reached[RERUNS].add(reruns[current])
        for user, argument in users.get(current, ()):
            if not argument:
                if user not in seen:
                    seen.add(user)
                    waiting.append(user)
                continue
            if argument in ignored[user]:
                continue
            if argument not in anew[user]:
                reached[UPDATES].add(user)
            elif user not in seen:  # a new resource has a new id, so what refers to it changes too
                reached[REPLACES].add(user)
                seen.add(user)
                waiting.append(user)
            if user in reruns:
                reached[RERUNS].add(reruns[user])
    reached[UPDATES] -= reached[REPLACES]
    return reached
