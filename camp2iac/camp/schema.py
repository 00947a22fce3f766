"""Check located YAML against a JSON Schema, with errors in the user's words.

:func:`accepts` is a quick check of the keywords that our schemas use. If it rejects a document, ``jsonschema`` is
imported to find the errors. The words come from the schema: ``x-what`` (what is expected: "an amount"), ``x-label``
(the label), ``x-example`` and ``x-note`` (for the help). ``x-names`` is for checks of targets:
:mod:`camp2iac.targets.kit.environment_names`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.camp.nodes import Mapping, Node, Sequence
from camp2iac.camp.schema_faults import diagnostic, leaves
from camp2iac.camp.schema_keywords import KEYWORDS, Schema, accepts, is_a, misread, pattern
from camp2iac.diagnostics import Diagnostics, Span


def check(schema: Schema, node: Node, subject: str, of: str, diagnostics: Diagnostics, place: Span) -> bool:
    """Whether ``node`` is valid; if not, the errors are collected (CAMP311, CAMP313, CAMP314).

    Args:
        schema: JSON Schema (2020-12) with the annotations in this module's docstring.
        node: what the user wrote.
        subject: what has the keys, in the user's words: ``Volume``, ``environments/prod.yaml``.
        of: its owner: ``database``; empty if it has none.
        place: the line that names it, shown with every error.
    """
    # If a string is allowed too, 070 is valid although YAML reads a number.
    given = next((each for each in (node.plain, _unambiguous(node)) if not accepts(schema, each)), None)
    if given is None and accepts(schema, node.plain):
        return True
    import jsonschema

    extend: Any = jsonschema.validators.extend
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("integer", _whole)
    ours = {"pattern": _mismatch, "enum": _disagrees("enum"), "format": _disagrees("format")}
    validator = extend(jsonschema.Draft202012Validator, ours, type_checker=types)
    faults = leaves(validator(schema).iter_errors(given))
    if not faults:  # the quick check and jsonschema disagree
        raise AssertionError(f"the schema rejects {subject}, but jsonschema finds no error in it")
    for error in faults:
        diagnostics.add(diagnostic(error, node, subject, of, place, schema))
    return False


def _unambiguous(node: Node) -> Any:
    """The plain value, but with numbers that YAML 1.1 reads in another base than people do as strings."""
    if isinstance(node, Mapping):
        return {key: _unambiguous(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [_unambiguous(item) for item in node.items]
    return node.text if misread(node) else node.plain


def _whole(_checker: Any, value: Any) -> bool:
    """The type ``integer`` for jsonschema, without ``2.0``, which jsonschema accepts but the code that reads it not."""
    return is_a(value, "integer")


def _disagrees(keyword: str) -> Any:
    """A keyword for jsonschema as :func:`accepts` checks it. In jsonschema, ``1.0`` equals ``1`` and formats pass."""

    def faults(_validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[Any]:
        from jsonschema import ValidationError

        if not KEYWORDS[keyword](wanted, value, schema, schema):
            yield ValidationError(f"{value!r} does not satisfy {keyword} {wanted!r}")

    return faults


def _mismatch(_validator: Any, wanted: str, value: Any, _schema: Any) -> Iterator[Any]:
    """The keyword ``pattern`` for jsonschema, as :func:`accepts` checks it."""
    from jsonschema import ValidationError

    if isinstance(value, str) and not pattern(wanted).search(value):
        yield ValidationError(f"{value!r} does not match {wanted!r}")
