"""Checks located YAML against a JSON Schema and says what is wrong in the user's words.

A sound document is accepted by :func:`accepts`, a quick check of the keywords that our schemas use; only an unsound one
pays for importing ``jsonschema``, which then finds the faults. Words come from the schema: ``x-what`` (what belongs
there: "an amount"), ``x-label`` (said under the mark), ``x-example`` and ``x-note`` (for the help). ``x-names`` is for
checks of targets: :mod:`camp2iac.targets.kit.environment_names`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.camp.nodes import Mapping, Node, Sequence
from camp2iac.camp.schema_faults import diagnostic, leaves
from camp2iac.camp.schema_keywords import KEYWORDS, Schema, accepts, is_a, misread, pattern
from camp2iac.diagnostics import Diagnostics, Span


def check(schema: Schema, node: Node, subject: str, of: str, diagnostics: Diagnostics, place: Span) -> bool:
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
    faults = leaves(validator(schema).iter_errors(given))
    if not faults:  # a refusal without a word: the quick check and the thorough one do not agree
        raise AssertionError(f"what {subject} says is refused, and nothing is wrong with it")
    for error in faults:
        diagnostics.add(diagnostic(error, node, subject, of, place, schema))
    return False


def _unambiguous(node: Node) -> Any:
    """The plain value, with numbers that YAML 1.1 reads in another base than people do as the texts they are."""
    if isinstance(node, Mapping):
        return {key: _unambiguous(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [_unambiguous(item) for item in node.items]
    return node.text if misread(node) else node.plain


def _whole(_checker: Any, value: Any) -> bool:
    """The type ``integer``, for jsonschema, to which ``2.0`` is one. Here it is not: nothing that reads takes it."""
    return is_a(value, "integer")


def _disagrees(keyword: str) -> Any:
    """A keyword for jsonschema as :func:`accepts` understands it; to jsonschema ``1.0`` is ``1``, a format a hint."""

    def faults(_validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[Any]:
        from jsonschema import ValidationError

        if not KEYWORDS[keyword](wanted, value, schema, schema):
            yield ValidationError(f"{value!r} is not as {keyword} {wanted!r} wants it")

    return faults


def _mismatch(_validator: Any, wanted: str, value: Any, _schema: Any) -> Iterator[Any]:
    """The keyword ``pattern``, for jsonschema: as :func:`accepts` understands it."""
    from jsonschema import ValidationError

    if isinstance(value, str) and not pattern(wanted).search(value):
        yield ValidationError(f"{value!r} does not match {wanted!r}")
