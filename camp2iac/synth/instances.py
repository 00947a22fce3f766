"""The instances of a resource: the keys of its ``for_each`` at the defaults of the variables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from camp2iac.synth.module import Call, Commented, Expr, Ref, Template, Value

_NUMBERED = r"\{ for (\w+) in range\(1, "
_ONE = "[0]"


def entries(
    given: Value, count: Value, locals_: Mapping[str, Value], variables: Mapping[str | None, Value]
) -> Mapping[str, str]:
    """The end of each instance's address (``["web-1"]``, ``[0]``) to its value as JSON.

    Args:
        given: the value of ``for_each``.
        count: that of ``count``.
        locals_: address of a local to its value.
        variables: address of a variable to its default.
    """
    if count is not None:
        return {_ONE: "0"} if _counted(count, variables) else {}
    value = locals_.get(given.address) if isinstance(given, Ref) else given
    match value:
        case Call("toset", (tuple() as keys,)):
            return {f"[{json.dumps(str(key))}]": json.dumps(str(key)) for key in keys}
        case Mapping():
            return {f"[{json.dumps(str(key))}]": _json(item) for key, item in value.items()}
        case Expr((str() as head, *rest)) if loop := re.fullmatch(_NUMBERED, head):
            return _numbered(loop[1], rest, variables)
    return {}


def _numbered(name: str, rest: list[str | Value], variables: Mapping[str | None, Value]) -> Mapping[str, str]:
    """``{ for n in range(1, LAST + 1) : "web-${n}" => n }``."""
    match rest:
        case [Ref() as count, " + 1", ") : ", Template() as key, _]:
            default = variables.get(count.address)
            last = default if isinstance(default, int) else 0
        case [int() as bound, ") : ", Template() as key, _]:
            last = bound - 1
        case _:
            return {}
    found = {}
    for n in range(1, last + 1):
        text = "".join(str(n) if part == Expr((name,)) else str(part) for part in key.parts)
        found[f"[{json.dumps(text)}]"] = str(n)
    return found


def _counted(count: Value, variables: Mapping[str | None, Value]) -> bool:
    """``contains([BLOCKS], BLOCK) ? 0 : 1``."""
    match count:
        case Expr(("contains(", tuple() as blocks, ", ", block, ") ? 0 : 1")):
            known = [_value(each, variables) for each in blocks]
            return _value(block, variables) not in known
    return True


def _value(value: Value, variables: Mapping[str | None, Value]) -> Value:
    return variables.get(value.address) if isinstance(value, Ref) else value


def _json(value: Value) -> str:
    """A value that is written out, as JSON; empty if it is not."""
    if isinstance(value, Commented):
        return _json(value.value)
    if isinstance(value, Mapping):
        return json.dumps({str(key): item for key, item in value.items()}, default=str)
    return json.dumps(value, default=str)
