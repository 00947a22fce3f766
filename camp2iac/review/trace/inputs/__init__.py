"""The formats that ``camp2iac trace`` reads: one module per format, found by its content.

Each module here has ``TOOL`` (the name for people), ``recognises(documents)``, ``findings(documents)`` and
``secrets(document)``. ``documents`` are the JSON values of the input: one, or if it has several lines with one each,
one of them after the other. A stream is never in memory as a whole.
"""

from __future__ import annotations

import json
import math
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import islice

from camp2iac.camp.bounded import amount
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.record import Record
from camp2iac.review.json_bounds import TooManyValuesError, check, is_deep
from camp2iac.review.trace.finding import ReportedFinding, bounded
from camp2iac.review.trace.values import mapping

MOST_FINDINGS = 5_000  # errors; as many warnings, notes and changes
_LONGEST_LINE = 8 << 20  # bytes, of a stream
_BLANK = re.compile(rb"\s*")
_FIRST = 50  # lines of a stream by which it is recognised

Documents = Sequence[object]


class InputFormat(Record, frozen=True):
    """A format. See the module."""

    name: str
    tool: str
    recognises: Callable[[Documents], bool]
    findings: Callable[[Documents], Iterator[ReportedFinding]]
    secrets: Callable[[object], Iterator[object]]


class UnknownFormatError(Exception):
    """The input has no format that is known; the text says what it is instead."""


class OversizedInputError(UnknownFormatError):
    """The input is too large."""


class _NotADocumentError(UnknownFormatError):
    """The input is not one JSON value."""


class TraceInput(Record, frozen=True):
    """An input that was read.

    ``document``: its JSON value; None for a stream. ``findings``: the first of each level. ``left``: the number of
    others by level, or ``change``. ``skipped``: the number of lines that are too large. ``secrets``: what must not be
    shown.
    """

    form: InputFormat
    document: object
    findings: tuple[ReportedFinding, ...]
    left: Mapping[str, int]
    skipped: int
    secrets: ReportedSecrets


@cache
def formats() -> tuple[InputFormat, ...]:
    """All formats, by name."""
    found = []
    for name in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        found.append(InputFormat(name, module.TOOL, module.recognises, module.findings, module.secrets))
    return tuple(found)


def read(data: bytes | bytearray) -> TraceInput:
    """The findings in an input. UnknownFormatError if it is not of a known format."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # PowerShell writes UTF-16 with a mark into files
        data = _decoded(data, "utf-16").encode("utf-8", "surrogatepass")
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    if _after_blanks(data, 0) == len(data):
        raise UnknownFormatError("it is empty")
    reason: UnknownFormatError | None = None
    if not _is_stream(data):
        try:
            return _whole(_document(data))
        except _NotADocumentError as error:
            reason = error
    lines = _JsonLines(data)
    first = list(islice(lines, 2))
    if len(first) == 1:
        return _whole(first[0])
    if not first:
        _decoded(data[:_LONGEST_LINE], "utf-8")
        raise reason or UnknownFormatError("it is not JSON: no line is an object")
    del first
    for form in formats():
        if any(form.recognises([each]) for each in islice(lines, _FIRST) if "type" in mapping(each)):
            return _collected(form, lines, None, lambda: lines.skipped)
    raise UnknownFormatError("it is JSON of another form")


def _whole(document: object) -> TraceInput:
    for form in formats():
        if form.recognises([document]):
            return _collected(form, [document], document, lambda: 0)
    raise UnknownFormatError("it is JSON of another form")


def _is_stream(data: bytes | bytearray) -> bool:
    """Whether the first line is an object, and more lines follow; or the first line is of another program."""
    start = _after_blanks(data, 0)
    if data[start : start + 1] not in (b"{", b"["):
        return True
    end = data.find(b"\n", start, start + _LONGEST_LINE)
    if end < 0 or _after_blanks(data, end) == len(data):
        return False
    return bool(next(iter(_JsonLines(data[start:end])), None))


def _after_blanks(data: bytes | bytearray, start: int) -> int:
    found = _BLANK.match(data, start)
    return found.end() if found else start


def _collected(
    form: InputFormat, documents: Iterable[object], document: object, skipped: Callable[[], int]
) -> TraceInput:
    """The first findings of each level, and the number of others."""
    kept: list[ReportedFinding] = []
    counts: dict[str, int] = {}
    secrets = ReportedSecrets()
    for each in documents:
        before = len(kept)
        for finding in form.findings([each]):
            kind = "change" if finding.change else finding.level.value
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= MOST_FINDINGS:
                kept.append(bounded(finding))
        if document is None or any(not found.change for found in kept[before:]):
            for value in form.secrets(each):
                secrets.add(value)
    left = {kind: count - MOST_FINDINGS for kind, count in counts.items() if count > MOST_FINDINGS}
    return TraceInput(form, document, tuple(kept), left, skipped(), secrets)


def _decoded(data: bytes | bytearray, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownFormatError("it is not text in UTF-8") from None


def _document(data: bytes | bytearray) -> object:
    """The JSON value of an input that is not a stream."""
    text = _decoded(data, "utf-8")
    try:
        check(data)
        document = _loads(text)
    except TooManyValuesError as error:
        raise OversizedInputError(str(error)) from None
    except RecursionError:
        raise UnknownFormatError("it is nested too deeply") from None
    except ValueError as error:
        raise _NotADocumentError(f"it is not JSON: {error}") from None
    if is_deep(document):
        raise UnknownFormatError("it is nested too deeply")
    return document


def _loads(text: str | bytes) -> object:
    """JSON. Numbers that JSON does not have, or that are too large, are null: reports must be JSON again."""
    loaded: object = json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    return loaded


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


class _JsonLines:
    """The objects of a stream, read again for each iteration. Other lines are those of wrapper scripts."""

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        self.skipped = 0

    def __iter__(self) -> Iterator[object]:
        self.skipped = 0
        start = 0
        while start < len(self._data):
            end = self._data.find(b"\n", start)
            end = end if end >= 0 else len(self._data)
            line = self._data[start:end] if self._is_object(start, end) else b""
            start = end + 1
            if line:
                try:
                    check(line)
                    document = _loads(line.decode("utf-8"))
                    if not is_deep(document):
                        yield document
                except TooManyValuesError:
                    self.skipped += 1
                except (ValueError, RecursionError):
                    continue

    def _is_object(self, start: int, end: int) -> bool:
        """Whether a line must be read. A longer one is only read if it can be the whole document."""
        if self._data[start : min(end, start + 100)].lstrip()[:1] != b"{":
            return False
        if end - start > _LONGEST_LINE and 2 * (end - start) < len(self._data):
            self.skipped += 1
            return False
        return True


def limits() -> str:
    """What is read of an input, for messages."""
    return f"trace reads lines of at most {amount(_LONGEST_LINE)}, and {MOST_FINDINGS:,} findings of each level"
