"""The messages that Terraform prints with ``-json``: one JSON object on each line.

https://developer.hashicorp.com/terraform/internals/machine-readable-ui
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import datetime

from camp2iac.record import Record, ValidationError, convert, field

LONGEST_LINE = 8 << 20  # bytes; outputs can be large


class UiResource(Record, frozen=True):
    """The resource that a message is about."""

    addr: str = ""


class UiHook(Record, frozen=True):
    """What happens to a resource. ``action``: create, update, delete, read."""

    resource: UiResource = UiResource()
    action: str = ""
    elapsed_seconds: float = 0
    output: str = ""


class UiChange(Record, frozen=True):
    """A planned change, or one that was made outside Terraform."""

    resource: UiResource = UiResource()
    action: str = ""


class UiCounts(Record, frozen=True):
    """The numbers of a summary. ``operation``: plan, apply or destroy."""

    add: int = 0
    change: int = 0
    remove: int = 0
    operation: str = ""


class UiOutput(Record, frozen=True):
    """An output. ``action``: set if the value is only planned."""

    sensitive: bool = False
    value: object = None
    action: str = ""


class UiPosition(Record, frozen=True):
    """A place in a file of the module."""

    line: int = 0


class UiRange(Record, frozen=True):
    """A part of a file of the module."""

    filename: str = ""
    start: UiPosition = UiPosition()


class UiSnippetValue(Record, frozen=True):
    """An expression in the code, and what it is: ``is "x"``."""

    traversal: str = ""
    statement: str = ""


class UiSnippet(Record, frozen=True):
    """The code around a place. ``context``: the head of its block. ``values``: of the expressions in it."""

    context: str | None = None
    values: tuple[UiSnippetValue, ...] | None = None


class UiDiagnostic(Record, frozen=True):
    """An error or a warning. ``address``: of the resource, if there is one."""

    severity: str = ""
    summary: str = ""
    detail: str = ""
    address: str = ""
    range: UiRange | None = None
    snippet: UiSnippet | None = None


class UiMessage(Record, frozen=True):
    """A message. Which of the fields it has depends on its type."""

    type: str
    text: str = field(default="", name="@message")
    timestamp: str = field(default="", name="@timestamp")
    hook: UiHook | None = None
    change: UiChange | None = None
    changes: UiCounts | None = None
    outputs: Mapping[str, UiOutput] | None = None
    diagnostic: UiDiagnostic | None = None

    @property
    def seconds(self) -> float | None:
        """When it was printed, in seconds since 1970."""
        try:
            return datetime.fromisoformat(self.timestamp.replace("Z", "+00:00")).timestamp()
        except ValueError:
            return None


class ReceivedLine(Record, frozen=True):
    """A line of the input: a message, or text of another program, or other JSON, which is not shown."""

    message: UiMessage | None = None
    text: str | None = None


#: Parts of JSON, which can contain secrets. Text in another encoding has null characters
_JSON = re.compile(r'^[\s\ufeff]*["{}\[\],]|[{\[]\s*"|"\s*:|\0')


def _finite(text: str) -> float:
    """A number; 0 if it is too large for one."""
    number = float(text)
    return number if math.isfinite(number) else 0.0


def read(line: bytes) -> ReceivedLine:
    """Read a line without its end."""
    text = line.decode("utf-8", "replace")
    try:
        content: object = json.loads(text, parse_constant=lambda _: 0.0, parse_float=_finite)
    except (ValueError, RecursionError):
        return ReceivedLine() if _JSON.search(text) else ReceivedLine(text=text)
    if not isinstance(content, dict) or "type" not in content or "@message" not in content:
        return ReceivedLine()
    try:
        return ReceivedLine(convert(content, UiMessage))
    except (ValidationError, RecursionError):
        return ReceivedLine(UiMessage("unknown"))
