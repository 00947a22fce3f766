"""Schedules on Heroku: the job that a person adds to the add-on Heroku Scheduler, which Terraform cannot configure.

The frequencies are those of https://devcenter.heroku.com/articles/scheduler. All times there are UTC.
"""

from __future__ import annotations

import re
import shlex

from camp2iac.record import Record
from camp2iac.topology.cron import Cron
from camp2iac.topology.model import Schedule

ADDON = "scheduler:standard"
_UTC = frozenset(("UTC", "GMT", "Etc/UTC", "Etc/GMT"))
_TENS = (0, 10, 20, 30, 40, 50)
_TEN = "Every 10 minutes"
# Zones whose difference from UTC is not a number of hours
_ODD = frozenset(
    f"{region}/{place}"
    for region, places in {
        "America": "St_Johns",
        "Asia": "Colombo Kabul Kathmandu Kolkata Tehran Yangon",
        "Australia": "Adelaide Broken_Hill Darwin Eucla Lord_Howe",
        "Indian": "Cocos",
        "Pacific": "Chatham Marquesas",
    }.items()
    for place in places.split(" ")
)


class ScheduledJob(Record, frozen=True):
    """What to write into the dashboard of Heroku Scheduler.

    ``command``: with the deadline. ``frequency``: the nearest one. Empty: it runs more often than Heroku Scheduler can.
    ``exact``: it runs at the plan's times.
    """

    schedule: Schedule
    command: str
    frequency: str
    exact: bool


def job(schedule: Schedule) -> ScheduledJob:
    """Decide the job of a schedule."""
    utc = schedule.zone in _UTC
    frequency, exact = _frequency(schedule.at)
    if frequency and not utc:  # a day there begins at another hour, which changes with summer time
        frequency = _TEN if schedule.zone in _ODD else _hourly(schedule.at) if frequency != _TEN else _TEN
    command = schedule.command
    if schedule.deadline is not None:
        command = f"timeout {schedule.deadline} bash -c {shlex.quote(command)}"
    return ScheduledJob(schedule, command, frequency, exact and utc)


def code(text: str) -> str:
    """A string as code in Markdown, also if it contains backticks."""
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (1 + max(len(run) for run in re.findall("`+", text)))
    return f"{fence} {text} {fence}"


def _frequency(at: Cron) -> tuple[str, bool]:
    daily = len(at.days) == 31 and len(at.months) == 12 and len(at.weekdays) == 7
    hourly = daily and len(at.hours) == 24
    minute = at.minutes[0]
    if len(at.minutes) == 1 and len(at.hours) == 1:
        half = minute // 30 * 30
        return f"Every day at {at.hours[0]:02}:{half:02} UTC", daily and minute == half
    if len(at.minutes) == 1:
        return _hourly(at), hourly and minute % 10 == 0
    around = (*at.minutes[1:], minute + 60)
    if min(after - before for before, after in zip(at.minutes, around, strict=True)) < 10:
        return "", False
    return _TEN, hourly and at.minutes == _TENS


def _hourly(at: Cron) -> str:
    return f"Every hour at :{at.minutes[0] // 10 * 10:02}"
