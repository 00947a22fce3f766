"""What a Compose file makes of each statement, where it differs from the platform Docker."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.exporters.formats.compose.services import ComposeFile, reserved
from camp2iac.exporters.variables import OperatorVariable, parameter_address, secret_address
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.labels import LABELS
from camp2iac.topology.model import Component, Compute, Exposure, Scale, Statement, Tier
from camp2iac.topology.statement_kinds import NAME, PREVIOUSLY
from camp2iac.topology.statements import PLAN

_ONE = "All containers of a Compose file run on one computer."
_PLAIN = "Without a certificate, it is plain HTTP, for a proxy on the same computer."
_PROXY = "Run a proxy with this name and a certificate, such as Caddy or Traefik, in front of the port."


def outcomes(made: ComposeFile) -> Iterator[LedgerEntry]:
    """The outcomes that differ from those on Docker."""
    topology = made.layout.topology
    for statement in topology.statements:
        if statement.kind == PREVIOUSLY:
            yield lost(statement, "A Compose file has no state, in which a part could have another name.")
        elif statement.kind in LABELS and (statement.kind != NAME or statement.subject != PLAN):
            yield lost(statement, "A Compose file has no place for it.")
        elif statement.kind in LABELS:
            yield kept(statement, "name")
    for component in topology.components.values():
        if component.id in made.layout.images:
            for exposure in component.exposures:
                yield from _exposed(made, component, exposure)
    for tier in topology.tiers.values():
        yield from _tier(made, tier)
    for network in topology.networks.values():
        if not network.dns:
            yield kept(network.statement, f"networks.{network.id}")
    yield from _declared(made)


def _exposed(made: ComposeFile, component: Component, exposure: Exposure) -> Iterator[LedgerEntry]:
    workload = made.layout.serving.get(component.id)
    if workload is None:
        return
    name = made.balancers.get(workload.id, workload.id)
    port = next((each for each in made.ports if each.published.exposure is exposure), None)
    if exposure.port is not None:
        yield kept(exposure.port, f"services.{name}: {'ports' if port else 'expose'}")
    if exposure.outside is not None:
        if port is None:
            yield lost(exposure.outside, "The port is not public, and services reach it with its own number.")
        elif port.number != exposure.outside.value:
            why = "Another component, or the environment file, has the port or another number for it."
            why = _PLAIN if port.behind_proxy else why
            yield degraded(exposure.outside, f"services.{name}: ports, {port.number}", why)
        else:
            yield kept(exposure.outside, f"services.{name}: ports")
    if exposure.public is not None:
        if port is not None and port.behind_proxy:
            yield degraded(exposure.public, f"services.{name}: ports", _PLAIN, _PROXY)
        else:
            yield kept(exposure.public, f"services.{name}: ports" if port else "not in ports")
    if exposure.hosts is not None:
        yield lost(exposure.hosts, "Compose knows no names of the DNS.", _PROXY)
    if exposure.tls is not None and exposure.tls.value:
        yield lost(exposure.tls, "Compose has no certificates.", _PROXY)


def _tier(made: ComposeFile, tier: Tier) -> Iterator[LedgerEntry]:
    inside = [each for each in made.layout.workloads if each.tier.id == tier.id]
    if not inside:
        return
    scaled = [each.id for each in inside if each.scale is not None]
    if tier.scale is not None and scaled:
        yield _scale(tier.scale, scaled)
    for workload in inside:
        process = workload.statement
        if process is not None and process.scale is not None:
            yield _scale(process.scale, [workload.id])
        if process is not None and process.compute is not None:
            yield _compute(process.compute, [workload.id])
    running = [each.id for each in inside if not each.once and not each.schedule]
    if tier.compute is not None:
        yield _compute(tier.compute, running)
    yield from _shared(made, tier, inside)


def _shared(made: ComposeFile, tier: Tier, inside: list[Workload]) -> Iterator[LedgerEntry]:
    """What all services of a tier share: load balancers, volumes, networks, and places."""
    if tier.balance is not None:
        fronts = [made.balancers[each.id] for each in inside if each.id in made.balancers]
        if fronts:
            yield kept(tier.balance, f"services.{fronts[0]}: HAProxy")
    for volume in tier.volumes:
        owners = [each for each in inside if each.service.id == volume.subject.id]
        if any(not each.once for each in owners):
            yield _volume(volume, owners)
    if tier.networks is not None:
        yield kept(tier.networks, "networks")
    for statement in (tier.region, tier.zone, tier.spread, tier.together):
        if statement is not None:
            yield lost(statement, _ONE)


def _scale(statement: Statement[Scale], services: list[str]) -> LedgerEntry:
    scale = statement.value
    how = f"services.{services[0]}: {'deploy.replicas' if scale.maximum > 1 else 'one container'}"
    if scale.minimum == scale.maximum:
        return kept(statement, how)
    why = "Compose has one number of containers, and does not change it by itself."
    return degraded(statement, how, why, f"Change it with  docker compose up --scale {services[0]}=N")


def _compute(statement: Statement[Compute], services: list[str]) -> LedgerEntry:
    if not reserved(statement.value):
        return lost(statement, f"{_ONE} It has its own size and system.")
    why = "A reservation is a wish: docker compose does not check it, and has no word for disks and systems."
    where = services[0] if services else ""
    help_ = "For limits, write  deploy.resources.limits."
    return degraded(statement, f"services.{where}: deploy.resources.reservations", why, help_)


def _volume(statement: Statement[object], owners: list[Workload]) -> LedgerEntry:
    why = "A Compose file has no sizes and types of volumes."
    if any(each.many for each in owners):
        why = f"{why} The containers of a service share one volume."
    return degraded(statement, "volumes", why)


def _declared(made: ComposeFile) -> Iterator[LedgerEntry]:
    """Parameters and secrets: variables of the shell, or of ``.env``."""
    topology, variables = made.layout.topology, made.variables
    for parameter in topology.parameters.values():
        found = variables.used_at(parameter_address(parameter.id))
        if found is None:
            yield lost(parameter.statement, "Nothing in the Compose file uses it.")
        elif not found.whole:
            why = "The default has characters that a default in a Compose file cannot have."
            yield degraded(parameter.statement, found.text, why, f"Write {found.name} into the file  .env.")
        elif parameter.allowed or parameter.pattern:
            yield degraded(parameter.statement, found.text, "Compose does not check the value.")
        else:
            yield kept(parameter.statement, found.text)
    for secret in topology.secrets.values():
        found = variables.used_at(secret_address(secret))
        if found is None:
            yield lost(secret.statement, "Nothing in the Compose file uses it.")
        elif secret.length is None:
            yield kept(secret.statement, found.text)
        else:
            yield degraded(secret.statement, found.text, "Compose generates no secrets.", _given(found))


def _given(variable: OperatorVariable) -> str:
    return f"Write {variable.name} into the file  .env,  for example the output of  openssl rand -hex 32."
