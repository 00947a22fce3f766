"""Read Schedule: a command that runs by the clock (CAMP329)."""

from __future__ import annotations

from camp2iac.camp import edits
from camp2iac.camp.model import Requirement
from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.located import located
from camp2iac.diagnostics.suggest import nearest
from camp2iac.topology import cron
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.duplicates import Once
from camp2iac.topology.model import Schedule
from camp2iac.topology.statements import Statements, Subject

_SECONDS = {"s": 1, "m": 60, "h": 3600}


def read(
    artifact: Subject, requirement: Requirement, once: Once, statements: Statements, diagnostics: Diagnostics
) -> Schedule | None:
    """Read a Schedule whose keys match its schema. None, and a diagnostic, if its times do not exist."""
    given = requirement.extensions
    name = _text(given, "name")
    command = located(_text(given, "command"), given["command"].span)
    once.first(f"the schedule {name}", given["name"].span, "rename one of them")
    zone = _text(given, "time_zone") or "UTC"
    overlap, deadline = _text(given, "overlap") or "skip", _text(given, "deadline")
    words = f"Schedule: {name}, {_text(given, 'at')} {zone}, {overlap}"
    words += f", at most {deadline}" if deadline else ""
    place = requirement.requirement_type.span
    statement = statements.say(artifact, kinds.SCHEDULE, name, f"{words}, {command}", place, name=name)
    times = _times(artifact, name, given, diagnostics)
    if not _zone(artifact, name, given, diagnostics) or times is None:
        return None
    seconds = int(deadline[:-1]) * _SECONDS[deadline[-1]] if deadline else None
    return Schedule(name, command, times, zone, overlap == "skip", seconds, statement)


def _times(artifact: Subject, name: str, given: Mapping, diagnostics: Diagnostics) -> cron.Cron | None:
    try:
        return cron.read(_text(given, "at"))
    except cron.CronFault as fault:
        diagnostics.add(
            Diagnostic(
                "CAMP329",
                f"the times of the schedule {name} of {artifact.name} are not in cron's form: {fault}",
                given["at"].span,
                label="cron's five fields belong here",
                help=fault.help,
            )
        )
        return None


def _zone(artifact: Subject, name: str, given: Mapping, diagnostics: Diagnostics) -> bool:
    """Whether the time zone exists."""
    zone = _text(given, "time_zone")
    if not zone or zone in cron.time_zones():
        return True
    best = nearest(zone, cron.time_zones())
    diagnostics.add(
        Diagnostic(
            "CAMP329",
            f"the schedule {name} of {artifact.name} has an unknown time zone: {zone}",
            given["time_zone"].span,
            label="not a time zone that every instance has",
            help="" if best else "write a region and a city, such as  Europe/Madrid, or  UTC",
            fixes=edits.value(given["time_zone"].span, best, sure=False),
        )
    )
    return False


def _text(given: Mapping, key: str) -> str:
    value = given.get(key)
    return value.text if isinstance(value, Scalar) else ""
