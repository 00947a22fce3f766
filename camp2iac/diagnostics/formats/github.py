"""Annotations of GitHub Actions: one workflow command per diagnostic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics.excerpt import harmless
from camp2iac.diagnostics.formats.base import Format, hint
from camp2iac.diagnostics.model import Diagnostic

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def writer(*, colour: bool) -> Format:
    """The format."""
    return GitHub()


class GitHub:
    """``::error file=...,line=...,title=CAMP201::message``, with columns if the span is on one line."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """One line per diagnostic."""
        return "".join(_command(each) for each in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties: dict[str, str | int] = {}
    if span:
        properties = {"file": span.file, "line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:
            properties |= {"col": span.column, "endColumn": max(span.column, span.end_column - 1)}
    properties["title"] = diagnostic.code
    message = "\n".join(filter(None, [diagnostic.message, *diagnostic.notes, hint(diagnostic)]))
    return command(_COMMANDS[diagnostic.level.value], properties, message)


def command(kind: str, properties: Mapping[str, str | int], message: str) -> str:
    """A workflow command: ``::error file=camp.yaml,line=12::message``. ``kind``: ``error``, ``warning``, ``notice``."""
    fields = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {fields}::{_data(message)}\n"


def _data(text: str) -> str:
    """A message with escaped line breaks, so that no message can begin a command."""
    lines = "\n".join(harmless(line) for line in text.split("\n"))
    # The runner looks for its older commands, ##[...], anywhere in a line
    return lines.replace("##[", "## [").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
