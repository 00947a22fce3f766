"""Decode the bytes of plans, which are UTF-8."""

from __future__ import annotations

import re

from camp2iac.diagnostics import Diagnostic, Diagnostics, Span

MOST_BYTES = 4 * 1024 * 1024  # of a plan or an environment file

# The line breaks of YAML 1.1.
LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x00", "UTF-16 or UTF-32"))


def decode(data: bytes, file: str, diagnostics: Diagnostics) -> str | None:
    """The text of a YAML file, without a byte order mark.

    ``file``: the name to show. None after reporting CAMP103 (not UTF-8) or CAMP107 (more than MOST_BYTES).
    """
    if len(data) > MOST_BYTES:
        diagnostics.add(
            Diagnostic(
                "CAMP107",
                f"{file} is too large: more than {MOST_BYTES // 2**20} MiB",
                notes=(f"a plan or environment file can have up to {MOST_BYTES:,} bytes",),
                help="put data in separate files beside the plan and refer to them with  href: FILE",
            )
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        diagnostics.add(_not_utf8(data, error, file))
        return None


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Diagnostic:
    for mark, name in _MARKS:
        if mark in data[:4]:
            return Diagnostic("CAMP103", f"{file} is {name}, not UTF-8", help="save the file as UTF-8")
    lines = LINE_END.split(data[: error.start].decode("utf-8"))
    line, column = len(lines), len(lines[-1]) + 1
    byte = data[error.start]
    return Diagnostic(
        "CAMP103",
        f"{file} is not UTF-8 text: byte 0x{byte:02X} in line {line}",
        span=Span(file, line, column, line, column + 1),
        label="not UTF-8",
        notes=(f"in Latin-1 this byte is {chr(byte)}",) if byte >= 0xA0 else (),
        help="save the file as UTF-8",
    )
