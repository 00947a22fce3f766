"""Checks located YAML against a JSON Schema and says what is wrong in the user's words.

A sound document is accepted by :func:`accepts`, a quick check of the keywords that our schemas use; only an unsound one
pays for importing ``jsonschema``, which then finds the faults. Words come from the schema: ``x-what`` (what belongs
there: "an amount"), ``x-label`` (said under the mark), ``x-example`` and ``x-note`` (for the help).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from functools import cache
from typing import Any

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.scalars import resolve
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Span
from camp2iac.diagnostics.fix import advice
from camp2iac.diagnostics.suggest import choices, listed, nearest

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def accepts(schema: Map[str, Any], value: Any, root: Map[str, Any] | None = None) -> bool:
    """Whether ``value`` (plain) is valid under ``schema``. Says no where it does not know a keyword."""
    root = schema if root is None else root
    if "$ref" in schema:
        return accepts(_resolve(schema["$ref"], root), value, root)
    return all(
        _KEYWORDS[key](wanted, value, schema, root) for key, wanted in schema.items() if key in _KEYWORDS
    ) and not (schema.keys() - _KEYWORDS.keys() - _SILENT)


def _resolve(reference: str, root: Map[str, Any]) -> Map[str, Any]:
    found: Any = root
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    result: Map[str, Any] = found
    return result


def _is(value: Any, types: str | list[str]) -> bool:
    for name in [types] if isinstance(types, str) else types:
        if isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool)):
            return True
    return False


def _properties(wanted: Any, value: Any, _schema: Any, root: Any) -> bool:
    return not isinstance(value, dict) or all(accepts(wanted[k], v, root) for k, v in value.items() if k in wanted)


def _additional(wanted: Any, value: Any, schema: Any, root: Any) -> bool:
    if not isinstance(value, dict):
        return True
    rest = [v for k, v in value.items() if k not in schema.get("properties", {})]
    return not rest if wanted is False else wanted is True or all(accepts(wanted, v, root) for v in rest)


_MISREAD = re.compile(r"[-+]?(?:0[0-9_]+|[0-9_]+(?::[0-9_]+)+)")


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """A pattern of JSON Schema: its ``$`` is the end of the text; Python's is before a last line break as well."""
    return re.compile(f"{written[:-1]}\\Z" if written.endswith("$") and not written.endswith("\\$") else written)


def _regular(written: str) -> bool:
    try:
        re.compile(written)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


_SILENT = frozenset(
    (
        "$schema",
        "$id",
        "$defs",
        "title",
        "description",
        "default",
        "examples",
        "x-what",
        "x-label",
        "x-example",
        "x-note",
    )
)

_KEYWORDS: dict[str, Any] = {
    "type": lambda w, v, s, r: _is(v, w),
    "enum": lambda w, v, s, r: any(type(v) is type(x) and v == x for x in w),
    "const": lambda w, v, s, r: type(v) is type(w) and v == w,
    "pattern": lambda w, v, s, r: not isinstance(v, str) or _pattern(w).search(v) is not None,
    "format": lambda w, v, s, r: not isinstance(v, str) or (w == "regex" and _regular(v)),
    "minimum": lambda w, v, s, r: not _is(v, "number") or v >= w,
    "maximum": lambda w, v, s, r: not _is(v, "number") or v <= w,
    "minLength": lambda w, v, s, r: not isinstance(v, str) or len(v) >= w,
    "maxLength": lambda w, v, s, r: not isinstance(v, str) or len(v) <= w,
    "minItems": lambda w, v, s, r: not isinstance(v, list) or len(v) >= w,
    "maxItems": lambda w, v, s, r: not isinstance(v, list) or len(v) <= w,
    "minProperties": lambda w, v, s, r: not isinstance(v, dict) or len(v) >= w,
    "maxProperties": lambda w, v, s, r: not isinstance(v, dict) or len(v) <= w,
    "uniqueItems": lambda w, v, s, r: not isinstance(v, list) or len({repr(x) for x in v}) == len(v),
    "required": lambda w, v, s, r: not isinstance(v, dict) or all(k in v for k in w),
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": lambda w, v, s, r: not isinstance(v, dict) or all(accepts(w, k, r) for k in v),
    "items": lambda w, v, s, r: not isinstance(v, list) or all(accepts(w, x, r) for x in v),
    "anyOf": lambda w, v, s, r: any(accepts(x, v, r) for x in w),
    "oneOf": lambda w, v, s, r: sum(accepts(x, v, r) for x in w) == 1,
}


def check(schema: Map[str, Any], node: Node, subject: str, of: str, diagnostics: Diagnostics, place: Span) -> bool:
    """Whether ``node`` is valid; if not, the faults are collected (CAMP311, CAMP313, CAMP314).

    Args:
        schema: JSON Schema (2020-12), annotated as this module's docstring says.
        node: what the user wrote.
        subject: what the keys belong to, in the user's words: ``Volume``, ``environments/prod.yaml``.
        of: whose it is: ``database``; empty where there is no owner.
        place: the line that names the thing, shown with every fault.
    """
    # Where a text may stand, too, 070 is none the worse for being a number.
    given = next((each for each in (node.plain, _unambiguous(node)) if not accepts(schema, each)), None)
    if given is None and accepts(schema, node.plain):
        return True
    import jsonschema

    extend: Any = jsonschema.validators.extend
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("integer", _whole)
    ours = {"pattern": _mismatch, "enum": _disagrees("enum"), "format": _disagrees("format")}
    validator = extend(jsonschema.Draft202012Validator, ours, type_checker=types)
    faults = _leaves(validator(schema).iter_errors(given))
    if not faults:  # a refusal without a word: the quick check and the thorough one do not agree
        raise AssertionError(f"what {subject} says is refused, and nothing is wrong with it")
    for error in faults:
        diagnostics.add(_diagnostic(error, node, subject, of, place, schema))
    return False


def _unambiguous(node: Node) -> Any:
    """The plain value, with numbers that YAML 1.1 reads in another base than people do as the texts they are."""
    if isinstance(node, Mapping):
        return {key: _unambiguous(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [_unambiguous(item) for item in node.items]
    return node.text if _misread(node) else node.plain


def _misread(node: Node) -> bool:
    """Whether it is a whole number such as ``070`` (octal, 56) or ``22:22`` (of base 60, 1342)."""
    return isinstance(node, Scalar) and type(node.value) is int and bool(_MISREAD.fullmatch(node.text))


def _whole(_checker: Any, value: Any) -> bool:
    """The type ``integer``, for jsonschema, to which ``2.0`` is one. Here it is not: nothing that reads takes it."""
    return _is(value, "integer")


def _disagrees(keyword: str) -> Any:
    """A keyword for jsonschema as :func:`accepts` understands it; to jsonschema ``1.0`` is ``1``, a format a hint."""

    def faults(_validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[Any]:
        from jsonschema import ValidationError

        if not _KEYWORDS[keyword](wanted, value, schema, schema):
            yield ValidationError(f"{value!r} is not as {keyword} {wanted!r} wants it")

    return faults


def _mismatch(_validator: Any, wanted: str, value: Any, _schema: Any) -> Iterator[Any]:
    """The keyword ``pattern``, for jsonschema: as :func:`accepts` understands it."""
    from jsonschema import ValidationError

    if isinstance(value, str) and not _pattern(wanted).search(value):
        yield ValidationError(f"{value!r} does not match {wanted!r}")


def _leaves(errors: Any) -> list[Any]:
    """Of an anyOf, the branch that came furthest; faults in the order of the document."""
    found = []
    for error in errors:
        branches: dict[int, list[Any]] = {}
        for inner in error.context or ():
            branches.setdefault(inner.schema_path[0], []).append(inner)
        deep = [inner for inner in branches.values() if any(len(i.path) > 0 for i in inner)]
        if deep and "x-what" not in error.schema:
            found += _leaves(min(deep, key=len))
        else:
            found.append(error)
    return found


def _at(node: Node, path: list[str | int]) -> Node:
    for part in path:
        if isinstance(node, Mapping) and isinstance(part, str):
            node = node[part]
        elif isinstance(node, Sequence) and isinstance(part, int):
            node = node.items[part]
    return node


def _words(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text or "nothing"
    return "a list" if isinstance(node, Sequence) else "keys and values"


def _diagnostic(error: Any, root: Node, subject: str, of: str, place: Span, schema: Map[str, Any]) -> Diagnostic:
    path = list(error.absolute_path)
    node = _at(root, path)
    names = [part for part in path if isinstance(part, str)]
    key = names[-1] if names else subject
    owner = f" of {of}" if of else ""
    context = (place,) if place.line != node.span.line else ()
    if error.validator == "additionalProperties" and isinstance(node, Mapping):
        known = sorted(error.schema.get("properties", {}))
        extra = next(name for name in node.entries if name not in known)
        best = nearest(extra, known)
        where = names[-1] if names else subject
        return Diagnostic(
            "CAMP313",
            f"{'the ' if owner and not names else ''}{where}{owner} knows no {extra}",
            node.key(extra).span,
            label="no such key here",
            context=context,
            help="" if best else f"it knows {choices(extra, known)}",
            fixes=edits.key(node.key(extra).span, extra, best, sure=best not in node.entries),
        )
    if error.validator == "required" and isinstance(node, Mapping):
        missing = next(name for name in error.validator_value if name not in node)
        example = error.schema.get("properties", {}).get(missing, {})
        example = (
            _resolve(example["$ref"], error.schema_root)
            if "$ref" in example and hasattr(error, "schema_root")
            else example
        )
        return Diagnostic(
            "CAMP314",
            f"{'the ' if owner or names else ''}{key}{owner} has no {missing}",
            place,
            label=f"{missing} is missing",
            help=f"add for example  {missing}: {example.get('x-example', '...')}",
        )
    if error.validator == "propertyNames" or (
        error.validator == "pattern" and error.instance not in (node.plain, None)
    ):
        name = str(error.instance)
        span = node.key(name).span if isinstance(node, Mapping) and name in node else node.span
        return Diagnostic(
            "CAMP311",
            f"this name cannot be used: {name}",
            span,
            label=error.schema.get("x-label", "not a name"),
            help=f"write for example  {error.schema.get('x-example', 'name')}",
        )
    return _unfit(error, node, key, owner, context, schema)


def _unfit(error: Any, node: Node, key: str, owner: str, context: tuple[Span, ...], root: Map[str, Any]) -> Diagnostic:
    """CAMP311 for a value: what belongs there, and how it is written."""
    schema = error.schema
    what = schema.get("x-what") or _expected(error)
    example = schema.get("x-example")
    note = schema.get("x-note")
    help_ = f"write for example  {key}: {example}" if example is not None else ""
    fixes: tuple[Fix, ...] = ()
    label = schema.get("x-label", f"{what} belongs here")
    if error.validator == "minProperties" and (known := list(schema.get("properties", ()))):
        message = f"the {key}{owner} says nothing"
        first = f"  {known[0]}: {schema['properties'][known[0]].get('x-example', '...')}"
        return Diagnostic(
            "CAMP311",
            message,
            node.span,
            f"{listed(known, 'or')} belongs here",
            context=context,
            help=f"write for example{first}",
        )
    if (remedy := _intended(node, schema, root)) is not None:
        label, values = remedy
        fixes = _rewritten(node, key, values)
        help_ = advice(fixes)
    elif error.validator == "enum":
        known = [str(value) for value in error.validator_value]
        best = nearest(_words(node), known)
        help_ = f"write {listed(known, 'or')}"
        if best:
            fixes = edits.value(node.span, best, sure=edits.misspelt(_words(node), best), write=f"{key}: {best}")
            help_ = advice(fixes)
    return Diagnostic(
        "CAMP311",
        f"the {key}{owner} is not {what}: {_written(node, schema, root)}",
        node.span,
        label=label,
        context=context,
        help=help_ + (f"  ({note})" if note and help_ else ""),
        fixes=fixes,
    )


def _rewritten(node: Node, key: str, values: list[str]) -> tuple[Fix, ...]:
    """A word that is to be written otherwise; sure where there is one way."""
    return tuple(Fix(f"{key}: {value}", node.span, value, sure=len(values) == 1) for value in values)


def _intended(node: Node, schema: Map[str, Any], root: Map[str, Any]) -> tuple[str, list[str]] | None:
    """Of a value that is nearly what belongs there: why it is not, and how to write it."""
    if not isinstance(node, Scalar):
        return None
    if _misread(node) and accepts(schema, node.value, root):
        meant = [str(node.value)] if ":" in node.text else [str(int(node.text)), str(node.value)]
        return f"YAML reads this as {node.value}", list(dict.fromkeys(meant))
    wanted = schema.get("type", ())
    whole = "integer" in ([wanted] if isinstance(wanted, str) else wanted)
    if whole and isinstance(node.value, float) and node.value.is_integer():
        return "a whole number is written without a point", [str(int(node.value))]
    if node.quoted and not isinstance(resolve(node.text), str) and accepts(schema, resolve(node.text), root):
        return "in quotes it is text", [node.text]
    if wanted == "boolean" and isinstance(node.value, str) and (truth := edits.boolean(node.text)):
        return "true or false belongs here", [truth]
    return None


def _written(node: Node, schema: Map[str, Any], root: Map[str, Any]) -> str:
    """What was written, with its quotes where they are what is wrong."""
    quoted = isinstance(node, Scalar) and node.quoted and _intended(node, schema, root) is not None
    return f'"{_words(node)}"' if quoted else _words(node)


def _expected(error: Any) -> str:
    wanted = error.validator_value
    match error.validator:
        case "type":
            words = {
                "string": "a text",
                "integer": "a whole number",
                "number": "a number",
                "boolean": "true or false",
                "array": "a list",
                "object": "a set of keys",
                "null": "nothing",
            }
            return " or ".join(words[name] for name in ([wanted] if isinstance(wanted, str) else wanted))
        case "minimum":
            return f"{wanted} or more"
        case "maximum":
            return f"{wanted} or less"
        case "enum":
            return listed([str(value) for value in wanted], "or")
        case "const":
            return str(wanted)
        case "minItems" | "minLength" | "minProperties":
            return f"at least {wanted} long"
        case "format":
            return "a regular expression"
        case "uniqueItems":
            return "without repetitions"
    return "as it must be"
