"""The formats that ``camp2iac trace`` reads: one module per format, found by its content.

Each module here has ``TOOL`` (the name for people), ``recognises(documents)``, and ``findings(documents)``.
``documents`` are the JSON values of the input: one, or one for each line.
"""

from __future__ import annotations

import json
import math
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module

from camp2iac.record import Record
from camp2iac.review.trace.finding import ReportedFinding

Documents = Sequence[object]


class InputFormat(Record, frozen=True):
    """A format. See the module."""

    name: str
    tool: str
    recognises: Callable[[Documents], bool]
    findings: Callable[[Documents], Iterator[ReportedFinding]]


class UnknownFormatError(Exception):
    """The input has no format that is known; the text says what it is instead."""


class TraceInput(Record, frozen=True):
    """An input that was read. ``documents``: its JSON values."""

    form: InputFormat
    documents: Documents
    findings: tuple[ReportedFinding, ...]


@cache
def formats() -> tuple[InputFormat, ...]:
    """All formats, by name."""
    found = []
    for name in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        found.append(InputFormat(name, module.TOOL, module.recognises, module.findings))
    return tuple(found)


def read(data: bytes) -> TraceInput:
    """The findings in an input. UnknownFormatError if it is not of a known format."""
    documents = _documents(_decoded(data))
    for form in formats():
        if form.recognises(documents):
            return TraceInput(form, documents, tuple(form.findings(documents)))
    raise UnknownFormatError("it is JSON of another form")


def _decoded(data: bytes) -> str:
    """The text: PowerShell writes UTF-16 with a mark into files."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownFormatError("it is not text in UTF-8") from None


def _documents(text: str) -> Documents:
    if not text.strip():
        raise UnknownFormatError("it is empty")
    try:
        return [_loads(text)]
    except RecursionError:
        raise UnknownFormatError("it is nested too deeply") from None
    except ValueError as error:
        found = list(_lines(text))
        if found:
            return found
        raise UnknownFormatError(f"it is not JSON: {error}") from None


def _loads(text: str) -> object:
    """JSON. Numbers that JSON does not have, or that are too large, are null: reports must be JSON again."""
    loaded: object = json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    return loaded


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _lines(text: str) -> Iterator[object]:
    """The objects of a stream. Other lines are those of wrapper scripts."""
    for line in text.split("\n"):
        if line.lstrip()[:1] == "{":
            try:
                yield _loads(line)
            except (ValueError, RecursionError):
                continue
