"""Values as HCL: on one line if that is readable, else on several, indented like ``terraform fmt`` does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TypeGuard

from camp2iac.synth.hcl_text import HclLine, align, key, quote, quoted
from camp2iac.synth.module import Call, Commented, Expr, Ref, Template, Value
from camp2iac.synth.remarks import one_line

WIDTH = 110


def entry(name: str, value: Value, indent: str, *, opened: bool = True) -> list[HclLine]:
    """An argument or an object's entry, with its name. ``name`` is code.

    ``opened``: write objects and lists of references on several lines, even if one would be enough.
    """
    if isinstance(value, Commented) and not value.comment:
        return entry(name, value.value, indent, opened=opened)
    if isinstance(value, Commented):
        note = f"# {one_line(value.comment)}"
        text = None if value.above else inline(value.value, ascii_only=True)
        if text is None or (opened and _opens(value.value)):
            return [HclLine(indent + note), *entry(name, value.value, indent, opened=opened)]
        return [HclLine(indent + name, f"= {text}", note)]
    own = _open(value, indent) if opened and _opens(value) else lines(value, indent, len(f"{indent}{name} = "))
    if len(own) == 1:
        return [HclLine(indent + name, f"= {own[0].lead}")]
    own[0].lead = f"{indent}{name} = {own[0].lead}"
    return own


def lines(value: Value, indent: str, column: int) -> list[HclLine]:
    """A value that begins at ``column`` of a line indented by ``indent``: one line if it fits, else several.

    The first line has no indentation.
    """
    text = inline(value)
    if text is not None and column + len(text) <= WIDTH:
        return [HclLine(text)]
    match value:
        case Commented():
            return lines(value.value, indent, column)
        case Expr():
            return _code(value, indent, column)
        case Call(args=(_, *_)):
            return _call(value, indent, column)
        case Mapping() | tuple() if value:
            return _open(value, indent)
    if text is None:
        raise ValueError(f"code of several lines in a string: {value}")
    return [HclLine(text)]


def code(value: Value) -> str:
    """A value as HCL code. It can have several lines."""
    return inline(value) or align(lines(value, "", 0)).rstrip("\n")


def inline(value: Value, *, ascii_only: bool = False) -> str | None:
    """The value on one line; None if that is impossible (a comment, code of several lines)."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{value} has no literal in HCL")
            return repr(value)
        case int():
            return str(value)
        case str():
            return quote(value, ascii_only=ascii_only)
        case Ref():
            return value.address + value.path
        case Template():
            return _template(value, ascii_only)
        case Expr():
            parts = (part if isinstance(part, str) else inline(part, ascii_only=ascii_only) for part in value.parts)
            text = _joined(parts, "")
            return None if text is None or "\n" in text else text
        case Commented(comment=""):
            return inline(value.value, ascii_only=ascii_only)
        case Call():
            return _wrapped(f"{value.function}(", (inline(item, ascii_only=ascii_only) for item in value.args), ")")
        case tuple():
            return _wrapped("[", (inline(item, ascii_only=ascii_only) for item in value), "]")
        case Mapping():
            return _inline_object(value, ascii_only)
    return None


def _inline_object(value: Mapping[str, Value], ascii_only: bool) -> str | None:
    texts = [(key(name), inline(item, ascii_only=ascii_only)) for name, item in value.items()]
    if not texts:
        return "{}"
    return _wrapped("{ ", (None if text is None else f"{name} = {text}" for name, text in texts), " }")


def _wrapped(before: str, texts: Iterable[str | None], after: str) -> str | None:
    text = _joined(texts, ", ")
    return None if text is None else before + text + after


def _joined(texts: Iterable[str | None], separator: str) -> str | None:
    found = list(texts)
    known = [text for text in found if text is not None]
    return separator.join(known) if len(known) == len(found) else None


def runs(parts: tuple[Value, ...]) -> list[Value]:
    """The parts of a template, with adjacent strings joined and empty ones removed."""
    result: list[Value] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        elif part != "":
            result.append(part)
    return result


def _template(value: Template, ascii_only: bool) -> str | None:
    parts = runs(value.parts)
    # fmt unwraps a string that consists of one value.
    if len(parts) == 1 and not isinstance(parts[0], str):
        return inline(parts[0], ascii_only=ascii_only)
    result = ""
    for part in parts:
        if isinstance(part, str):
            result += quoted(part, ascii_only=ascii_only)
            continue
        text = inline(part, ascii_only=ascii_only)
        if text is None:
            return None
        # "$${" would be an escape.
        result = (f"{result[:-1]}\\u0024" if result.endswith("$") else result) + f"${{{text}}}"
    return f'"{result}"'


def _opens(value: Value) -> TypeGuard[Mapping[str, Value] | tuple[Value, ...]]:
    if isinstance(value, tuple):
        return sum(not isinstance(item, bool | int | float | str) for item in value) > 1
    return isinstance(value, Mapping) and bool(value)


def _open(value: Mapping[str, Value] | tuple[Value, ...], indent: str) -> list[HclLine]:
    """An object or a list, one element per line."""
    inner = indent + "  "
    if isinstance(value, Mapping):
        nested = [item for item in value.values() if isinstance(bare(item), Mapping)]
        room = WIDTH - len(inner) - max((len(name) for name in value), default=0) - len(" = ")
        opened = any(len(inline(item) or " " * WIDTH) > room for item in nested)
        entries: list[HclLine] = []
        for name, item in value.items():
            if entries and isinstance(item, Commented) and item.comment and item.above:
                entries.append(HclLine())
            entries += entry(key(name), item, inner, opened=opened and isinstance(bare(item), Mapping))
        return [HclLine("{"), *entries, HclLine(f"{indent}}}")]
    return [HclLine("["), *_elements(value, inner), HclLine(f"{indent}]")]


def _elements(values: tuple[Value, ...], indent: str) -> list[HclLine]:
    result: list[HclLine] = []
    for item in values:
        own = lines(item, indent, len(indent))
        own[0].lead = indent + own[0].lead
        own[-1].lead += ","
        if isinstance(item, Commented) and item.comment:
            result.append(HclLine(f"{indent}# {one_line(item.comment)}"))
        result += own
    return result


def bare(value: Value) -> Value:
    """The value without its comment and origin."""
    return value.value if isinstance(value, Commented) else value


def _call(value: Call, indent: str, column: int) -> list[HclLine]:
    *others, last = value.args
    head = _wrapped(f"{value.function}(", (inline(item) for item in others), ", " if others else "")
    if head is not None and column + len(head) <= WIDTH:
        own = (
            _open(last, indent)
            if isinstance(last, Mapping | tuple) and last
            else lines(last, indent, column + len(head))
        )
        if len(own) > 1:
            own[0].lead = head + own[0].lead
            own[-1].lead += ")"
            return own
    text = inline(value)
    if text is not None and len(value.args) == 1:
        return [HclLine(text)]
    return [HclLine(f"{value.function}("), *_elements(value.args, indent + "  "), HclLine(f"{indent})")]


def _code(value: Expr, indent: str, column: int) -> list[HclLine]:
    """Code keeps its line breaks. A value in it is opened if its line would be too long."""
    result = [HclLine()]
    at = indent
    for part in value.parts:
        if isinstance(part, str):
            first, *more = part.split("\n")
            result[-1].lead += first
            for text in more:
                at = indent + text[: len(text) - len(text.lstrip(" "))]
                result.append(HclLine(indent + text if text.strip() else ""))
            continue
        if len(result) > 1 and not result[-1].lead:
            result[-1].lead = at  # a line that begins with a value
        before = len(result[-1].lead) + (column if len(result) == 1 else 0)
        first_line, *rest = lines(part, at, before)
        result[-1].lead += first_line.lead
        result += rest
    return result
