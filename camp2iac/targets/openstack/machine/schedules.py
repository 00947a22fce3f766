"""The schedules of a component as timers and services of systemd."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.record import replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.targets.openstack.machine import calendars, claims, processes, sandbox, units
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument
from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.openstack.machine.units import ProcessUnit
from camp2iac.topology.model import Schedule

_SYSTEMD = "/etc/systemd/system"
_RESULT = f"""\
[Unit]
Description=Records for camp-status how %i ended

[Service]
Type=oneshot
ExecStart={LIB}/camp-once result %i
StateDirectory=camp/once

{sandbox.offline()}"""


def add(
    document: MachineDocument, inside: ArtifactOnMachine, file: str, store: Storage, own: Sequence[ProcessUnit]
) -> list[ProcessUnit]:
    """Add the schedules of a component, and return their units.

    Args:
        document: the units are added to it.
        inside: the component.
        file: the EnvironmentFile of its processes.
        store: the volumes of its service.
        own: the units of its processes.
    """
    component, given = inside.component, inside.given
    chosen = claims.choose(given, component)
    # Each instance may have a database of its own, but the plan says once.
    if chosen.how == "each" and given.tier.scale is not None and given.tier.scale.value.maximum > 1:
        chosen = claims.Claims("first")
    common = processes.common_unit(inside, f"{given.app}-{component.id}", file, store)
    made = []
    for schedule in component.schedules:
        made.append(_one(document, inside, schedule, common, chosen, own))
        _account(inside, schedule, chosen)
    return made


def timer(it: ProcessUnit) -> str:
    """The timer of a schedule's unit."""
    return f"{it.unit.partition('@')[0]}.timer"


def _one(
    document: MachineDocument,
    inside: ArtifactOnMachine,
    schedule: Schedule,
    common: ProcessUnit,
    chosen: claims.Claims,
    own: Sequence[ProcessUnit],
) -> ProcessUnit:
    unit = f"{inside.given.app}-{inside.component.id}.schedule.{schedule.name}"
    if schedule.zone != "UTC":
        document.install("tzdata")
    instance = unit if schedule.alone else f"{unit}@%i"
    line = processes.command_file(document, inside, instance, f"schedule.{schedule.name}", schedule.command)
    log = unit if schedule.alone else f"'{unit}@*'"
    more = {"at": calendars.fields(schedule.at), "zone": schedule.zone, "log": log}
    if schedule.at.either:
        more["either"] = "yes"
    if schedule.alone:
        more["alone"] = "yes"
    claims.settings(document, unit, chosen, f"the schedule {schedule.name} of {inside.component.id}", more)
    made = replace(common, unit=instance, about=f"{schedule.name} of {common.about}", command=line, low_port=False)
    files = [WriteFile(f"{_SYSTEMD}/{instance.replace('%i', '')}.service", _service(made, unit, schedule, own))]
    if not schedule.alone:
        files.append(WriteFile(f"{_SYSTEMD}/{unit}.service", _starter(unit, made.about)))
    files.append(WriteFile(f"{_SYSTEMD}/{unit}.timer", _timer(made.about, schedule)))
    document.write(*files)
    document.write(WriteFile(f"{_SYSTEMD}/camp-once-result@.service", _RESULT), once=True)
    document.watch("scheduled", unit)
    return made


def _service(it: ProcessUnit, name: str, schedule: Schedule, own: Sequence[ProcessUnit]) -> str:
    """Write the service of one run. It starts after the commands that come before the processes."""
    after = " ".join((*(f"{process.unit}.service" for process in own[:1]), *it.mounts))
    result = "camp-once-result@%n.service"
    lines = [f"[Unit]\nDescription={it.about}\n# For camp-status\nOnSuccess={result}\nOnFailure={result}\n"]
    if after:
        lines.append(f"After={after}\n")
    if it.mounts:
        lines.append(f"Requires={' '.join(it.mounts)}\n")
    lines.append(f"\n[Service]\nType=oneshot\nExecStart={LIB}/camp-once slot {name} {it.command}\n")
    lines.append(f"# Another instance has this run\nSuccessExitStatus={claims.NOT_MINE}\n")
    lines.append(f"WorkingDirectory={it.folder}\nEnvironmentFile={it.environment}\n")
    if it.path:
        lines.append(f"Environment=PATH={it.path}:/usr/local/bin:/usr/bin:/bin\n")
    lines += [f"{line}\n" for line in it.more]
    lines.append(f"TimeoutStartSec={schedule.deadline or 'infinity'}\n")
    lines.append(units.confinement(it))
    return "".join(lines)


def _starter(unit: str, about: str) -> str:
    """Write the service that starts each run as a unit of its own, so that runs can overlap."""
    start = f"/bin/sh -c 'exec systemctl start --no-block \"{unit}@$$(date +%%s).service\"'"
    return f"[Unit]\nDescription=Starts {about}\n\n[Service]\nType=oneshot\nExecStart={start}\n\n{sandbox.report()}"


def _timer(about: str, schedule: Schedule) -> str:
    events = "".join(f"OnCalendar={event}\n" for event in calendars.events(schedule.at, schedule.zone))
    return (
        f"# {schedule.at.text}\n[Unit]\nDescription=Runs {about} by the clock\n\n"
        f"[Timer]\n{events}AccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n"
    )


def _account(inside: ArtifactOnMachine, schedule: Schedule, chosen: claims.Claims) -> None:
    ledger = inside.given.context.ledger
    if chosen.how == "claim":
        ledger.keep(schedule.statement, f"by systemd, on one instance, claimed in the database of {chosen.variable}")
    elif chosen.how == "first":
        tier = inside.given.tier.id
        why = f"The instances of {tier} share no database in which they can claim a run, so {tier}-1 has all of them."
        help_ = "Connect it to PostgreSQL or MariaDB on another tier if another instance must replace the first."
        ledger.degrade(schedule.statement, "by systemd, on the first instance only", why, help_)
    else:
        ledger.keep(schedule.statement, "by systemd")
