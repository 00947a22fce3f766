"""The secrets in a module, and the arguments that get them, directly or through locals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Call, Commented, Module, Ref, Value, held, walk
from camp2iac.targets.secret_table import LITERAL, VARIABLE, SecretSource, SecretTable
from camp2iac.topology import confidential

_META = frozenset({"for_each", "count", "depends_on", "provider", "lifecycle", "timeouts"})
_TAKES = ("resource", "data", "output", "provider", "module")


class FoundSecret(Record, frozen=True):
    """A secret of a module.

    ``address``: of the resource or variable; with its argument, and its key in that, if it is only in there. ``key``:
    the name of a value that is in the module. ``block``: that it is in.
    """

    address: str
    source: SecretSource
    block: Block
    key: str = ""


class SecretUse(Record, frozen=True):
    """An argument of a block that gets a secret. ``argument``: of the block, or the type of a block in it."""

    address: str
    argument: str


class SecretFlow:
    """The secrets of a module, in its order, and their uses."""

    def __init__(self, module: Module, table: SecretTable) -> None:
        self._table = table
        self.blocks = {block.address: block for block in module.blocks() if block.address}
        self._locals = {
            f"local.{item.name}": item.value
            for block in module.blocks()
            if block.type == "locals"
            for item in block.body
            if isinstance(item, Attribute)
        }
        self._reached: dict[str, frozenset[tuple[str, str]]] = {}
        self.secrets = tuple(self._all(module))
        self._uses = self._used(module)

    def uses(self, secret: FoundSecret) -> tuple[SecretUse, ...]:
        """What gets a secret, and what gets other secrets that depend on it, in the order of the module."""
        found: dict[SecretUse, None] = {}
        waiting, seen = [secret.address], {secret.address}
        while waiting:
            for use in self._uses.get(waiting.pop(0), ()):
                found[use] = None
                if use.address not in seen and self._source(self.blocks[use.address]) is not None:
                    seen.add(use.address)
                    waiting.append(use.address)
        return tuple(found)

    # ------------------------------------------------------------------------------------------------------------------

    def _source(self, block: Block) -> SecretSource | None:
        if block.type == "variable":
            return self._table.variable(block.labels[0]) if block.get("sensitive") is True else None
        return self._table.source(block.labels[0]) if block.type == "resource" else None

    def _all(self, module: Module) -> Iterator[FoundSecret]:
        for block in module.blocks():
            source = self._source(block)
            if source is not None and block.address:
                yield FoundSecret(block.address, source, block)
            for item in block.body:
                if isinstance(item, Attribute):
                    yield from self._inside(block, item)

    def _inside(self, block: Block, item: Attribute) -> Iterator[FoundSecret]:
        """Secrets that are only in an argument: its reference to one elsewhere, and values in the module."""
        type_ = block.labels[0] if block.labels else ""
        address = f"local.{item.name}" if block.type == "locals" else f"{block.address}.{item.name}"
        named = self._table.named.get(f"{type_}.{item.name}")
        if named is not None and item.value is not None:
            yield FoundSecret(address, named, block)
        value = item.value
        if not isinstance(value, Mapping) or block.type not in ("locals", "resource"):
            return
        name = item.name if block.type == "locals" else f"{type_}.{item.name}"
        every = any(fnmatchcase(name, pattern) for pattern in self._table.literals)
        for key, entry in value.items():
            text = _literal(entry)
            if text and (every or confidential.looks(key) or holds_secret(text)):
                yield FoundSecret(f"{address}.{key}", LITERAL, block, key)

    def _used(self, module: Module) -> Mapping[str, list[SecretUse]]:
        found: dict[str, dict[SecretUse, None]] = {}
        known = {each.address: each.source for each in self.secrets}
        for block in module.blocks():
            if block.type not in _TAKES:
                continue
            for item in block.body:
                name = item.name if isinstance(item, Attribute) else item.type
                if name in _META:
                    continue
                for address, path in self._reach(item):
                    source = known.get(address)
                    if source is not None and _tells(source, path):
                        found.setdefault(address, {})[SecretUse(block.address or "", name)] = None
        for each in self.secrets:
            if each.key and each.block.type == "resource":
                argument = each.address.removeprefix(f"{each.block.address}.").partition(".")[0]
                found.setdefault(each.address, {})[SecretUse(each.block.address or "", argument)] = None
            if each.source.holder:
                found.setdefault(each.address, {})[SecretUse(each.address, each.source.holder)] = None
        for each in self.secrets:
            if each.key and each.block.type == "locals":
                found.setdefault(each.address, {}).update(dict.fromkeys(self._takers(module, each.address)))
        return {address: list(uses) for address, uses in found.items()}

    def _takers(self, module: Module, address: str) -> Iterator[SecretUse]:
        """What gets an entry of a local."""
        name = ".".join(address.split(".")[:2])
        for block in module.blocks():
            for item in block.body if block.type in _TAKES else ():
                if any(found == name for found, _ in self._reach(item)):
                    yield SecretUse(block.address or "", item.name if isinstance(item, Attribute) else item.type)

    def _reach(self, item: Attribute | Block) -> frozenset[tuple[str, str]]:
        """The addresses that an argument refers to, with the paths after them, also through locals."""
        found: set[tuple[str, str]] = set()
        for each in _told(item):
            found |= self._followed(each)
        return frozenset(found)

    def _followed(self, reference: Ref) -> frozenset[tuple[str, str]]:
        if reference.address not in self._locals:
            return frozenset({(reference.address, reference.path)})
        known = self._reached.get(reference.address)
        if known is None:
            self._reached[reference.address] = frozenset()  # Terraform rejects a local that refers to itself
            found = {(reference.address, "")}
            for each in _told(self._locals[reference.address]):
                found |= self._followed(each)
            known = self._reached[reference.address] = frozenset(found)
        return known


def _told(item: Value | Attribute | Block) -> Iterator[Ref]:
    """Each reference in a value, except in what the module declares as public: the host of a secret URL."""
    waiting: list[object] = [item]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Ref):
            yield each
        elif not (isinstance(each, Call) and each.function == "nonsensitive"):
            waiting.extend(reversed(held(each)))


def _tells(source: SecretSource, path: str) -> bool:
    """Whether a reference with this path after the address contains the secret."""
    if not source.attributes:
        return source.made == VARIABLE.made
    names = path.replace("[", ".").split(".")
    return any(name in source.attributes for name in names)


def _literal(value: Value) -> str:
    """The string that a value is, without references; empty if it is something else."""
    if isinstance(value, Commented):
        return _literal(value.value)
    if isinstance(value, str):
        return str(value)
    parts = held(value)
    if parts and not any(True for _ in walk(value)) and all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    return ""
