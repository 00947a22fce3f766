"""Check literals against Terraform's types, with the conversions that Terraform makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from camp2iac.synth.module import Call, Commented, Expr, Ref, Template, Value

_NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"


def type_problem(value: Value, wanted: Any) -> str:
    """Why a value does not have a type (as in ``terraform providers schema -json``); empty if it does.

    The values of code are unknown, except that a template is a string.
    """
    if isinstance(value, Commented):
        return type_problem(value.value, wanted)
    if value is None or isinstance(value, Ref | Expr | Call) or wanted == "dynamic":
        return ""
    if isinstance(wanted, str):
        return _primitive(value, wanted)
    kind, inner = wanted[0], wanted[1]
    if kind in ("list", "set"):
        return _all(dict(enumerate(value)), inner) if isinstance(value, tuple) else _not(value, f"a {kind}")
    if not isinstance(value, Mapping):
        return _not(value, "a map" if kind == "map" else "an object")
    if kind == "map":
        return _all(value, inner)
    optional = wanted[2] if len(wanted) > 2 else ()
    for name, type_ in inner.items():
        if name not in value and name not in optional:
            return f"{name} is missing"
        if problem := type_problem(value.get(name), type_):
            return f"{name}: {problem}"
    return ""


def _all(values: Mapping[Any, Value], wanted: Any) -> str:
    for key, value in values.items():
        if problem := type_problem(value, wanted):
            return f"[{key!r}]: {problem}"
    return ""


def _primitive(value: Value, wanted: str) -> str:
    if isinstance(value, tuple | Mapping):
        return _not(value, f"a {wanted}")
    if isinstance(value, Template) or wanted == "string":
        return ""
    if wanted == "number":
        sound = not isinstance(value, bool) and (not isinstance(value, str) or bool(re.fullmatch(_NUMBER, value)))
    else:
        sound = isinstance(value, bool) or value in ("true", "false")
    return "" if sound else _not(value, f"a {wanted}")


def _not(value: Value, wanted: str) -> str:
    names: dict[type, str] = {bool: "a bool", int: "a number", float: "a number", tuple: "a list", Template: "a string"}
    given = f"the string {value!r}" if isinstance(value, str) else names.get(type(value), "an object")
    return f"{given} is not {wanted}"
