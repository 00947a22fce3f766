"""The secret values in what Terraform prints: those that it marks as sensitive, and those whose name says so.

They are in plans, states and streams, and other words of the same document can quote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from camp2iac.diagnostics.secrets import is_about_secret, is_secret
from camp2iac.review.trace.values import mapping, sequence, string

_DEEPEST = 64  # modules in modules
_CHANGES = ("resource_changes", "resource_drift")
#: Blocks of Kubernetes that refer to an object with secrets, and what in them is not secret
_REFERENCES = frozenset({"image_pull_secret", "secret", "secret_key_ref", "secret_ref"})
_OF_REFERENCE = frozenset({"default_mode", "name", "optional", "secret_name"})
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def marked(value: object, hidden: object) -> Iterator[object]:
    """The values of an object of Terraform that are secret. ``hidden``: its marks, an object of the same form."""
    waiting: list[tuple[object, object]] = [(value, hidden)]
    while waiting:
        each, marks = waiting.pop()
        if isinstance(each, dict):
            given = marks if isinstance(marks, dict) else {}
            for key, below in each.items():
                mark = marks is True or _mark(key, below, given.get(key))
                if mark is True or isinstance(below, (dict, list)):
                    waiting.append((below, mark))
        elif isinstance(each, list):
            marks_of = marks if isinstance(marks, list) else ()
            for number, below in enumerate(each):
                mark = marks is True or (marks_of[number] if number < len(marks_of) else None)
                if mark is True or isinstance(below, (dict, list)):
                    waiting.append((below, mark))
        elif marks is True:
            yield each


def _mark(key: str, value: object, given: object) -> object:
    """The mark of a value: what Terraform says, and what its key says."""
    if given is True or not names_secret(key):
        return given
    if key in _REFERENCES and isinstance(value, list):
        marks = given if isinstance(given, list) else ()
        return [_of_reference(each, marks[n] if n < len(marks) else None) for n, each in enumerate(value)]
    return True


def _of_reference(block: object, given: object) -> object:
    """The marks of a block that refers to an object with secrets: all but its name."""
    if given is True or not isinstance(block, dict):
        return True
    marks = given if isinstance(given, dict) else {}
    return {key: marks.get(key) if key in _OF_REFERENCE else True for key in block}


@lru_cache(4096)
def names_secret(text: str) -> bool:
    """Whether a key names a secret, and not a fact about one."""
    return len(text) <= 200 and is_secret(text) and not is_about_secret(text)


def of_document(document: object) -> Iterator[object]:
    """The secret values in what ``terraform show -json`` prints."""
    for changes in _CHANGES:
        for each in sequence(document, changes):
            yield from _of_change(mapping(each, "change"))
    for each in mapping(document, "output_changes").values():
        yield from _of_change(mapping(each))
    for values in (("values",), ("planned_values",), ("prior_state", "values")):
        yield from of_values(mapping(document, *values))
    declared = mapping(document, "configuration", "root_module", "variables")
    for name, variable in mapping(document, "variables").items():
        if names_secret(name) or mapping(declared, name).get("sensitive") is True:
            yield from marked(mapping(variable).get("value"), True)


def _of_change(change: Mapping[str, object]) -> Iterator[object]:
    for side in ("before", "after"):
        yield from marked(change.get(side), change.get(f"{side}_sensitive"))


def of_values(values: Mapping[str, object]) -> Iterator[object]:
    """The secret values of a state."""
    for name, output in mapping(values, "outputs").items():
        if mapping(output).get("sensitive") is True or names_secret(name):
            yield from marked(mapping(output).get("value"), True)
    waiting: list[tuple[object, int]] = [(mapping(values, "root_module"), 0)]
    while waiting:
        module, depth = waiting.pop()
        for each in sequence(module, "resources"):
            yield from marked(mapping(each).get("values"), mapping(each).get("sensitive_values"))
        if depth < _DEEPEST:
            waiting += [(child, depth + 1) for child in sequence(module, "child_modules")]


def of_message(message: object) -> Iterator[object]:
    """The secret values in a message of a stream."""
    yield from of_diagnostic(mapping(message, "diagnostic"))
    for name, output in mapping(message, "outputs").items():
        if mapping(output).get("sensitive") is True or names_secret(name):
            yield from marked(mapping(output).get("value"), True)


def of_diagnostic(diagnostic: object) -> Iterator[object]:
    """The values that a diagnostic quotes for expressions whose name is that of a secret: ``var.password``."""
    for each in sequence(diagnostic, "snippet", "values"):
        if any(map(names_secret, re.split(r'[.\[\]"]+', string(each, "traversal")[:2000]))):
            yield from (found[1] for found in _QUOTED.finditer(string(each, "statement")[:20_000]))
