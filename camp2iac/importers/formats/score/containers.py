"""Containers of Score workloads: variables, endpoints, volumes, sizes."""

from __future__ import annotations

import re

from camp2iac.detect.plan import identifier
from camp2iac.importers import amounts, variables
from camp2iac.importers.draft import (
    DraftArtifact,
    DraftCharacteristic,
    DraftRequirement,
    DraftService,
    DraftValue,
    NotedValue,
)
from camp2iac.importers.formats.score import covered
from camp2iac.importers.formats.score.placeholders import Placeholder, split
from camp2iac.importers.formats.score.resources import ScoreResource, ScoreWorkload
from camp2iac.importers.formats.score.state import ScoreState
from camp2iac.importers.part import SourcePart
from camp2iac.topology.ids import slug

SIZE = "10 GiB"
_MOUNT = re.compile(r"/[^\x00-\x1f\"'$`\\ ]+")


def read(state: ScoreState, workload: ScoreWorkload) -> None:
    """The endpoints of a workload: its ports, and the routes to them."""
    if not workload.artifacts:
        return
    service = workload.document.get("service")
    ports = service.get("ports") if service is not None else None
    artifact = workload.artifacts[0]
    routes = [made for made in workload.resources.values() if made.type == "route"]
    for name, part in ports.entries("a mapping of ports") if ports is not None else ():
        _port(artifact, name, part, routes)
    for route in routes:
        route.part.left_out("it has no port of the workload", "write a requirement org.camp2iac:Expose")


def _port(artifact: DraftArtifact, name: str, part: SourcePart, routes: list[ScoreResource]) -> None:
    number, target = part.get("port"), part.get("targetPort")
    text = number.text() if number is not None else ""
    inside = target.text() if target is not None else text
    if not all(each.isdecimal() and 0 < int(each) < 65536 for each in (text, inside)):
        part.wrong("a mapping with port, a number between 1 and 65535")
        return
    values: dict[str, DraftValue] = {"port": int(inside)}
    if text != inside:
        values["as"] = int(text)
    protocol = part.get("protocol")
    if protocol is not None and protocol.text().upper() == "UDP":
        values["protocol"] = "udp"
    to = f"artifact {artifact.name}: Expose, port {inside}"
    for route in routes:
        params = route.part.get("params")
        wanted = params.get("port") if params is not None else None
        if wanted is not None and wanted.is_scalar and wanted.text() in (name, text):
            values |= {"as": 80, "public": True}
            _route(route, to)
    artifact.requirements.append(DraftRequirement("org.camp2iac:Expose", values, why=part.where))
    part.kept(to)


def _route(route: ScoreResource, to: str) -> None:
    for key, each in route.part.entries():
        if key != "params":
            each.kept(f"{to}, public")
            continue
        for name, param in each.entries():
            if name == "host":
                param.changed(
                    to,
                    "the host name is a decision of the operator",
                    "write  hosts: [shop.example.org]  in org.camp2iac:Expose",
                )
            elif name == "path" and param.plain not in ("/", None):
                param.left_out("users reach all paths of a component", "put nginx or HAProxy in front of it")
            else:
                param.kept(f"{to}, public")


def finish(state: ScoreState, workload: ScoreWorkload) -> None:
    """What containers get and need."""
    for of, entry, artifact, service in state.containers:
        if of is not workload:
            continue
        part = entry.get("variables")
        values: dict[str, DraftValue] = {}
        for name, each in part.entries("a mapping of variables") if part is not None else ():
            _variable(state, workload, artifact, name, each, values)
        if values:
            artifact.requirement("org.camp2iac:Env").values.update(values)
        _volumes(workload, entry, service)
        _sizes(entry, service)
        _links(state, workload, artifact)
        _rest(entry)


def _variable(
    state: ScoreState,
    workload: ScoreWorkload,
    artifact: DraftArtifact,
    name: str,
    part: SourcePart,
    values: dict[str, DraftValue],
) -> None:
    to = f"artifact {artifact.name}: Env, {name}"
    if not variables.NAME.fullmatch(name):
        part.left_out("the names of variables have up to 200 letters, digits and _")
        return
    if name == "PORT":
        part.kept(f"artifact {artifact.name}: the platform sets PORT")
        return
    if linked := covered.link(workload, name, part.text("a single value")):
        part.changed(f"artifact {artifact.name}: the link to {linked}", f"the link sets {name}")
        return
    pieces = split(part.text("a single value"))
    found = [_value(state, workload, each) if isinstance(each, Placeholder) else each for each in pieces]
    unknown = [each for each, value in zip(pieces, found, strict=True) if value is None]
    if not any(isinstance(each, Placeholder) for each in pieces):
        text = "".join(each for each in pieces if isinstance(each, str))
        if text and variables.is_confidential(name, text):
            values[name] = variables.secret(state.plan, name)
            part.changed(f"{to}, a secret of the plan", "a plan has no secrets")
        else:
            values[name] = variables.plain(text)
            part.kept(to)
    elif unknown:
        words = "_".join(each.output or each.steps[-1] for each in unknown if isinstance(each, Placeholder))
        confidential = variables.is_confidential(name) or variables.is_confidential(words.upper())
        value = state.plan.secret(identifier(name), name) if confidential else variables.parameter(state.plan, name)
        values[name] = value
        how = "secret" if confidential else "parameter"
        if (
            all(isinstance(each, Placeholder) and _is_environment(workload, each) for each in unknown)
            and len(pieces) == 1
        ):
            part.kept(f"{to}, a {how} of the plan")
        else:
            part.changed(f"{to}, a {how} of the plan", "the operator knows the value")
    else:
        values[name] = "".join(each for each in found if each is not None)
        if all(isinstance(each, str) or each.steps[0] == "metadata" for each in pieces):
            part.kept(to)
        else:
            part.changed(to, "the platform knows the addresses and the passwords")


def _is_environment(workload: ScoreWorkload, place: Placeholder) -> bool:
    made = workload.resources.get(place.resource)
    return made is not None and made.type == "environment"


def _value(state: ScoreState, workload: ScoreWorkload, place: Placeholder) -> str | None:
    """What a placeholder is in the plan; None if only the operator knows it."""
    if place.steps[0] == "metadata":
        part: SourcePart | None = workload.document.get("metadata")
        for step in place.steps[1:]:
            part = part.get(step) if part is not None else None
        return part.text() if part is not None and part.is_scalar else None
    made = workload.resources.get(place.resource)
    if made is None:
        return None
    if made.type == "service-port":
        other = _callee(state, made)
        if other is not None:
            return {"hostname": f"IP({other.name})", "host": f"IP({other.name})", "port": f"PORT({other.name})"}.get(
                place.output
            )
    return made.output(place.output)


def _callee(state: ScoreState, made: ScoreResource) -> DraftArtifact | None:
    """The artifact that a resource ``service-port`` names."""
    params = made.part.get("params")
    named = params.get("workload") if params is not None else None
    other = state.workloads.get(named.text()) if named is not None and named.is_scalar else None
    return other.artifacts[0] if other is not None and other.artifacts else None


def _links(state: ScoreState, workload: ScoreWorkload, artifact: DraftArtifact) -> None:
    """Requirements to connect: to all resources of the workload, and to workloads that it calls."""
    for made in workload.resources.values():
        if made.service is not None and made.match is not None:
            link = DraftRequirement(made.match.connect, {}, f"id:{made.service.id}", made.part.where)
            artifact.requirements.append(link)
        elif made.type == "service-port":
            other = _callee(state, made)
            if other is artifact:
                made.part.kept(f"artifact {artifact.name}: its own address")
            elif other is not None and any(each.type == "org.camp2iac:Expose" for each in other.requirements):
                artifact.requirements.append(DraftRequirement("ConnectTo", {}, f"id:{other.name}", made.part.where))
                made.part.kept(f"artifact {artifact.name}: ConnectTo {other.name}")


def _volumes(workload: ScoreWorkload, entry: SourcePart, service: DraftService) -> None:
    part = entry.get("volumes")
    if part is None:
        return
    mounts = ((None, item) for item in part.items()) if part.is_list else part.entries("a list or mapping of volumes")
    for path, item in mounts:
        source, target = item.get("source"), item.get("target")
        place = path if path is not None else target.text() if target is not None else ""
        name = source.text() if source is not None else ""
        pieces = [each for each in split(name) if isinstance(each, Placeholder)]
        name = pieces[0].resource or name if pieces else name
        if not name or not _MOUNT.fullmatch(place):
            item.wrong("a volume with source, at an absolute path")
            continue
        values: dict[str, DraftValue] = {
            "name": slug(name)[:63],
            "size": NotedValue(SIZE, "the source does not say the size"),
            "mount": place,
        }
        service.characteristics.append(DraftCharacteristic("org.camp2iac:Volume", values))
        why = f"a volume has a size, and the source names none: {SIZE}"
        item.changed(f"service {service.id}: Volume {values['name']}", why)
        resource = workload.resources.get(name)
        if resource is not None and resource.type == "volume":
            resource.part.kept(f"service {service.id}: Volume {values['name']}")


def _sizes(entry: SourcePart, service: DraftService) -> None:
    part = entry.get("resources")
    for _, group in part.entries() if part is not None else ():
        for key, each in group.entries():
            number = (amounts.cores if key == "cpu" else amounts.mebibytes)(each.text("an amount"))
            if key not in ("cpu", "memory"):
                each.left_out("Compute has cores and memory")
            elif number is None:
                each.wrong("an amount such as 500m or 256Mi")
            else:
                amounts.at_least(service, "cores" if key == "cpu" else "memory", number)
                each.changed(
                    f"service {service.id}: Compute",
                    "it becomes the minimum of the instance, and the operating system needs a part of it",
                )


def _rest(entry: SourcePart) -> None:
    for key, part in entry.entries():
        if part.has_fate:
            continue
        if key == "files":
            part.left_out("a plan has no files beside the content", "put the file into the image")
        elif key in ("livenessProbe", "readinessProbe"):
            part.left_out("the platform checks the port", "write  health: /PATH  in org.camp2iac:Balance")
        else:
            part.left_out("Score has no such key")
