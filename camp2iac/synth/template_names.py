"""Which names a Terraform template reads."""

from __future__ import annotations

import re
from enum import Enum


class _Mode(Enum):
    TEXT = re.compile(r"[$%][$%]?\{")
    STRING = re.compile(r"\\.|[$%]{2}\{|[$%]\{|\"", re.DOTALL)
    CODE = re.compile(r"\.?[A-Za-z_][\w-]*|[\"{}]")


def names(text: str) -> frozenset[str]:
    """The names in the code of a template: its variables, functions and keywords.

    Strings in the code are data: ``${f("a volume", name)}`` reads ``f`` and ``name``. Attributes (``.id``) are not
    names. See "Template sub-language" in HCL's specification.
    """
    found: set[str] = set()
    inside = [_Mode.TEXT]
    at = 0
    while match := inside[-1].value.search(text, at):
        at, word = match.end(), match[0]
        if word in ("${", "%{", "{"):
            inside.append(_Mode.CODE)
        elif word == '"' and inside[-1] is _Mode.CODE:
            inside.append(_Mode.STRING)
        elif word in ("}", '"'):
            inside.pop()
        elif inside[-1] is _Mode.CODE and not word.startswith("."):
            found.add(word)
    return frozenset(found)
