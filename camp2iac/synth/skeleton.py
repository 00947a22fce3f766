"""A value of a module as a skeleton: its text, with a hole for each reference, and the references in order.

Two values with the same skeleton are the same if their references are. The text is independent of the layout. Loops
over what is written in the module are unrolled, so that ``[for n in range(1, 3) : X["web-${n}"].id]`` is the list of
two references, whatever the loop's variable is.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring_ascii as quoted

from camp2iac.record import Record, field
from camp2iac.synth.module import Block, Call, Commented, Expr, Ref, Template, Value

HOLE = "\N{WHITE BULLET}"
"""The place of a reference. Literals are ASCII in a skeleton, so none contains it."""

_EACH = re.compile(r"each\.(?:key|value(?:\.\w+)?)")
_RANGE = re.compile(r"\[for (\w+) in range\(1, (\d+)\) : ")
_MODULE = Expr(("path.module",))
_LOOP = re.compile(r"\[for (\w+)(?:, (\w+))? in ")


class _OpaqueError(Exception):
    """A loop that cannot be unrolled."""


class SkeletonScope(Record):
    """What a module's values refer to.

    ``local``: the value of a local. ``document``: the name of the document or folder that a path in the module means,
    empty if none.
    """

    local: Callable[[str], Value]
    document: Callable[[str], str]


class Skeleton(Record):
    """A skeleton while it is written. ``known``: the values of the variables of loops."""

    scope: SkeletonScope
    text: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    known: Mapping[str, Value] = field(default_factory=dict)

    def write(self, value: object) -> None:
        """Append a value or a nested block."""
        match value:
            case str():
                self.text.append(quoted(value))
            case Commented():
                self.write(value.value)
            case Ref():
                self._reference(value)
            case Template():
                self._template(value)
            case Call():
                self._call(value)
            case Expr():
                self._code(value)
            case Mapping():
                self._object(value)
            case tuple():
                self._list(value)
            case Block():
                self._block(value)
            case None:
                self.text.append("null")
            case bool():
                self.text.append("true" if value else "false")
            case _:
                self.text.append(str(value))

    def _reference(self, value: Ref) -> None:
        path = value.path
        for name, known in self.known.items():
            if isinstance(known, str | int):
                path = path.replace(f"[{name}]", f"[{quoted(known) if isinstance(known, str) else known}]")
                path = path.replace(f"${{{name}}}", str(known))
            elif f"[{name}]" in path or f"${{{name}}}" in path:
                raise _OpaqueError
        self.text.append(HOLE)
        self.references.append(value.address + path)

    def _template(self, value: Template) -> None:
        if value.parts and value.parts[0] == _MODULE and all(isinstance(part, str) for part in value.parts[1:]):
            # The content of the file matters, not its path. Digests of content are in locals.
            path = "".join(map(str, value.parts[1:]))
            name = self.scope.document(path.lstrip("/"))
            self.text.append(HOLE if name else "path.module")
            self.references += [name] if name else []
            return
        self.text.append('"')
        for part in value.parts:
            part = self._value(part)
            match part:
                case str():
                    self.text.append(quoted(part)[1:-1])
                case Ref():
                    self._reference(part)
                case int() | float() if not isinstance(part, bool):
                    self.text.append(str(part))
                case Expr((str() as code,)) if _EACH.fullmatch(code):
                    self.text.append(f"‹{code}›")
                case _:
                    self.text.append("${")
                    self.write(part)
                    self.text.append("}")
        self.text.append('"')

    def _value(self, part: Value) -> Value:
        """The value of a loop's variable; other values are returned as they are."""
        match part:
            case Expr((str() as code,)) if code in self.known:
                return self.known[code]
        return part

    def _call(self, value: Call) -> None:
        arguments = [self._value(part) for part in value.args]
        match value.function, arguments:
            case "cidrhost", [str() as block, int() as number]:
                self.write(str(ipaddress.ip_network(block, strict=False)[number]))
                return
        self.text.append(f"{value.function}(")
        for part in arguments:
            self.write(part)
            self.text.append(",")
        self.text.append(")")

    def _code(self, value: Expr) -> None:
        match value.parts:
            case (str() as code,):
                if code in self.known:
                    self.write(self.known[code])
                elif _EACH.fullmatch(code):
                    self.text.append(f"‹={code}›")
                else:
                    self._plain(code)
                return
        found = self.elements(value)
        if found is not None:
            self.text.append("[")
            for each in found:
                self.text += [*each.text, ","]
                self.references += each.references
            self.text.append("]")
            return
        for part in value.parts:
            if isinstance(part, str):
                self._plain(part)
            else:
                self.write(part)

    def _plain(self, code: str) -> None:
        if any(re.search(rf"\b{name}\b", code) for name in self.known):
            raise _OpaqueError
        self.text.append(code if code.isascii() else code.encode("ascii", "backslashreplace").decode())

    def elements(self, value: Value) -> list[Skeleton] | None:
        """The elements of a list that is written out, or that a loop makes; None if it is not known or another value.

        It is for a new skeleton.
        """
        try:
            if isinstance(value, tuple):
                return [self._one((item,), {}) for item in value]
            loop = self._loop(value.parts) if isinstance(value, Expr) else None
            return [self._one(loop[1], item) for item in loop[0]] if loop else None
        except _OpaqueError:
            return None

    def _one(self, body: Sequence[object], known: Mapping[str, Value]) -> Skeleton:
        found = Skeleton(self.scope, known={**self.known, **known})
        for part in body:
            found.write(Expr((part,)) if isinstance(part, str) and known else part)
        return found

    def _loop(self, parts: tuple[str | Value, ...]) -> tuple[list[dict[str, Value]], Sequence[object]] | None:
        """The variables of a loop over written values, for each element, and its body. None if it is another loop."""
        head, *rest = parts
        if not isinstance(head, str) or len(rest) < 2 or rest[-1] != "]":
            return None
        if counted := _RANGE.fullmatch(head):
            return [{counted[1]: n} for n in range(1, int(counted[2]))], rest[:-1]
        loop = _LOOP.fullmatch(head)
        if loop is None or len(rest) < 4 or rest[1] != " : ":
            return None
        found = self._collection(rest[0], loop[1], loop[2] or "")
        return None if found is None else (found, rest[2:-1])

    def _collection(self, value: object, one: str, other: str) -> list[dict[str, Value]] | None:
        if isinstance(value, tuple) and not other:
            return [{one: item} for item in value]
        if isinstance(value, Ref) and other and not value.path:
            held = self.scope.local(value.address)
            if isinstance(held, Mapping):
                return [{one: key, other: Ref(value.address, f"[{quoted(key)}]")} for key in sorted(held)]
        return None

    def _object(self, value: Mapping[str, Value]) -> None:
        self.text.append("{")
        for key in sorted(value):
            self.text.append(f"{quoted(key)}:")
            self.write(value[key])
            self.text.append(",")
        self.text.append("}")

    def _list(self, value: tuple[Value, ...]) -> None:
        self.text.append("[")
        for item in value:
            self.write(item)
            self.text.append(",")
        self.text.append("]")

    def _block(self, value: Block) -> None:
        self.text.append("{")
        for item in sorted(value.body, key=lambda item: item.type if isinstance(item, Block) else item.name):
            if isinstance(item, Block):
                self.text.append(f"{item.type}")
                self.write(item)
            else:
                self.text.append(f"{item.name}=")
                self.write(item.value)
            self.text.append(",")
        self.text.append("}")
