"""``.env.example``: the variables that the operator gives, for tools that read ``.env``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.detect.plan import comment
from camp2iac.exporters.variables import OperatorVariable

EXAMPLE = ".env.example"

_PLAIN = re.compile(r"[\w.-]+", re.ASCII)
_ESCAPED = re.compile(r"""['"\\$\n\r\t]""")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "'": "'"}


def text(format_: str, file: str, used: Iterable[OperatorVariable], *, defaults: bool = True) -> str:
    """The text of ``.env.example``: what the operator gives, without values of secrets.

    ``format_``: the name of the exporter. ``file``: the plan. ``defaults``: whether the export itself has the defaults.
    """
    lines = [f"# Written by  camp2iac export {format_}  from {comment(file)}. Copy it to .env, and keep .env secret."]
    for each in used:
        about = comment(each.description or each.of).rstrip(".")
        lines += ["", f"# {about}{', a secret' if each.secret else ''}"]
        default = "" if each.default is None else each.default
        unset = defaults and each.default is not None and each.whole  # the export has the default
        lines.append(f"{'# ' if unset else ''}{each.name}={_quoted(default)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A value on one line of an env file: nothing in single quotes is special, and double quotes have escapes."""
    if not text or _PLAIN.fullmatch(text):
        return text
    if not _ESCAPED.search(text):
        return f"'{text}'"
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text) + '"'
