"""What Score workloads make of each statement. Score leaves most decisions on a platform to its implementations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.exporters.formats.score.decisions import ports, type_of
from camp2iac.exporters.formats.score.workloads import ScoreExport, containers, health, http, label, requested
from camp2iac.exporters.variables import OperatorVariable, parameter_address, secret_address
from camp2iac.importers.score_names import BUILD
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.kit.values import words
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import Component, Compute, Exposure, Service, Statement, Tier

_PLATFORM = "The platform that the Score implementation writes for decides it."
_PROVISIONER = "The provisioner of the resource decides it."
#: Kinds that a workload has no place for, whatever their value.
_WITHOUT: Mapping[object, tuple[str, str]] = {
    kinds.SCALE: ("Score has no number of instances.", "Set it where you deploy the workload."),
    kinds.TIER: ("The containers of a workload run together, and workloads do not share instances.", ""),
    kinds.PORTS: ("Score has no firewall.", ""),
    kinds.NETWORKS: ("Score has no networks.", ""),
    kinds.NETWORK: ("Score has no networks.", ""),
    kinds.REGION: (_PLATFORM, ""),
    kinds.ZONE: (_PLATFORM, ""),
    kinds.SPREAD: (_PLATFORM, ""),
    kinds.TOGETHER: (_PLATFORM, ""),
    kinds.FLOATING: (_PLATFORM, ""),
    kinds.KEY_PAIR: (_PLATFORM, ""),
    kinds.SECURITY_GROUPS: (_PLATFORM, ""),
    kinds.PREVIOUSLY: ("Score has no state, in which a part could have another name.", ""),
    kinds.NAME: ("A workload has the id of its component as its name.", ""),
    kinds.DESCRIPTION: ("Score has no place for it, except annotations that each tool defines.", ""),
    kinds.TAGS: ("Score has no place for it, except annotations that each tool defines.", ""),
    kinds.SCHEDULE: ("Score has no schedules.", "Run the command by the clock of the platform."),
    kinds.BALANCE: (_PLATFORM, ""),
    kinds.COMPUTE: (_PROVISIONER, ""),
    kinds.VOLUME: (_PROVISIONER, ""),
    kinds.LOAD: ("Score loads nothing into a resource.", "Load it once by hand, or by a process  release."),
}


def outcomes(made: ScoreExport) -> Iterator[LedgerEntry]:
    """The outcomes that differ from those on Docker."""
    topology = made.layout.topology
    for statement in topology.statements:
        if found := _WITHOUT.get(statement.kind):
            yield lost(statement, *filter(None, found))
    for component in topology.components.values():
        if component.id in made.layout.images:
            yield from _component(made, component)
    for service in topology.services.values():
        yield from _service(made, service)
    for tier in topology.tiers.values():
        yield from _tier(made, tier)
    yield from _declared(made)


def _component(made: ScoreExport, component: Component) -> Iterator[LedgerEntry]:
    image, configuration = made.layout.images[component.id], made.layout.configurations[component.id]
    file, own = made.file(component.id), containers(made.layout, component.id)
    if image.name:
        yield kept(component.statement, f"{file}: image {image.name}")
    else:
        why = f"Score has no builds. The annotation {BUILD} names the folder with the Dockerfile."
        yield degraded(component.statement, f"{file}: image .", why, "Let your Score implementation build it.")
    for name, workload in own.items():
        process = workload.statement
        if process is not None:
            yield kept(process.statement, f"{file}: containers.{name}")
            if process.compute is not None:
                yield _compute(process.compute, f"{file}: containers.{name}")
    blind = {id(each) for each in configuration.unresolved}
    for variable in component.variables:
        if id(variable) in blind:
            missing = ", ".join(words(each) for each in made.layout.known.resolve(variable.value).missing)
            yield lost(variable.statement, f"No resource has {missing}.", "Give the variable a value:  overrides.")
        else:
            yield kept(variable.statement, f"{file}: variables")
    for link in component.links:
        told = {**configuration.plain, **configuration.secret}
        if link.variables and link.variables[0] in told:
            yield kept(link.statement, f"{file}: {', '.join(link.variables)}")
        else:
            yield lost(link.statement, f"No resource is {link.to}.", "See the service.")
        for option in link.options.values():
            yield lost(option, _PROVISIONER)
    for exposure in component.exposures:
        yield from _exposed(made, component, exposure)
    if component.silent is not None:
        yield kept(component.silent, f"{file}: no route")


def _exposed(made: ScoreExport, component: Component, exposure: Exposure) -> Iterator[LedgerEntry]:
    file, listening = made.file(component.id), ports(made.layout, component.id)
    public = any(each.exposure is exposure for each in made.layout.published)
    routed, port = public and exposure.protocol == "http", exposure.port
    if port is not None and any(each.number == port.value for each in listening):
        yield kept(port, f"{file}: service.ports")
    elif port is not None:
        yield lost(port, "No process of this component answers.", "Add a process  web.")
    if exposure.outside is not None:
        yield lost(exposure.outside, "The implementation of the route decides at which port users connect.")
    if exposure.public is not None and exposure.public.value and not routed:
        yield lost(exposure.public, "Score has routes for HTTP only.", "Publish the port where you deploy it.")
    elif exposure.public is not None:
        yield kept(exposure.public, f"{file}: resources, route" if routed else f"{file}: no route")
    if exposure.silent is not None:
        yield kept(exposure.silent, f"{file}: no route")
    if exposure.hosts is not None and routed:
        yield kept(exposure.hosts, f"{file}: resources, route")
    elif exposure.hosts is not None:
        yield lost(exposure.hosts, "Only routes have host names, and this port has none.")
    if exposure.tls is not None:
        yield lost(exposure.tls, "The implementation of the route decides about TLS.")


def _service(made: ScoreExport, service: Service) -> Iterator[LedgerEntry]:
    """Products that are resources. Runtimes and services elsewhere have the outcomes of Docker."""
    if service.id not in made.layout.services:
        return
    stated: list[Statement[object]] = [*service.chosen_by, *service.attributes.values()]
    stated += [service.version] if service.version is not None else []
    if service.id not in made.used:
        for statement in stated:
            yield lost(statement, "Resources belong to workloads, and no workload uses this one.")
        return
    kind = type_of(service)
    how = f"resources.{label(service.id)}: {kind.type}"
    for statement in service.chosen_by:
        if kind.class_:
            why = f"The type {kind.type} is the nearest one. The class says {kind.class_}."
            yield degraded(statement, how, why, "Check that your provisioner creates what you want.")
        elif kind.usual:
            yield kept(statement, how)
        else:
            why = f"Score implementations have no provisioner for the type {kind.type}."
            yield degraded(statement, how, why, "Write a provisioner for it.")
    for attribute in service.attributes.values():
        yield lost(attribute, _PROVISIONER)
    if service.version is not None:
        why = "A resource has no release, except in an annotation that your provisioner may not read."
        yield degraded(service.version, f"{how}, annotation", why, "Check the release that your provisioner creates.")


def _tier(made: ScoreExport, tier: Tier) -> Iterator[LedgerEntry]:
    inside = [
        (f"{made.file(id_)}: containers.{name}", workload)
        for id_ in made.layout.images
        for name, workload in containers(made.layout, id_).items()
        if workload.tier.id == tier.id
    ]
    running = [(where, each) for where, each in inside if not each.once]
    if tier.compute is not None and running:
        yield _compute(tier.compute, running[0][0])
    probed = [where for where, each in running if each.serves and health(each) and http(made.layout, each.node)]
    if tier.balance is not None and probed:
        why = f"Only the check has a place. {_PLATFORM}"
        yield degraded(tier.balance, f"{probed[0]}.readinessProbe", why)
    for volume in tier.volumes:
        owners = [where for where, each in running if each.service.id == volume.subject.id]
        if owners:
            why = "Score has no sizes and types of volumes."
            yield degraded(volume, f"{owners[0]}.volumes", why, "Set the size where you deploy the workload.")


def _compute(statement: Statement[Compute], where: str) -> LedgerEntry:
    compute = statement.value
    if not requested(compute):
        return lost(statement, "A container has requests for CPUs and memory only.")
    if compute.disk is None and compute.size is None and compute.os is None:
        return kept(statement, f"{where}.resources.requests")
    return degraded(statement, f"{where}.resources.requests", "A container has requests for CPUs and memory only.")


def _declared(made: ScoreExport) -> Iterator[LedgerEntry]:
    """Parameters and secrets: outputs of the resource ``environment``."""
    topology, variables = made.layout.topology, made.variables
    for parameter in topology.parameters.values():
        found = variables.used_at(parameter_address(parameter.id))
        if found is None:
            yield lost(parameter.statement, "Nothing in the workloads uses it.")
        elif found.default is not None:
            why = "The resource has no defaults."
            yield degraded(parameter.statement, _output(found), why, f".env.example has it: give {found.name}.")
        elif parameter.allowed or parameter.pattern:
            yield degraded(parameter.statement, _output(found), "Score does not check the value.")
        else:
            yield kept(parameter.statement, _output(found))
    for secret in topology.secrets.values():
        found = variables.used_at(secret_address(secret))
        if found is None:
            yield lost(secret.statement, "Nothing in the workloads uses it.")
        elif secret.length is None:
            yield kept(secret.statement, _output(found))
        else:
            why = "Score generates no secrets."
            help_ = f"Give {found.name}, for example the output of  openssl rand -hex 32."
            yield degraded(secret.statement, _output(found), why, help_)


def _output(variable: OperatorVariable) -> str:
    return f"the resource environment: {variable.name}"
