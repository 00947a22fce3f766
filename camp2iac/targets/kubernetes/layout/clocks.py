"""The times of a CronJob."""

from __future__ import annotations

from camp2iac.topology.cron import Cron


def possible(at: Cron) -> bool:
    """Whether a CronJob has these times: if days of month and of week are both given, one of them is enough for it."""
    return at.either or len(at.days) == 31 or len(at.weekdays) == 7


def expression(at: Cron) -> str:
    """The five fields, as numbers."""
    fields = ((at.minutes, 60), (at.hours, 24), (at.days, 31), (at.months, 12), (at.weekdays, 7))
    return " ".join("*" if len(numbers) == all_ else ",".join(map(str, numbers)) for numbers, all_ in fields)
