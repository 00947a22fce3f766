"""A schedule runs when cron would run it: the events of systemd and the instance's own check, against a simple cron.

The reference here reads the fields again, from the text, with code of its own.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.targets.openstack.machine import calendars
from camp2iac.targets.openstack.machine.render import SCRIPTS
from camp2iac.topology import cron

LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("camp_once", SCRIPTS / "camp-once.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ONCE = script()


def has(field: str, number: int, place: int) -> bool:
    """Whether a field of cron matches a number."""
    low, high = LIMITS[place]
    for item in field.lower().split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("-")
        words = [MONTHS.index(w) + 1 if w in MONTHS else DAYS.index(w) if w in DAYS else w for w in (first, last)]
        begin, stop = (
            (low, high) if first == "*" else (int(words[0]), int(words[1] or words[0]) if last else int(words[0]))
        )
        if begin <= number <= stop and (number - begin) % int(step or 1) == 0:
            return True
    return False


def runs(text: str, at: datetime) -> bool:
    """Whether cron runs a command in this minute, by the words of crontab(5)."""
    minute, hour, day, month, weekday = text.split()
    today = at.isoweekday() % 7
    by_day, by_weekday = has(day, at.day, 2), has(weekday, today, 4) or (today == 0 and has(weekday, 7, 4))
    both = day.startswith("*") or weekday.startswith("*")
    right_day = (by_day and by_weekday) if both else (by_day or by_weekday)
    return has(minute, at.minute, 0) and has(hour, at.hour, 1) and has(month, at.month, 3) and right_day


def elapses(event: str, at: datetime) -> bool:
    """Whether an event of systemd elapses in this minute (systemd.time(7)): weekdays, date, time."""
    weekdays, _, rest = event.rpartition("*-") if event.startswith("*-") else event.partition(" ")
    date, time, _ = (event if event.startswith("*-") else rest).split(" ")
    if not event.startswith("*-") and f"{at:%a}" not in weekdays.split(","):
        return False
    _, month, day = date.split("-")
    hour, minute, second = time.split(":")
    assert second == "00"
    pairs = ((month, at.month), (day, at.day), (hour, at.hour), (minute, at.minute))
    return all(part == "*" or number in set(numbers(part)) for part, number in pairs)


def numbers(part: str) -> Iterator[int]:
    for item in part.split(","):
        first, _, last = item.partition("..")
        yield from range(int(first), int(last or first) + 1)


@st.composite
def field(draw: st.DrawFn, place: int) -> str:
    low, high = LIMITS[place]
    names = {3: dict(enumerate(MONTHS, 1)), 4: dict(enumerate(DAYS))}.get(place, {})

    def item() -> str:
        form = draw(st.sampled_from(["*", "*/", "n", "n", "a-b", "a-b/"]))
        one, two = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
        words = [names.get(n, str(n)) if draw(st.booleans()) else str(n) for n in (one, two)]
        step = draw(st.integers(1, high))
        return {
            "*": "*",
            "*/": f"*/{step}",
            "n": words[0],
            "a-b": "-".join(words),
            "a-b/": f"{'-'.join(words)}/{step}",
        }[form]

    return ",".join(item() for _ in range(draw(st.integers(1, 3))))


TEXTS = st.tuples(*(field(place) for place in range(5))).map(" ".join)
TIMES = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))


@given(TEXTS, TIMES, st.data())
@settings(max_examples=40, deadline=None)
def test_events_elapse_when_cron_runs(text: str, near: datetime, data: st.DataObject) -> None:
    try:
        read = cron.read(text)
    except cron.CronFault:
        assert next_run(text, near) is None
        return
    fields, events = calendars.fields(read), calendars.events(read, "UTC")
    for _ in range(20):
        at = near + timedelta(days=data.draw(st.integers(0, 40)), minutes=data.draw(st.integers(0, 1440)))
        if data.draw(st.booleans()):  # most minutes match nothing
            at = at.replace(
                hour=data.draw(st.sampled_from(read.hours)), minute=data.draw(st.sampled_from(read.minutes))
            )
        expected = runs(text, at)
        assert any(elapses(event, at) for event in events) == expected, (text, events, at)
        assert ONCE.matches(fields, read.either, at) == expected, (text, fields, at)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="NO SYSTEMD HERE: its calendar was not asked")
@pytest.mark.slow
@given(TEXTS, TIMES)
@settings(max_examples=60, deadline=None)
def test_systemd_elapses_when_cron_runs(text: str, after: datetime) -> None:
    try:
        events = calendars.events(cron.read(text), "UTC")
    except cron.CronFault:
        return
    found = [when for event in events if (when := elapse(event, after)) is not None]
    expected = next_run(text, after)
    if expected is None:
        assert not found or min(found) > after + timedelta(days=366)
    else:
        assert min(found) == expected, (text, events, after)


def elapse(event: str, after: datetime) -> datetime | None:
    command = ["systemd-analyze", "calendar", f"--base-time={after:%Y-%m-%d %H:%M:%S} UTC", event]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"TZ": "UTC", "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    )
    assert done.returncode == 0, (event, done.stderr)
    found = re.search(r"Next elapse: \w+ (.*) UTC", done.stdout)
    return datetime.fromisoformat(found[1]) if found else None


def next_run(text: str, after: datetime) -> datetime | None:
    """The next minute in which cron runs it, within a year."""
    minutes, hours = (
        [n for n in range(60) if has(text.split()[0], n, 0)],
        [n for n in range(24) if has(text.split()[1], n, 1)],
    )
    for days in range(367):
        day = after.replace(hour=0, minute=0) + timedelta(days=days)
        for hour in hours:
            for minute in minutes:
                at = day.replace(hour=hour, minute=minute)
                if at > after and runs(text, at):
                    return at
    return None


def test_the_last_time_of_a_schedule() -> None:
    noon = int(datetime(2026, 6, 1, 12, tzinfo=timezone.utc).timestamp())
    assert ONCE.due("0 12 * * *", "UTC", False, noon + 42.5) == noon
    assert ONCE.due("0 14 * * *", "Europe/Madrid", False, noon + 299) == noon
    assert ONCE.due("0 12 * * *", "UTC", False, noon + 300) is None, "too late"
    assert ONCE.due("* * * * *", "UTC", False, noon + 59) == noon
    assert ONCE.due("0 12 1 * 0", "UTC", True, noon) == noon
    assert ONCE.due("0 12 1 * 0", "UTC", False, noon) is None
