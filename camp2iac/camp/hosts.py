"""Host names that a user wrote as URLs, or without the list that they belong in."""

from __future__ import annotations

import json
import re

from camp2iac.camp.nodes import Node, Scalar
from camp2iac.camp.schema_keywords import Schema, accepts, resolved
from camp2iac.record import Record

_URL = r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?/?/?(?P<host>[^/:@?#\s]+)(?P<port>:\d*)?(?P<rest>[/?#].*)?"
_PLAIN = r"[A-Za-z0-9][A-Za-z0-9.-]*"


class MeantHost(Record, frozen=True):
    """How to write what the user meant. ``sure``: nothing that is left out has a meaning."""

    value: str
    label: str
    sure: bool


def meant(node: Node, schema: Schema, root: Schema) -> MeantHost | None:
    """The host of a URL where a host name belongs, and a host name where a list of them belongs."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return None
    if "host name" not in schema.get("x-what", ""):
        return None
    items = schema.get("items") if schema.get("type") == "array" else None
    one = schema if items is None else resolved(items["$ref"], root) if "$ref" in items else items
    url = re.fullmatch(_URL, node.text.strip())
    if items is not None and accepts(one, node.value, root):
        return MeantHost(f"[{_word(node.text)}]", "a list belongs here", True)
    if url is None or not accepts(one, url["host"], root):
        return None
    word = _word(url["host"])
    sure = not url["port"] and url["rest"] in (None, "/")
    return MeantHost(f"[{word}]" if items is not None else word, "a host name has no scheme, port or path", sure)


def _word(name: str) -> str:
    """A host name as YAML has it. ``*.example.org`` needs quotes."""
    return name if re.fullmatch(_PLAIN, name) else json.dumps(name)
