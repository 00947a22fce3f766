"""The times of a schedule, as cron reads them."""

from __future__ import annotations

import pytest

from camp2iac.topology import cron

EVERY_HOUR = tuple(range(24))


def test_fields() -> None:
    found = cron.read("0,30 8-18/5 * jan-mar,DEC mon-fri")
    assert found.minutes == (0, 30)
    assert found.hours == (8, 13, 18)
    assert found.days == tuple(range(1, 32))
    assert found.months == (1, 2, 3, 12)
    assert found.weekdays == (1, 2, 3, 4, 5)
    assert not found.either


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("0", (0,)),
        ("7", (0,)),
        ("SUN", (0,)),
        ("5-7", (0, 5, 6)),
        ("SAT-SUN", (0, 6)),
        ("MON-SUN", tuple(range(7))),
        ("*", tuple(range(7))),
        ("*/2", (0, 2, 4, 6)),
        ("0-7", tuple(range(7))),
    ],
)
def test_days_of_the_week(field: str, days: tuple[int, ...]) -> None:
    assert cron.read(f"0 0 * * {field}").weekdays == days


def test_short_forms() -> None:
    assert cron.read("@hourly").text == "0 * * * *"
    assert cron.read("@Daily") == cron.read("0 0 * * *")
    assert cron.read(" @weekly ").weekdays == (0,)


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("0 0 1 * MON", True),
        ("0 0 * * MON", False),
        ("0 0 1 * *", False),
        ("0 0 */2 * MON", False),
        ("0 0 1 * */2", False),
        ("0 0 1-31 * MON", True),
    ],
)
def test_a_field_that_begins_with_a_star_is_not_restricted(text: str, either: bool) -> None:
    assert cron.read(text).either is either


@pytest.mark.parametrize(
    ("text", "problem", "help_"),
    [
        ("* * * *", "it has 4 fields", "minute, hour"),
        ("0 0 3 * * MON", "it has 6 fields", "remove the seconds"),
        ("", "it has 0 fields", "minute, hour"),
        ("60 * * * *", "the minute 60 does not exist", "from 0 to 59"),
        ("0 0 0 * *", "the day of the month 0 does not exist", "from 1 to 31"),
        ("0 0 * * 8", "the day of the week 8 does not exist", "from 0 to 7"),
        ("0 0 * FOO *", "FOO is not a month", "JAN to DEC"),
        ("0 MON * * *", "MON is not a hour", "from 0 to 23"),
        ("*/0 * * * *", "a step cannot be 0", "*/1"),
        ("5/15 * * * *", "a step needs a range: 5/15", "5-59/15"),
        ("0 22-2 * * *", "the range 22-2 ends before it begins", "22-23,0-2"),
        ("0 0 * * FRI-MON", "the range FRI-MON ends before it begins", "FRI-7,0-MON"),
        ("0 0 L * *", "no last, nearest or numbered day", "28-31"),
        ("0 0 * * 5L", "no last, nearest or numbered day", "check the date"),
        ("0 0 * * 2#1", "no last, nearest or numbered day", "check the date"),
        ("0 0 15W * *", "no last, nearest or numbered day", "check the date"),
        ("0 0 ? * *", "? belongs to Quartz", "write *"),
        ("H * * * *", "H is a random minute", "choose the minute"),
        ("0~30 * * * *", "0~30 is a random minute", "choose the minute"),
        ("1,,2 * * * *", "an empty item", "remove the comma"),
        ("@reboot", "@reboot is not a time", "org.camp2iac:Process"),
        ("@sometimes", "cron has no @sometimes", "@hourly"),
        ("0 0 31 2,4 *", "no month that it names has a day 31", "exists"),
        ("0 0 -1 * *", "-1 is not a day of the month", "a range such as"),
    ],
)
def test_faults(text: str, problem: str, help_: str) -> None:
    with pytest.raises(cron.CronFault) as found:
        cron.read(text)
    assert problem in str(found.value)
    assert help_ in found.value.help


def test_a_day_that_does_not_exist_beside_one_that_does() -> None:
    assert not cron.read("0 0 31 2 MON").possible_days


def test_time_zones() -> None:
    assert {"UTC", "Europe/Madrid", "America/Argentina/Ushuaia"} <= cron.time_zones()
    assert not {"CET", "US/Eastern", "#", "-"} & cron.time_zones()
