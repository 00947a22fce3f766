"""Turn the errors of a JSON Schema into diagnostics in the user's words, with fixes."""

from __future__ import annotations

from typing import Any

from camp2iac.camp import edits, hosts
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.scalars import resolve
from camp2iac.camp.schema_keywords import Schema, accepts, misread, pattern, resolved
from camp2iac.diagnostics import Diagnostic, Fix, Span
from camp2iac.diagnostics.fix import advice
from camp2iac.diagnostics.suggest import choices, listed, nearest
from camp2iac.record import Record, replace


def leaves(errors: Any) -> list[Any]:
    """The errors to report: for an anyOf, those of the branch with an error deeper in the document."""
    found = []
    for error in errors:
        branches: dict[int, list[Any]] = {}
        for inner in error.context or ():
            branches.setdefault(inner.schema_path[0], []).append(inner)
        deep = [inner for inner in branches.values() if any(len(i.path) > 0 for i in inner)]
        if deep and "x-what" not in error.schema:
            found += leaves(min(deep, key=len))
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
        return node.text if node.text.strip() else "an empty string" if node.quoted else "no value"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def diagnostic(error: Any, root: Node, subject: str, of: str, place: Span, schema: Schema) -> Diagnostic:
    """The diagnostic for an error of jsonschema; for the arguments see :func:`camp2iac.camp.schema.check`."""
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
            f"unknown key in {'the ' if owner and not names else ''}{where}{owner}: {extra}",
            node.key(extra).span,
            label="no such key",
            context=context,
            help="" if best else f"write one of {choices(extra, known)}" if known else f"remove  {extra}",
            fixes=edits.key(node.key(extra).span, extra, best, sure=best not in node.entries),
        )
    if error.validator == "required" and isinstance(node, Mapping):
        missing = next(name for name in error.validator_value if name not in node)
        example = error.schema.get("properties", {}).get(missing, {})
        example = (
            resolved(example["$ref"], error.schema_root)
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
            f"this name is not valid: {name or 'an empty string'}",
            span,
            label=error.schema.get("x-label", "not a valid name")
            + _pattern_limit(error.schema, error.validator_value, name),
            help=f"write for example  {error.schema.get('x-example', 'name')}",
        )
    item = bool(path) and isinstance(path[-1], int)
    return _unfit(error, node, _Named(key, owner, item), context, schema)


class _Named(Record, frozen=True):
    """A value in messages. ``item``: it is in a list."""

    key: str
    owner: str
    item: bool

    def write(self, value: object) -> str:
        """How the key is written with another value."""
        return f"{self.key}: [{value}]" if self.item else f"{self.key}: {value}"

    @property
    def subject(self) -> str:
        """``the size of database``; ``a value in the hosts of web`` in a list."""
        words = f"{'the ' if self.owner else ''}{self.key}{self.owner}"
        return f"a value in {words}" if self.item else words


def _unfit(error: Any, node: Node, named: _Named, context: tuple[Span, ...], root: Schema) -> Diagnostic:
    """CAMP311 for a value: what is expected, and how to write it."""
    schema, key, owner = error.schema, named.key, named.owner
    what = schema.get("x-what") or _expected(error)
    example = schema.get("x-example")
    note = schema.get("x-note")
    help_ = f"write for example  {named.write(example)}" if example is not None else ""
    fixes: tuple[Fix, ...] = ()
    label = schema.get("x-label", f"expected {what}")
    if isinstance(node, Scalar) and isinstance(node.plain, str):
        label += _pattern_limit(schema, error.validator_value, node.plain)
    if error.validator == "minProperties" and (known := list(schema.get("properties", ()))):
        message = f"{'the ' if owner else ''}{key}{owner} has no keys"
        first = f"  {known[0]}: {schema['properties'][known[0]].get('x-example', '...')}"
        return Diagnostic(
            "CAMP311",
            message,
            node.span,
            f"expected {listed(known, 'or')}",
            context=context,
            help=f"write for example{first}",
        )
    if (remedy := _intended(node, schema, root)) is not None:
        label, values = remedy
        fixes = _rewritten(node, named, values)
        help_ = advice(fixes) or f"write  {named.write(listed(values, 'or'))}"
    elif (host := hosts.meant(node, schema, root)) is not None:
        label = host.label
        fixes = edits.rewritten(node, named.write(host.value), host.value, sure=host.sure)
        help_ = advice(fixes) or f"write  {named.write(host.value)}"
    elif error.validator == "enum":
        known = [str(value) for value in error.validator_value]
        best = nearest(_words(node), known)
        help_ = f"write {listed(known, 'or')}"
        if best:
            sure = edits.misspelt(_words(node), best)
            fixes = edits.rewritten(node, named.write(best), edits.word(best), sure=sure)
            help_ = advice(fixes) or help_
    verb = "are" if key.endswith("s") and what.startswith("a list") and not named.item else "is"
    return Diagnostic(
        "CAMP311",
        f"{named.subject} {verb} not {what}: {_written(node, schema, root)}",
        node.span,
        label=label,
        context=context,
        help=help_ + (f"  ({note})" if note and help_ else ""),
        fixes=fixes,
    )


_CHARACTERS = {" ": "spaces", "\t": "tabs", "\n": "line breaks", "\r": "line breaks"}


def _pattern_limit(schema: Schema, value: object, text: str) -> str:
    """What a label adds if its words fit a string that the pattern refuses: ``, without spaces``.

    The schema's example, which the pattern accepts, shows whether it is a character, the first or last character, or
    the length.
    """
    example = schema.get("x-example")
    wanted = value if isinstance(value, str) else schema.get("pattern")
    wanted = wanted or schema.get("propertyNames", {}).get("pattern")
    if not text or not isinstance(wanted, str) or not isinstance(example, str):
        return ""
    match = pattern(wanted).search
    if match(text) or not match(example):
        return ""
    places = [(example[:at], example[at:]) for at in (len(example) // 2, len(example) - 1)]
    refused = [
        each for each in dict.fromkeys(text) if not any(match(f"{before}{each}{after}") for before, after in places)
    ]
    if refused and not any(each.isalnum() for each in refused):
        words = dict.fromkeys(
            _CHARACTERS.get(each, each if each.isprintable() else "control characters") for each in refused
        )
        return f", without {listed(words)}"
    begins = "begins with" in schema.get("x-label", "")
    if not refused and not begins and not match(f"{text[0]}{example}") and match(f"{example[0]}{text}"):
        return f", and it cannot begin with {text[0]}"
    if not refused and not begins and not match(f"{example}{text[-1]}") and match(f"{text}{example[-1]}"):
        return f", and it cannot end with {text[-1]}"
    longest = 0 if refused else next((n for n in range(len(text) - 1, 0, -1) if match(text[:n])), 0)
    if longest and not match(f"{text[:longest]}{text[longest - 1]}"):  # otherwise one more is valid
        return f", at most {longest} characters"
    return ""


def _rewritten(node: Node, named: _Named, values: list[str]) -> tuple[Fix, ...]:
    """Fixes that rewrite a value; sure if there is only one."""
    sure = len(values) == 1
    return tuple(fix for value in values for fix in edits.rewritten(node, named.write(value), value, sure=sure))


def _intended(node: Node, schema: Schema, root: Schema) -> tuple[str, list[str]] | None:
    """For a value that is almost valid: why it is not, and how to write it."""
    if not isinstance(node, Scalar):
        return None
    bare = _bare(node)
    if misread(bare) and accepts(schema, bare.value, root):
        meant = [str(bare.value)] if ":" in bare.text else [str(int(bare.text)), str(bare.value)]
        return f"YAML reads {'this' if bare is node else bare.text} as {bare.value}", list(dict.fromkeys(meant))
    wanted = schema.get("type", ())
    whole = "integer" in ([wanted] if isinstance(wanted, str) else wanted)
    if whole and isinstance(node.value, float) and node.value.is_integer():
        return "write a whole number without a decimal point", [str(int(node.value))]
    if bare is not node and not isinstance(bare.value, str) and accepts(schema, bare.value, root):
        return "in quotes, this is a string" if node.quoted else "with this tag, it is a string", [bare.text]
    if wanted == "boolean" and isinstance(node.value, str) and (truth := edits.boolean(node.text)):
        return "expected true or false", [truth]
    return None


def _bare(node: Scalar) -> Scalar:
    """A string without the quotes or the tag that make it one."""
    if not isinstance(node.value, str) or not (node.quoted or node.tag):
        return node
    text = node.text.strip()
    return replace(node, value=resolve(text), text=text)


def _written(node: Node, schema: Schema, root: Schema) -> str:
    """The value as written, with its quotes if they are the mistake."""
    quoted = isinstance(node, Scalar) and node.quoted and _intended(node, schema, root) is not None
    return f'"{_words(node)}"' if quoted else _words(node)


def _expected(error: Any) -> str:
    wanted = error.validator_value
    match error.validator:
        case "type":
            words = {
                "string": "a string",
                "integer": "a whole number",
                "number": "a number",
                "boolean": "true or false",
                "array": "a list",
                "object": "a mapping",
                "null": "empty",
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
            return "a list without repetitions"
    return "valid"
