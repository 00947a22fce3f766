"""The times of a schedule as calendar events of systemd (systemd.time(7))."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.topology.cron import Cron

_WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def events(at: Cron, zone: str) -> tuple[str, ...]:
    """Return the values of OnCalendar. A timer with two elapses at the times of both, and once if they coincide.

    cron runs a command on a day that matches day of month or day of week, if both are restricted. One event of systemd
    requires both, so there are two.
    """
    time = f"{_numbers(at.hours, 0, 23)}:{_numbers(at.minutes, 0, 59)}:00 {zone}"
    months, days = _numbers(at.months, 1, 12), _numbers(at.days, 1, 31)
    if not at.either:
        return (f"{_weekdays(at.weekdays)}*-{months}-{days} {time}",)
    by_day = (f"*-{months}-{days} {time}",) if at.possible_days else ()
    return (*by_day, f"{_weekdays(at.weekdays)}*-{months}-* {time}")


def fields(at: Cron) -> str:
    """Return the numbers that each field matches, for the script that checks the time of a run."""
    every = ((at.minutes, 60), (at.hours, 24), (at.days, 31), (at.months, 12), (at.weekdays, 7))
    return " ".join("*" if len(found) == most else ",".join(map(str, found)) for found, most in every)


def _weekdays(found: Sequence[int]) -> str:
    return "" if len(found) == len(_WEEKDAYS) else f"{','.join(_WEEKDAYS[day] for day in found)} "


def _numbers(found: Sequence[int], least: int, most: int) -> str:
    """``*``, or the numbers with two digits; three or more in a row as a range."""
    if len(found) == most - least + 1:
        return "*"
    rows: list[list[int]] = []
    for number in found:
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ",".join(
        f"{row[0]:02}..{row[-1]:02}" if len(row) > 2 else ",".join(f"{number:02}" for number in row) for row in rows
    )
