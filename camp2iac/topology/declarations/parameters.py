"""Parameters that a plan declares."""

from __future__ import annotations

import math
import re
from typing import Any

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.scalars import resolve
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix
from camp2iac.diagnostics.located import located
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import replace
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.declarations.values import text
from camp2iac.topology.model import Parameter
from camp2iac.topology.statements import Statements, Subject, SubjectKind


def read(given: Mapping, statements: Statements, diagnostics: Diagnostics) -> dict[str, Parameter]:
    """The parameters by name, sorted. CAMP502: a wrong pattern, choice or default."""
    found = {}
    for name, entry in sorted(given.entries.items()):
        assert isinstance(entry.value, Mapping)  # noqa: S101 - the schema has seen to it
        value, place = entry.value, entry.key.span
        default, allowed = value.get("default"), value.get("allowed")
        type_ = text(value, "type") or _type_of(default)
        items = [item for item in allowed if isinstance(item, Scalar)] if isinstance(allowed, Sequence) else []
        items.sort(key=lambda item: item.text)  # their order has no meaning
        parameter = Parameter(
            id=name,
            type=type_,  # type: ignore[arg-type]
            description=text(value, "description") or f"Parameter {name} of the plan.",
            default=_given(default, type_),
            allowed=tuple(_given(item, type_) for item in items),
            pattern=text(value, "pattern"),
            statement=statements.say(
                Subject(SubjectKind.PARAMETER, name, name), kinds.PARAMETER, name, f"Parameter {name}", place
            ),
            span=place,
        )
        _check(parameter, value, items, diagnostics)
        found[name] = parameter
    return found


def _given(node: Node | None, type_: str) -> Any:
    """The value in the plan, in the parameter's type. Strings stay as written."""
    if not isinstance(node, Scalar):
        return None
    return located(node.text if type_ == "string" else node.value, node.span)


def _check(parameter: Parameter, value: Mapping, items: list[Scalar], diagnostics: Diagnostics) -> None:
    pattern, default, name = value.get("pattern"), value.get("default"), parameter.id
    if isinstance(pattern, Scalar) and (fault := _irregular(pattern.text)):
        diagnostics.add(
            Diagnostic(
                "CAMP502",
                f"the pattern of parameter {name} is not a regular expression that Terraform supports: {fault}",
                pattern.span,
                label="no value would match",
                help="write an RE2 expression, for example  pattern: ^[a-z]+$",
            )
        )
    for item, choice in zip(items, parameter.allowed, strict=True):
        if fault := unfit(replace(parameter, allowed=()), choice):
            diagnostics.add(
                Diagnostic(
                    "CAMP502",
                    f"an allowed value of parameter {name} is not {fault}: {item.text}",
                    item.span,
                    label=f"{fault} belongs here",
                    help="remove it from the allowed values",
                )
            )
    if default is not None and (fault := unfit(parameter, parameter.default)):
        fixes = retyped(parameter, default, "default")
        diagnostics.add(
            Diagnostic(
                "CAMP502",
                f"the default of parameter {name} is not {fault}: {parameter.default}",
                default.span,
                label=f"{fault} belongs here",
                help="" if fixes else "write a default that fits, or remove it, so that the operator must give a value",
                fixes=fixes,
            )
        )


def _irregular(pattern: str) -> str:
    """What is wrong with a pattern; empty if no error is known. RE2, which Terraform uses, has no lookaround."""
    if found := re.search(r"\(\?<?[=!]", pattern):
        return f"RE2 has no {found[0]}"
    if re.search(r"\\[pPzCQ]|\[\[?:|\(\?", pattern):  # RE2 has these; Python does not, or reads them differently
        return ""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        return str(problem)
    return ""


def _type_of(default: object) -> str:
    if isinstance(default, Scalar):
        if isinstance(default.value, bool):
            return "boolean"
        if isinstance(default.value, int | float):
            return "number"
    return "string"


def retyped(parameter: Parameter, node: Node, name: str) -> tuple[Fix, ...]:
    """The edit that turns a string into a number or boolean, if it fits without quotes or has a typo."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return ()
    if parameter.type == "boolean" and (meant := edits.boolean(node.text)) and not unfit(parameter, meant == "true"):
        return edits.rewritten(node, f"{name}: {meant}", meant, sure=True)
    return () if unfit(parameter, resolve(node.text)) else edits.unquoted(node, f"{name}: {node.text}")


def unfit(parameter: Parameter, value: object) -> str:
    """What a value of the parameter must be, if this one is not; empty if it fits."""
    if parameter.type == "number" and (
        isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
    ):
        return "a number"
    if parameter.type == "boolean" and not isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        if "\0" in value:
            return "a string without the character NUL"
        if any("\ud800" <= c <= "\udfff" for c in value):  # bytes of a command line that are not UTF-8
            return "a string in UTF-8"
    if parameter.allowed and value not in parameter.allowed:
        return listed([str(choice) for choice in parameter.allowed], "or")
    return ""
