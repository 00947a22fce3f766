"""The values of unquoted scalars in YAML 1.1: the rules of PyYAML's safe loader, without its exceptions."""

from __future__ import annotations

import datetime
import math
from typing import TypeAlias, cast

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

Value: TypeAlias = "str | int | float | bool | datetime.date | None"

CORE = "tag:yaml.org,2002:"
# The tags of types that a scalar or collection can have without a tag.
PLAIN_TAGS = frozenset(CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map"))
LONGEST_NUMBER = 100  # characters; longer "numbers" stay strings (Python's int() is quadratic, and limited)

_RESOLVERS = Resolver.yaml_implicit_resolvers
_CONSTRUCTOR = SafeConstructor()
_MAKERS = {
    CORE + "bool": _CONSTRUCTOR.construct_yaml_bool,
    CORE + "int": _CONSTRUCTOR.construct_yaml_int,
    CORE + "float": _CONSTRUCTOR.construct_yaml_float,
    CORE + "timestamp": _CONSTRUCTOR.construct_yaml_timestamp,
}


def resolve(text: str) -> Value:
    """The value of an unquoted scalar: ``on`` is true, ``1.10`` a number, ``2014-11-09`` a date, ``CAMP`` a string."""
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return construct(tag, text)
    return text


def construct(tag: str, text: str) -> Value:
    """The value of a scalar with a tag; the text itself if it does not fit the tag (``2014-99-99`` is not a date)."""
    if tag == CORE + "null":
        return None
    maker = _MAKERS.get(tag)
    if maker is None or len(text) > LONGEST_NUMBER:
        return text
    try:
        value = cast(Value, maker(yaml.ScalarNode(tag, text)))
    except (ValueError, LookupError, OverflowError, AttributeError):
        return text
    if isinstance(value, float) and math.isnan(value):
        return text  # NaN is not equal to itself, and no platform accepts it
    return value
