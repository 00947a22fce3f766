"""Schedules on Heroku: the job that a person adds, with the frequency that fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.targets.heroku.layout.schedules import job
from camp2iac.topology import cron
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import Schedule
from camp2iac.topology.statements import Statements, Subject, SubjectKind
from heroku.support_heroku import built, components, hosts


@pytest.mark.parametrize(
    ("at", "frequency", "exact"),
    [
        ("*/10 * * * *", "Every 10 minutes", True),
        ("*/30 * * * *", "Every 10 minutes", False),
        ("*/5 * * * *", "", False),
        ("0,5 3 * * *", "", False),
        ("@hourly", "Every hour at :00", True),
        ("47 * * * *", "Every hour at :40", False),
        ("20 8-18 * * *", "Every hour at :20", False),
        ("@daily", "Every day at 00:00 UTC", True),
        ("30 23 * * *", "Every day at 23:30 UTC", True),
        ("45 3 * * *", "Every day at 03:30 UTC", False),
        ("0 3 * * MON", "Every day at 03:00 UTC", False),
    ],
)
def test_frequencies(at: str, frequency: str, exact: bool) -> None:
    subject = Subject(SubjectKind.ARTIFACT, "web", "web")
    statement = Statements().say(subject, kinds.SCHEDULE, "x", "x", None)
    made = job(Schedule("x", "run it", cron.read(at), "UTC", True, 90, statement))
    assert (made.frequency, made.exact) == (frequency, exact)
    for zone in ("Europe/Madrid", "Asia/Kolkata"):
        made = job(Schedule("x", "run it", cron.read(at), zone, True, 90, statement))
        assert not made.exact
        assert bool(made.frequency) == bool(frequency)
        assert "day" not in made.frequency, "a day there begins at another hour"
        assert zone == "Europe/Madrid" or made.frequency in ("", "Every 10 minutes")
        assert made.command == "timeout 90 bash -c 'run it'"


def test_the_add_on_comes_from_the_environment_file(tmp_path: Path) -> None:
    schedule = "      - { requirement_type: org.camp2iac:Schedule, name: tick, command: 'true', at: '@daily' }\n"
    plan, told = components("web") + schedule + hosts("web"), "extras: { web: [%sscheduler:standard] }"
    for given, wanted in (("", told % ""), ("extras: { web: [papertrail:choklad] }\n", told % "papertrail:choklad, ")):
        assert f"`{wanted}`" in str(built(tmp_path, plan, given).row("Schedule"))
    said = str(built(tmp_path, plan, told % "").row("Schedule"))
    assert "extras" not in said
    assert "In `heroku addons:open scheduler --app NAME`, add the job `true`: Every day at 00:00 UTC" in said
