"""Read the profile's requirements of artifacts: Env, Expose, Packages, Process, Schedule."""

from __future__ import annotations

from typing import Any, Literal, TypeVar, cast

from camp2iac.camp import edits
from camp2iac.camp.model import Requirement
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.located import located
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import Record, field
from camp2iac.topology import requirements, schedules, unread, values
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.duplicates import Once
from camp2iac.topology.model import Exposure, Process, Schedule, Statement, SystemPackages, Variable
from camp2iac.topology.process_types import ProcessTypes
from camp2iac.topology.profile import REQUIREMENTS, known, sound
from camp2iac.topology.requirements import PROFILE, RequirementKind
from camp2iac.topology.state import BuildState
from camp2iac.topology.statements import StatementKind, Statements, Subject
from camp2iac.topology.usage import ArtifactDraft

V = TypeVar("V")


class ProfileRequirements(Record):
    """The requirements of one artifact."""

    variables: list[Variable] = field(default_factory=list)
    exposures: list[Exposure] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    packages: list[SystemPackages] = field(default_factory=list)


class _Reading(Record):
    """What the readers of an artifact's requirements share."""

    artifact: Subject
    statements: Statements
    once: Once
    diagnostics: Diagnostics
    found: ProfileRequirements
    processes: ProcessTypes


def read(part: ArtifactDraft, state: BuildState) -> ProfileRequirements:
    """Read the requirements of the profile. Unknown requirement types are warned about (CAMP303)."""
    statements, diagnostics = state.statements, state.diagnostics
    once, types = Once(part.name, diagnostics), ProcessTypes(part, state)
    reading = _Reading(part.subject, statements, once, diagnostics, ProfileRequirements(), types)
    for requirement in part.artifact.requirements:
        type_ = requirement.requirement_type
        kind = requirements.kind(type_.value, state.catalogue)
        if kind in (RequirementKind.HOST, RequirementKind.CONNECT, RequirementKind.LOAD):
            continue
        unread.fulfillment(part.subject, requirement, statements)
        if type_.value.startswith(PROFILE):
            name = known(type_.value, type_.span, REQUIREMENTS, "requirement", diagnostics)
        else:
            name = "Env" if kind is RequirementKind.ENV else None
        if name is not None:
            if sound(name, requirement.extensions, part.name, diagnostics, type_.span):
                _READERS[name](reading, requirement)
        elif not type_.value.startswith(PROFILE):
            _unknown(part, requirement, state)
    return reading.found


def _unknown(part: ArtifactDraft, requirement: Requirement, state: BuildState) -> None:
    type_ = requirement.requirement_type
    best = nearest(type_.value, requirements.known(state.catalogue))
    state.diagnostics.add(
        Diagnostic(
            "CAMP303",
            f"{part.name} has a requirement of an unknown type: {type_.value}",
            type_.span,
            label="unknown requirement type",
            help="" if best else "remove it: camp2iac does not fulfil it",
            fixes=edits.type_(type_.span, "requirement_type", type_.value, best),
            mistake=f"requirement {type_.value}",
        )
    )
    state.statements.say(part.subject, kinds.REQUIREMENT, type_.value, type_.value, type_.span, name=type_.value)
    unread.requirement(part.subject, requirement, state.statements)


def _env(reading: _Reading, requirement: Requirement) -> None:
    given, span = requirement.extensions, requirement.requirement_type.span
    names = tuple(sorted(given.entries))
    for name, entry in given.entries.items():
        reading.once.first(f"the variable {name}", entry.key.span)
    statement = reading.statements.say(reading.artifact, kinds.ENV, names, f"Env: {', '.join(names)}", span)
    reading.found.variables += [
        Variable(name, values.text(entry.value), statement) for name, entry in sorted(given.entries.items())
    ]


def _expose(reading: _Reading, requirement: Requirement) -> None:
    given, span = requirement.extensions, requirement.requirement_type.span

    def say(kind: StatementKind[V], key: str, value: V | None, words: str) -> Statement[V] | None:
        if value is None:
            return None
        return reading.statements.say(reading.artifact, kind, value, f"Expose: {words}", given[key].span)

    port, outside, public, tls, protocol = (_scalar(given, key) for key in ("port", "as", "public", "tls", "protocol"))
    _exposed_once(reading.once, requirement, port, outside, protocol)
    hosts = _hosts(given)
    silent = None
    if public is None:
        words = "Expose: not public, by default"
        silent = reading.statements.say(reading.artifact, kinds.EXPOSE_DEFAULT, False, words, span)
    reading.found.exposures.append(
        Exposure(
            port=say(kinds.EXPOSE_PORT, "port", port, f"port {port}"),
            outside=say(kinds.EXPOSE_AS, "as", outside, f"as {outside}"),
            public=say(kinds.EXPOSE_PUBLIC, "public", public, "public" if public else "not public"),
            hosts=say(kinds.EXPOSE_HOSTS, "hosts", hosts or None, f"hosts {', '.join(hosts)}"),
            tls=say(kinds.EXPOSE_TLS, "tls", tls, "TLS" if tls else "no TLS"),
            protocol=cast(Literal["http", "tcp", "udp"], protocol or "http"),
            span=span,
            silent=silent,
        )
    )


def _exposed_once(once: Once, requirement: Requirement, port: Any, outside: Any, protocol: Any) -> None:
    end = f"port {port}" if port is not None else "its own port"
    end += f" as {outside}" if outside not in (None, port) else ""
    end += " over UDP" if protocol == "udp" else ""
    help_ = "write one Expose with all keys; it can have several  hosts:"
    once.first(f"Expose for {end}", requirement.requirement_type.span, help_)


def _hosts(given: Mapping) -> tuple[str, ...]:
    """The host names, each once, in lower case: the form in which the APIs of platforms return them."""
    hosts = given.get("hosts")
    listed = hosts if isinstance(hosts, Sequence) else ()
    return tuple(sorted({item.text.lower() for item in listed if isinstance(item, Scalar)}))


def _scalar(given: Mapping, key: str) -> Any:
    value = given.get(key)
    return located(value.value, value.span) if isinstance(value, Scalar) else None


def _process(reading: _Reading, requirement: Requirement) -> None:
    for name, entry in sorted(requirement.extensions.entries.items()):
        reading.once.first(f"the process {name}", entry.key.span, "keep one of them, or rename one")
        reading.found.processes.append(reading.processes.read(name, entry))


def _schedule(reading: _Reading, requirement: Requirement) -> None:
    found = schedules.read(reading.artifact, requirement, reading.once, reading.statements, reading.diagnostics)
    if found is not None:
        reading.found.schedules.append(found)


def _packages(reading: _Reading, requirement: Requirement) -> None:
    given, span = requirement.extensions, requirement.requirement_type.span
    families: dict[str, tuple[str, ...]] = {}
    for family, entry in sorted(given.entries.items()):
        items = entry.value if isinstance(entry.value, Sequence) else ()
        families[family] = tuple(item.text for item in items if isinstance(item, Scalar))
        for item in items:
            if isinstance(item, Scalar):
                reading.once.first(f"the package {item.text} of {family}", item.span)
    names = tuple(f"{family}: {', '.join(listed)}" for family, listed in families.items())
    statement = reading.statements.say(reading.artifact, kinds.PACKAGES, names, f"Packages: {'; '.join(names)}", span)
    reading.found.packages.append(SystemPackages(families, statement))


_READERS = {"Env": _env, "Expose": _expose, "Packages": _packages, "Process": _process, "Schedule": _schedule}
