"""Versions and ranges of versions in plans: ``"[9,11)"``, ``"15"``, ``">=3.9"``."""

from __future__ import annotations

import re
from functools import cached_property, total_ordering

from camp2iac.record import Record

LATEST = "latest"
_NUMBER = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})*")  # long enough for a date, short enough to parse quickly
_RANGE = re.compile(r"\s*([\[(])\s*([0-9.]*)\s*,\s*([0-9.]*)\s*([\])])\s*")


@total_ordering
class Version(Record, frozen=True, eq=False, dict=True):
    """Numbers with dots. ``16`` and ``16.0`` are equal."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """Parse a version. None if the text is not one."""
        return cls(text.strip()) if _NUMBER.fullmatch(text.strip()) else None

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Its numbers, without trailing zeros."""
        numbers = [int(part) for part in self.text.split(".")]
        while len(numbers) > 1 and numbers[-1] == 0:
            numbers.pop()
        return tuple(numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.numbers == other.numbers

    def __hash__(self) -> int:
        return hash(self.numbers)

    def __lt__(self, other: Version) -> bool:
        return self.numbers < other.numbers

    def __str__(self) -> str:
        return self.text


class VersionRange(Record, frozen=True):
    """A range of versions.

    A single version means that release and its patches: ``15`` is ``[15,16)``, ``3.9`` is ``[3.9,3.10)``. ``latest``
    means any release, and where several can be chosen, the newest.
    """

    text: str
    low: Version | None
    low_included: bool
    high: Version | None
    high_included: bool

    @classmethod
    def parse(cls, text: str) -> VersionRange | None:
        """Parse a range. None if the text is not one.

        Accepts ``15``, ``[9,11)``, ``[9,)``, ``(,11]``, ``[3.9.6]``, ``latest``.
        """
        text = text.strip()
        if text == LATEST:
            return cls(text, None, False, None, False)
        if match := _RANGE.fullmatch(text):
            bounds = [Version.parse(bound) if bound else None for bound in match.group(2, 3)]
            if any(bound and not parsed for bound, parsed in zip(match.group(2, 3), bounds, strict=True)):
                return None
            low, high = bounds
            if low and high and high < low:
                return None
            return cls(text, low, match[1] == "[", high, match[4] == "]")
        exact = text.startswith("[") and text.endswith("]")
        version = Version.parse(text[1:-1] if exact else text)
        if version is None:
            return None
        if exact:
            return cls(text, version, True, version, True)
        *head, last = (int(part) for part in version.text.split("."))
        return cls(text, version, True, Version(".".join(str(n) for n in (*head, last + 1))), False)

    def __contains__(self, version: Version) -> bool:
        """Whether a release is in the range. A release with fewer numbers than a bound means all its patches:
        release ``15`` is in ``[15.3,16)``.
        """
        if self.low is not None:
            depth = version.text.count(".") + 1  # 8.0 has two numbers: it is not in [8.4,9)
            low = Version(".".join(str(n) for n in self.low.numbers[:depth]))
            if version < low or (version == self.low and not self.low_included):
                return False
        if self.high is not None and not version < self.high:
            return version == self.high and self.high_included
        return True

    @property
    def latest(self) -> bool:
        """Whether the plan asks for the newest release that its platform offers."""
        return self.text == LATEST

    def words(self) -> str:
        """Describe the range: ``9.6 or later, but before 13``."""
        if self.low is not None and self.low == self.high:
            return f"exactly {self.low}"
        if self.latest:
            return "the newest"
        low = "" if self.low is None else f"{self.low} or later" if self.low_included else f"later than {self.low}"
        high = "" if self.high is None else f"{self.high} at most" if self.high_included else f"before {self.high}"
        return ", but ".join(part for part in (low, high) if part) or "any"

    def __str__(self) -> str:
        return self.text
