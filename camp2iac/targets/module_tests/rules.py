"""The values that the validations of a variable accept and refuse, as far as their conditions have a known form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, Protocol, TypeAlias

from camp2iac.record import Record
from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Block, Call, Expr, Ref, Value

Fault: TypeAlias = Literal["less", "more", "fraction", "other"]
"""In which way a value is wrong."""

_WHOLE = (
    r"(?:{0} == (?P<also>-?\d+) \|\| \()?{0} >= (?P<least>-?\d+) && {0} <= (?P<most>-?\d+) && floor\({0}\) == {0}\)?"
)
_LISTED = r"contains\(\[(?P<values>[^\]]*)\], lower\({0}\)\)"
# RE2 has these forms, and Python has none or others.
_FOREIGN = r"\[\[:|\\[pPQEzC]|\(\?[^:imsP]"
_NESTED = r"\)[*+{]"  # a repeated group
_OTHERS = ("other", "another", "none")
_REFUSED = ("Not valid!", "", "-", "0", "a", "~" * 256)


class Rule(Protocol):
    """A condition on the value of one variable."""

    def allows(self, value: Value) -> bool:
        """Whether the condition is true for a value."""

    def fitting(self) -> Iterator[Value]:
        """Some values that it allows."""

    def refused(self) -> Iterator[tuple[Fault, tuple[Value, ...]]]:
        """For each way in which a value can be wrong: one or several such values, the most readable one first."""


class WholeRule(Record, frozen=True):
    """A whole number between two bounds, or the number ``also``."""

    least: int
    most: int
    also: int | None = None

    def allows(self, value: Value) -> bool:
        """Whether the condition is true for a value."""
        inside = isinstance(value, int) and self.least <= value <= self.most
        return inside or (self.also is not None and value == self.also)

    def fitting(self) -> Iterator[Value]:
        """The lower bound."""
        yield self.least

    def refused(self) -> Iterator[tuple[Fault, tuple[Value, ...]]]:
        """The numbers beside the bounds, and one between them."""
        yield "less", tuple(each for each in (self.least - 1, self.least - 2) if each != self.also)
        yield "more", tuple(each for each in (self.most + 1, self.most + 2) if each != self.also)
        if self.least < self.most:
            yield "fraction", (self.least + 0.5,)


class ChoiceRule(Record, frozen=True):
    """One of several values; with ``folded``, in any case."""

    values: tuple[bool | int | float | str, ...]
    folded: bool = False

    def allows(self, value: Value) -> bool:
        """Whether the condition is true for a value."""
        return (value.lower() if self.folded and isinstance(value, str) else value) in self.values

    def fitting(self) -> Iterator[Value]:
        """All of them."""
        yield from self.values

    def refused(self) -> Iterator[tuple[Fault, tuple[Value, ...]]]:
        """The numbers beyond all of them, the other boolean, or another string."""
        numbers = self.numbers
        if numbers:
            yield "less", (min(numbers) - 1,)
            yield "more", (max(numbers) + 1,)
        elif len(self.values) == 1 and isinstance(self.values[0], bool):
            yield "other", (not self.values[0],)
        elif all(isinstance(each, str) for each in self.values):
            words = {str(each).lower() for each in self.values}
            yield "other", tuple(each for each in (*_OTHERS, "-".join(("no", *sorted(words)))) if each not in words)

    @property
    def numbers(self) -> list[int | float]:
        """The values, if all are numbers."""
        found = [each for each in self.values if isinstance(each, int | float) and not isinstance(each, bool)]
        return found if len(found) == len(self.values) else []


class PatternRule(Record, frozen=True):
    """A string with a match of a regular expression (RE2)."""

    pattern: str

    def allows(self, value: Value) -> bool:
        """Whether the condition is true for a value."""
        tried = isinstance(value, str) and len(value) <= self._longest
        return tried and re.search(self.pattern, str(value), re.ASCII) is not None

    def fitting(self) -> Iterator[Value]:
        """None: it only tests values."""
        return iter(())

    def refused(self) -> Iterator[tuple[Fault, tuple[Value, ...]]]:
        """A string without a match, if there is a short one."""
        found = tuple(each for each in _REFUSED if len(each) <= self._longest and not self.allows(each))
        if found:
            yield "other", found

    @property
    def _longest(self) -> int:
        """The length of strings to try. Python can need time that doubles with each character, which RE2 never does."""
        return 16 if re.search(_NESTED, self.pattern) else 256


class NetworkRule(Record, frozen=True):
    """An IPv4 network or address."""

    def allows(self, value: Value) -> bool:
        """Whether the condition is true for a value; only the forms of :meth:`fitting` are known."""
        return value in list(self.fitting())

    def fitting(self) -> Iterator[Value]:
        """A network for documentation (RFC 5737)."""
        yield "192.0.2.0/24"

    def refused(self) -> Iterator[tuple[Fault, tuple[Value, ...]]]:
        """A string that is not a network."""
        yield "other", ("192.0.2.0/33",)


def of(variable: Block) -> tuple[Rule, ...]:
    """The rules of a variable; those of an unknown form are left out."""
    this = f"var.{variable.labels[0]}"
    conditions = [
        item.get("condition") for item in variable.body if isinstance(item, Block) and item.type == "validation"
    ]
    return tuple(rule for condition in conditions if (rule := _rule(condition, this)) is not None)


def _rule(condition: Value, this: str) -> Rule | None:
    match condition:
        case Expr((only,)) if not isinstance(only, str):
            return _rule(only, this)
        case Call("contains", (tuple() as values, Ref(address, ""))) if address == this:
            plain = tuple(each for each in values if isinstance(each, bool | int | float | str))
            return ChoiceRule(plain) if plain and len(plain) == len(values) else None
        case Call("can", (Call("regex", (str() as pattern, Ref(address, ""))),)) if address == this:
            return _pattern(str(pattern))
    return _written(code(condition), this) if condition is not None else None


def _pattern(pattern: str) -> Rule | None:
    if re.search(_FOREIGN, pattern):
        return None
    try:
        re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None
    return PatternRule(pattern)


def _written(text: str, this: str) -> Rule | None:
    """The rule of a condition that is only code."""
    name = re.escape(this)
    if found := re.fullmatch(_WHOLE.format(name), text):
        return WholeRule(int(found["least"]), int(found["most"]), None if found["also"] is None else int(found["also"]))
    if found := re.fullmatch(_LISTED.format(name), text):
        return _listed(found["values"])
    of_one = text.count(this) == text.count("var.")
    return NetworkRule() if text.startswith("can(cidrnetmask(") and of_one else None


def _listed(text: str) -> Rule | None:
    """The rule of strings that are written as code, if they are as in JSON."""
    try:
        values = json.loads(f"[{text.strip().rstrip(',')}]")
    except ValueError:
        return None
    return ChoiceRule(tuple(map(str, values)), folded=True)
