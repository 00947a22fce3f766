"""A module inside another one: prefixed names, its own folder for files, values for its variables.

Terraform has child modules for this. CDKTF's constructs share one root module, so their names must differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from camp2iac.record import replace
from camp2iac.synth.module import Attribute, Block, Call, Commented, Document, Expr, Module, Ref, Template, Value, walk

#: the beginning of a path to a file beside the module
FOLDER = Expr(("path.module",))
_NAMED = ("resource", "data", "variable", "output", "check", "module")


def nested(module: Module, prefix: str, folder: str) -> Module:
    """The module with prefixed names.

    Args:
        module: a module whose blocks refer only to each other.
        prefix: the beginning of the names of blocks, locals and provider aliases (``north_``).
        folder: the folder of its documents, relative to the module's folder (``north``). See :func:`moved`.
    """
    names = {address: _renamed(address, prefix) for address in module.addresses()}
    former = {found.address for block in module.blocks() if block.type == "moved" for found in walk(block)}
    names |= {address: _renamed(address, prefix) for address in sorted(former)}
    names |= {alias: _renamed(alias, prefix) for alias in aliases(module)}
    files = {file: [_block(block, prefix, names, folder) for block in blocks] for file, blocks in module.files.items()}
    return Module(files, dict(module.headers))


def moved(documents: tuple[Document, ...], folder: str) -> tuple[Document, ...]:
    """The files beside the module, moved to a folder."""
    return tuple(replace(document, path=f"{folder}/{document.path}") for document in documents)


def with_values(module: Module, defaults: Mapping[str, Value], late: Iterable[str]) -> tuple[Module, Mapping[str, str]]:
    """The module with values for some of its variables.

    ``defaults``: variable to its default. ``late``: variables whose value cannot be a default. A local replaces each.
    Returns: the module, and the names of the locals that the caller must declare, by variable.
    """
    taken = module.addresses()
    locals_ = {name: name if f"local.{name}" not in taken else f"given_{name}" for name in late}
    names = {f"var.{name}": f"local.{local}" for name, local in locals_.items()}
    files: dict[str, list[Block]] = {}
    for file, blocks in module.files.items():
        kept = [block for block in blocks if block.type != "variable" or block.labels[0] not in locals_]
        files[file] = [_block(_with_default(block, defaults), "", names, None) for block in kept]
    return Module(files, dict(module.headers)), locals_


def _with_default(block: Block, defaults: Mapping[str, Value]) -> Block:
    if block.type != "variable" or block.labels[0] not in defaults:
        return block
    default = Attribute("default", defaults[block.labels[0]])
    names = [item.name for item in block.body if isinstance(item, Attribute)]
    if "default" in names:
        body = tuple(default if isinstance(i, Attribute) and i.name == "default" else i for i in block.body)
    else:
        at = 1 + max((n for n, item in enumerate(names) if item in ("description", "type")), default=-1)
        body = (*block.body[:at], default, *block.body[at:])
    return replace(block, body=body)


def aliases(module: Module) -> Iterator[str]:
    """A reference to a provider with an alias: ``openstack.north``."""
    for block in module.blocks():
        if block.type == "provider" and isinstance(alias := block.get("alias"), str):
            yield f"{block.labels[0]}.{alias}"


def _renamed(address: str, prefix: str) -> str:
    head, _, name = address.rpartition(".")
    return f"{head}.{prefix}{name}"


def _block(block: Block, prefix: str, names: Mapping[str, str], folder: str | None) -> Block:
    labels = block.labels
    if block.type in _NAMED and labels:  # a nested block can have such a name, but no label
        labels = (*labels[:-1], f"{prefix}{labels[-1]}")
    items: list[Attribute | Block] = []
    for item in block.body:
        if isinstance(item, Block):
            items.append(_block(item, prefix if block.type == "check" else "", names, folder))
            continue
        value = _value(item.value, names, folder)
        name = f"{prefix}{item.name}" if block.type == "locals" else item.name
        if block.type == "provider" and item.name == "alias":
            value = f"{prefix}{value}"
        items.append(replace(item, name=name, value=value))
    return replace(block, labels=labels, body=tuple(items))


def _value(value: Value, names: Mapping[str, str], folder: str | None) -> Value:
    if folder is not None and value == FOLDER:
        return Template((FOLDER, f"/{folder}"))
    match value:
        case Ref():
            return Ref(names.get(value.address, value.address), value.path)
        case Template():
            parts: list[Value] = []
            for part in value.parts:
                parts += [FOLDER, f"/{folder}"] if folder and part == FOLDER else [_value(part, names, folder)]
            return Template(tuple(parts))
        case Expr():
            return Expr(tuple(part if isinstance(part, str) else _value(part, names, folder) for part in value.parts))
        case Call():
            return Call(value.function, tuple(_value(item, names, folder) for item in value.args))
        case Commented():
            return replace(value, value=_value(value.value, names, folder))
        case tuple():
            return tuple(_value(item, names, folder) for item in value)
        case Mapping():
            return {key: _value(item, names, folder) for key, item in value.items()}
    return value
