"""A block with the values of one module and the addresses and comments of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from camp2iac.record import Record, replace
from camp2iac.synth.module import Attribute, Block, Call, Commented, Expr, Ref, Template, Value

EACH_KEY = Expr(("each.key",))
_FOLDER = Expr(("path.module",))
_FOR_PEOPLE = frozenset({"error_message"})
"""Arguments that Terraform shows to people, and that no platform gets."""


class Keys(Record, frozen=True):
    """The beginning of the keys of a resource's instances, before and now: ``web-``, ``front-``."""

    old: str
    new: str


class Rewriter(Record, frozen=True):
    """``addresses``: old to new ones, if they differ. ``keys``: of resources whose keys differ, by their old address.

    ``files``: paths of files beside the module.
    """

    addresses: Mapping[str, str]
    keys: Mapping[str, Keys]
    files: Mapping[str, str]

    def block(self, old: Block, new: Block) -> Block:
        """``old`` with the labels, comments and addresses of ``new``."""
        body = self._body(old, new, self.keys.get(old.address or ""))
        return replace(new, body=body, origin=old.origin)

    def argument(self, old: Attribute, new: Attribute) -> Attribute:
        """The same for an argument or a local value."""
        return self._argument(old, new, None)

    def _body(self, old: Block, new: Block, keys: Keys | None) -> tuple[Attribute | Block, ...]:
        like = dict(_numbered(new))
        found: list[Attribute | Block] = []
        for key, item in _numbered(old):
            same = like.get(key)
            if isinstance(item, Block):
                other = same if isinstance(same, Block) else item
                found.append(replace(item, body=self._body(item, other, keys), comment=other.comment))
            else:
                found.append(self._argument(item, same if isinstance(same, Attribute) else item, keys))
        return tuple(found)

    def _argument(self, old: Attribute, new: Attribute, keys: Keys | None) -> Attribute:
        value = new.value if old.name in _FOR_PEOPLE else self._value(old.value, new.value, keys)
        return replace(old, name=new.name, value=value, comment=new.comment)

    def _value(self, value: Value, like: Value, keys: Keys | None) -> Value:
        match value:
            case Ref():
                return self._reference(value)
            case Template():
                return Template(self._parts(value.parts, keys))
            case Expr():
                return Expr(
                    tuple(part if isinstance(part, str) else self._value(part, None, keys) for part in value.parts)
                )
            case Call():
                same = like.args if isinstance(like, Call) and len(like.args) == len(value.args) else value.args
                args = (self._value(item, other, keys) for item, other in zip(value.args, same, strict=True))
                return Call(value.function, tuple(args))
            case Commented():
                comment = like.comment if isinstance(like, Commented) else value.comment
                inner = like.value if isinstance(like, Commented) else None
                return replace(value, value=self._value(value.value, inner, keys), comment=comment)
            case tuple():
                return tuple(self._value(item, None, keys) for item in value)
            case Mapping():
                same_keys = like if isinstance(like, Mapping) else {}
                return {key: self._value(item, same_keys.get(key), keys) for key, item in value.items()}
        return value

    def _parts(self, parts: tuple[Value, ...], keys: Keys | None) -> tuple[Value, ...]:
        found: list[Value] = []
        for part in parts:
            if keys is not None and part == EACH_KEY:  # its value is the number of the instance
                found += [keys.old, Expr(("each.value",))]
            elif isinstance(part, str) and _FOLDER in parts:
                found.append(self._file(part))
            else:
                found.append(self._value(part, None, keys))
        return tuple(found)

    def _file(self, path: str) -> str:
        name = path.removeprefix("/")
        return path[: len(path) - len(name)] + self.files.get(name, name)

    def _reference(self, reference: Ref) -> Ref:
        address, path = reference.address, reference.path
        if (keys := self.keys.get(address)) is not None:
            path = path.replace(f'["{keys.old}', f'["{keys.new}')
        return Ref(self.addresses.get(address, address), path)


def _numbered(block: Block) -> list[tuple[tuple[str, int], Attribute | Block]]:
    """Arguments and nested blocks, with their names and the number of earlier ones with the same name."""
    seen: Counter[str] = Counter()
    found: list[tuple[tuple[str, int], Attribute | Block]] = []
    for item in block.body:
        name = item.type if isinstance(item, Block) else item.name
        found.append(((name, seen[name]), item))
        seen[name] += 1
    return found
