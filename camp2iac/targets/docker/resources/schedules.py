"""A schedule: a container that runs a command by the clock."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from camp2iac.synth.module import Commented, Document, Value
from camp2iac.topology.model import Schedule

PATH = "/usr/local/bin/camp-clock"
_SCRIPT = Path(__file__).with_name("camp-clock.sh")


@cache
def document() -> Document:
    """The script that waits for the times. All schedules have the same one."""
    return Document("schedules/camp-clock", _SCRIPT.read_bytes(), executable=True)


def command(schedule: Schedule) -> tuple[Value, ...]:
    """The words that run a schedule."""
    at = schedule.at
    fields = ((at.minutes, 60), (at.hours, 24), (at.days, 31), (at.months, 12), (at.weekdays, 7))
    return (
        PATH,
        schedule.name,
        schedule.zone,
        *("*" if len(numbers) == all_ else ",".join(map(str, numbers)) for numbers, all_ in fields),
        "either" if at.either else "both",
        "skip" if schedule.alone else "allow",
        str(schedule.deadline or 0),
        Commented(schedule.command, ""),
    )
