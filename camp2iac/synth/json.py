"""The JSON writer: the module as ``*.tf.json``, block for block (Terraform language: JSON Configuration Syntax).

In JSON, a string is a template where Terraform expects an expression. It is literal where Terraform expects a literal
(``default``, ``source``) or a reference (``depends_on``, ``ignore_changes``). Comments become the property ``//`` of
their block.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from camp2iac.synth import remarks
from camp2iac.synth.hcl_text import escape, joined, quote
from camp2iac.synth.hcl_values import code, runs
from camp2iac.synth.module import Attribute, Block, Commented, Module, Template, Value
from camp2iac.synth.remarks import Remark

# (block, argument) that Terraform does not evaluate. "*": any block.
_LITERAL = frozenset(
    {
        *(("variable", name) for name in ("default", "description", "sensitive", "nullable", "ephemeral")),
        *(("output", name) for name in ("description", "sensitive", "ephemeral")),
        *(("module", name) for name in ("source", "version")),
        *(("provider", name) for name in ("alias", "version")),
        *(("lifecycle", name) for name in ("create_before_destroy", "prevent_destroy")),
        ("terraform", "required_version"),
        ("required_providers", "*"),
    }
)
_SETTINGS = ("backend", "cloud")  # blocks in which Terraform evaluates nothing, also not in their blocks
_REFERENCE = frozenset(
    {
        ("variable", "type"),
        ("*", "depends_on"),
        ("*", "provider"),
        ("module", "providers"),
        ("lifecycle", "ignore_changes"),
        ("lifecycle", "replace_triggered_by"),
        ("dynamic", "iterator"),
        *((block, name) for block in ("moved", "import", "removed") for name in ("from", "to")),
    }
)


def write(module: Module) -> dict[str, str]:
    """The text of each file: its name in HCL with ``.json``. Files without blocks are left out."""
    return {
        f"{file}.json": _dumped(document(blocks, module.headers.get(file, "")))
        for file, blocks in module.files.items()
        if blocks
    }


def _dumped(content: Mapping[str, object]) -> str:
    """The text of a file. Trivy and checkov search its lines for directives, also in strings."""
    return remarks.escaped_switches(json.dumps(content, indent=2, ensure_ascii=False)) + "\n"


def document(blocks: Iterable[Block], header: Remark = "", *, comments: bool = True) -> dict[str, Any]:
    """Blocks as one object: type, labels, body. Bodies with the same type and labels become a list."""
    result: dict[str, Any] = {"//": _note(header)} if header else {}
    for block in blocks:
        _put(result, block, comments)
    return result


def body(block: Block, *, comments: bool = True, literal: bool = False) -> dict[str, Any]:
    """The body of a block. ``literal``: Terraform evaluates nothing in it."""
    literal = literal or block.type in _SETTINGS
    notes = [_note(block.comment)] if block.comment else []
    result: dict[str, Any] = {}
    for item in block.body:
        if isinstance(item, Block):
            _put(result, item, comments, literal)
            continue
        result[item.name] = _literal(item.value) if literal else argument(block.type, item)
        if item.comment:
            notes.append(f"{item.name}: {_note(item.comment)}")
    # In these blocks, every property is an argument.
    if comments and notes and block.type != "required_providers" and not literal:
        return {"//": notes[0] if len(notes) == 1 else notes, **result}
    return result


def _note(remark: Remark) -> str:
    return "\n".join(remarks.lines(remark))


def argument(block_type: str, item: Attribute) -> Any:
    """An argument's value, in the form that the argument needs."""
    for names, form in ((_LITERAL, _literal), (_REFERENCE, _reference)):
        if not names.isdisjoint({(block_type, item.name), (block_type, "*"), ("*", item.name)}):
            return form(item.value)
    return expression(item.value)


def expression(value: Value) -> Any:
    """A value where Terraform expects an expression."""
    match value:
        case str():
            return _text(value)
        case Commented():
            return expression(value.value)
        case Template():
            return _template(value)
        case tuple():
            return [expression(item) for item in value]
        case Mapping():
            return {_text(name): expression(item) for name, item in value.items()}
        case None | bool() | int() | float():
            return value
    return f"${{{code(value)}}}"


def _text(text: str) -> str:
    # A template loses a byte order mark, and does not see an escape after a carriage return.
    return f"${{{quote(text)}}}" if "\r" in text or "\ufeff" in text else escape(text)


def _template(value: Template) -> str:
    text = ""
    for part in runs(value.parts):
        if isinstance(part, str):
            text += _text(part)
        else:
            text = joined(text, f"${{{code(part)}}}")
    return text


def _literal(value: Value) -> Any:
    match value:
        case Commented():
            return _literal(value.value)
        case tuple():
            return [_literal(item) for item in value]
        case Mapping():
            return {name: _literal(item) for name, item in value.items()}
        case None | bool() | int() | float() | str():
            return value
    text = code(value)
    if text not in ("null", "true", "false"):
        raise ValueError(f"{text} is not a literal, but Terraform needs one here")
    return json.loads(text)


def _reference(value: Value) -> Any:
    match value:
        case Commented():
            return _reference(value.value)
        case tuple():
            return [_reference(item) for item in value]
        case Mapping():
            return {name: _reference(item) for name, item in value.items()}
        case str():
            return value
    text = code(value)
    return _items(text[1:-1]) if text.startswith("[") and text.endswith("]") else text


def _items(text: str) -> list[str]:
    """The references in a list that was written as code."""
    items, depth = [""], 0
    for c in text:
        depth += (c in "[(") - (c in "])")
        if c == "," and not depth:
            items.append("")
        else:
            items[-1] += c
    return [item.strip() for item in items if item.strip()]


def _put(into: dict[str, Any], block: Block, comments: bool, literal: bool = False) -> None:
    """Add a block under its type and labels. Several blocks with the same labels become a list.

    One ``moved`` or ``import`` block is a list too, as in what CDKTF writes.
    """
    path = (block.type, *block.labels)
    for label in path[:-1]:
        into = into.setdefault(label, {})
    found, own = into.get(path[-1]), body(block, comments=comments, literal=literal)
    if found is None:
        into[path[-1]] = [own] if path in (("moved",), ("import",)) else own
    elif isinstance(found, list):
        found.append(own)
    else:
        into[path[-1]] = [found, own]
