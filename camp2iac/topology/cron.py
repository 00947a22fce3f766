"""The times of a schedule: cron's five fields, as ``crontab(5)`` of Debian and cronie reads them.

Every field is read to the numbers that it matches. What other schedulers add to cron (seconds, ``L``, ``#``, ``H``) is
a :class:`CronFault` that says what to write.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from camp2iac.record import Record

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days of each month
_NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_ITEM = r"(\*|([0-9]{1,4}|[A-Z]{3})(?:-([0-9]{1,4}|[A-Z]{3}))?)(?:/([0-9]{1,4}))?"


class CronFault(ValueError):  # noqa: N818 - a fault of a document, as in messages
    """Not the times of a schedule. ``help``: what to write instead."""

    def __init__(self, problem: str, help_: str) -> None:
        super().__init__(problem)
        self.help = help_


class Cron(Record, frozen=True):
    """The times of a schedule: the numbers that each field matches, sorted. ``weekdays``: 0 is Sunday.

    ``any_day``, ``any_weekday``: the field begins with ``*``. If neither does, a day that matches one is enough.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    any_day: bool
    any_weekday: bool

    @property
    def either(self) -> bool:
        """Whether a day matches if one of day of month and day of week does."""
        return not self.any_day and not self.any_weekday

    @property
    def possible_days(self) -> bool:
        """Whether some month has some of the days."""
        return any(_LONGEST[month - 1] >= self.days[0] for month in self.months)


class _Field(Record, frozen=True):
    """A field. ``names``: words for its numbers, from ``least`` on."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()

    def number(self, word: str) -> int:
        """The number of a word. Sunday is 0 and also 7."""
        if not word.isdigit():
            if word not in self.names:
                known = f", or {self.names[0]} to {self.names[-1]}" if self.names else ""
                raise CronFault(
                    f"{word} is not a {self.name}", f"write a number from {self.least} to {self.most}{known}"
                )
            return self.least + self.names.index(word)
        value = int(word)
        if not self.least <= value <= self.most:
            raise CronFault(
                f"the {self.name} {word} does not exist", f"write a number from {self.least} to {self.most}"
            )
        return value


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, WEEKDAYS),
)


def read(text: str) -> Cron:
    """Read the times of a schedule.

    Raises:
        CronFault: it is not in cron's form, or there is no such time.
    """
    words = text.split()
    if len(words) == 1 and words[0].startswith("@"):
        words = _nickname(words[0].lower()).split()
    if len(words) != 5:
        raise _number_of_fields(words)
    minutes, hours, days, months, weekdays = (
        _values(field, word.upper()) for field, word in zip(_FIELDS, words, strict=True)
    )
    found = Cron(
        text=" ".join(words),
        minutes=minutes,
        hours=hours,
        days=days,
        months=months,
        weekdays=tuple(sorted({day % 7 for day in weekdays})),
        any_day=words[2].startswith("*"),
        any_weekday=words[4].startswith("*"),
    )
    if not found.possible_days and not found.either:
        raise CronFault(f"no month that it names has a day {days[0]}", "write a day of the month that exists")
    return found


def _nickname(word: str) -> str:
    if word == "@reboot":
        raise CronFault(
            "@reboot is not a time", "write a process (org.camp2iac:Process), which starts with each instance"
        )
    if word not in _NICKNAMES:
        raise CronFault(f"cron has no {word}", f"write {', '.join(_NICKNAMES)}, or five fields such as  0 3 * * *")
    return _NICKNAMES[word]


def _number_of_fields(words: list[str]) -> CronFault:
    if len(words) in (6, 7):
        return CronFault(
            f"it has {len(words)} fields, and cron has five",
            "remove the seconds and the year: write minute, hour, day of the month, month, day of the week",
        )
    return CronFault(
        f"it has {len(words)} field{'s' if len(words) != 1 else ''}, and cron has five",
        "write minute, hour, day of the month, month, day of the week, such as  0 3 * * *",
    )


def _values(field: _Field, word: str) -> tuple[int, ...]:
    """The numbers that a field matches, sorted."""
    found: set[int] = set()
    for item in word.split(","):
        found.update(_range(field, item))
    return tuple(sorted(found))


def _range(field: _Field, item: str) -> range:
    matched = re.fullmatch(_ITEM, item)
    if matched is None:
        raise _other_form(field, item)
    all_, first, last, step = matched.groups()
    if step is not None and int(step) == 0:
        raise CronFault(f"a step cannot be 0: {item}", f"write {item.partition('/')[0]}/1")
    if all_ == "*":
        return range(
            field.least, min(field.most, field.least + 6 if field.names == WEEKDAYS else field.most) + 1, int(step or 1)
        )
    low = field.number(first)
    if last is None and step is not None:
        end = 6 if field.names == WEEKDAYS else field.most
        raise CronFault(f"a step needs a range: {item}", f"write {first}-{end}/{step}")
    high = low if last is None else field.number(last)
    if last == "SUN" and low > 0:
        high = 7  # as in MON-SUN
    if low > high:
        raise CronFault(
            f"the range {item} ends before it begins",
            f"write {first}-{field.most},{field.least}-{last}" if low < field.most else f"write {first},{last}",
        )
    return range(low, high + 1, int(step or 1))


def _other_form(field: _Field, item: str) -> CronFault:
    """What other schedulers write, and what to write instead."""
    if item == "?":
        return CronFault("? belongs to Quartz", "write *")
    if "~" in item or item.startswith("H"):
        return CronFault(f"{item} is a random {field.name}", f"choose the {field.name} and write its number")
    if "#" in item or re.fullmatch(r"(LW|[0-9]*W|[0-9A-Z]*L(-[0-9]+)?)", item):
        return CronFault(
            f"cron has no last, nearest or numbered day: {item}",
            "write all days on which it can be, such as  28-31, and let the command check the date",
        )
    if not item:
        return CronFault(f"the {field.name} has an empty item", "remove the comma")
    return CronFault(
        f"{item} is not a {field.name}",
        f"write *, a number, a range such as  {field.least}-{field.least + 4}, or a step such as  */2",
    )


@cache
def time_zones() -> frozenset[str]:
    """The names of the time zones that instances have."""
    found: set[str] = set()
    for line in Path(__file__).with_name("time_zones.txt").read_text(encoding="utf-8").splitlines():
        region, *places = line.split()
        if region != "#":
            found.update(places if region == "-" else (f"{region}/{place}" for place in places))
    return frozenset(found)
