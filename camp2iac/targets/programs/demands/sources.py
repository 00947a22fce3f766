"""Where values are in the files of code, and reading them. The files are anyone's: no reading takes long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import DecodeError, toml

from camp2iac.catalogue.notations import Form
from camp2iac.record import Record

_LONGEST = 500  # characters of a line in which a pattern is looked for
_MOST = 2_000  # values of a file


class ValueSource(Record, frozen=True, forbid_unknown_fields=True):
    """Where values are in a file: at keys of JSON or TOML (``*``: each key), or what the groups of a pattern match.

    ``file``: a glob of paths in the application's folder.
    """

    file: str
    json: tuple[str, ...] | str = ()
    toml: tuple[str, ...] | str = ()
    pattern: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of JSON or TOML."""
        keys = self.json or self.toml
        return (keys,) if isinstance(keys, str) else keys


class Declaration(ValueSource, frozen=True, forbid_unknown_fields=True):
    """Where a file declares which releases of the language it needs, and how it writes them.

    ``pin``: it is for a developer's own tools. ``exact``: the language also compares the last number of a version.
    """

    form: Form = "exact"
    pin: bool = False
    exact: bool = False


def strings(source: ValueSource, text: str) -> list[str]:
    """The strings in the text of a file. Keys of a mapping count as strings. Empty if the file cannot be read."""
    if source.pattern:
        matches = re.finditer(source.pattern, lines(text), re.MULTILINE)
        return [next((group for group in match.groups() if group), "") for match in matches]
    data = json_value(text) if source.json else toml_value(text)
    found = [string for key in source.keys for each in at(data, key.split(".")) for string in _strings(each)]
    return found[:_MOST]


def lines(text: str) -> str:
    """A string with the beginnings of its lines: on them, no regular expression takes long."""
    return "\n".join(line[:_LONGEST] for line in text.split("\n"))


def json_value(text: str) -> object:
    """The value of JSON; None if it has none."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def toml_value(text: str) -> object:
    """The value of TOML; None if it has none."""
    try:
        found: object = toml.decode(text)
    except (DecodeError, ValueError, RecursionError, ImportError):
        return None
    return found


def at(data: object, keys: list[str]) -> Iterator[object]:
    """What is at a path of keys; ``*`` is each key of a mapping, or each item of a list."""
    if not keys:
        yield data
    elif isinstance(data, list):
        for each in data if keys[0] == "*" else ():
            yield from at(each, keys[1:])
    elif isinstance(data, dict):
        chosen = list(data.values()) if keys[0] == "*" else [data[keys[0]]] if keys[0] in data else []
        for each in chosen:
            yield from at(each, keys[1:])


def _strings(found: object) -> list[str]:
    """A string, the strings of a list, the keys of a mapping. Of ``{version: ...}``, the version."""
    if isinstance(found, str):
        return [found]
    if isinstance(found, dict):
        return [key for key in found if isinstance(key, str)]
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
