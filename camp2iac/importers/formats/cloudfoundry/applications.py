"""Applications of a manifest: code, archives and images; processes, routes, variables and services."""

from __future__ import annotations

import re

from camp2iac.detect.plan import identifier
from camp2iac.importers import amounts, code, images, software, variables
from camp2iac.importers.draft import DraftArtifact, DraftCharacteristic, DraftRequirement, DraftService, DraftValue
from camp2iac.importers.formats.cloudfoundry import state as states
from camp2iac.importers.formats.cloudfoundry.reasons import rest
from camp2iac.importers.formats.cloudfoundry.state import ManifestApplication, ManifestState
from camp2iac.importers.part import SourcePart

_ARCHIVES = {
    ".jar": ("com.java:JAR", "com.java:RunOn", "com.java:JRE"),
    ".war": ("com.java:WAR", "com.java:HostOn", "Tomcat"),
}
#: Words in names of service instances, by the product that they suggest.
_WORDS = (
    (re.compile(r"postg|pgsql|(?:^|[-_])pg(?:$|[-_])|elephant", re.I), "postgresql"),
    (re.compile(r"mysql|maria|cleardb", re.I), "mariadb"),
    (re.compile(r"valkey", re.I), "valkey"),
    (re.compile(r"redis", re.I), "redis"),
    (re.compile(r"mongo|mlab", re.I), "mongodb"),
    (re.compile(r"rabbit|amqp", re.I), "rabbitmq"),
    (re.compile(r"memcache", re.I), "memcached"),
)
_TYPE = re.compile(r"[a-z][a-z0-9-]{0,30}")
_LINE = re.compile(r"[\x00-\x1f]+")
_SHARE = "it becomes the minimum of the instance, and the operating system needs a part of it"


def add(state: ManifestState, part: SourcePart) -> None:
    """Begin the part of the plan for an application."""
    name = part.get("name")
    if name is None or not name.is_scalar or not name.text().strip():
        (name or part).wrong("an application with a name")
        return
    docker = part.get("docker")
    made = _image(state, part, name.text(), docker) if docker is not None else _code(state, part, name.text())
    if made is None:
        if not state.source.diagnostics.failed:
            part.left_out("it is part of an application that is left out")
        return
    name.kept(f"artifact {made.id}")
    state.applications.append(made)


def _image(state: ManifestState, part: SourcePart, name: str, docker: SourcePart) -> ManifestApplication | None:
    image = docker.get("image")
    text = image.text("the name of an image") if image is not None else ""
    if image is None or not images.NAME.fullmatch(text):
        (image or docker).wrong("a mapping with the name of an image")
        return None
    id_ = state.plan.id_for(name)
    artifact, service = images.add(state.plan, id_, text, f"{image.where}: {name}")
    image.kept(f"artifact {id_}: a container image")
    docker.left_out("the login of a registry belongs to the operator", "write  registries  in the environment file")
    return ManifestApplication(part, id_, artifact, service)


def _code(state: ManifestState, part: SourcePart, name: str) -> ManifestApplication | None:
    path = state.get(part, "path")
    text = path.text("the path of a folder or an archive") if path is not None else "."
    place = path or part
    folder = state.source.folder.inside(text, at=place.span)
    if folder is None:
        return None
    for ending, types in _ARCHIVES.items():
        if folder.endswith(ending):
            return _archive(state, part, name, folder, types, place)
    if not state.source.folder.is_folder(folder):
        place.left_out(f"{text[:60]} does not exist in the source", "build it first, and import the manifest again")
        _no_code(state, name, f"{text[:60]} does not exist")
        return None
    found = code.find(state.source.folder.root, folder, state.catalogue)
    if found is None:
        place.left_out(
            "camp2iac does not recognise the code, or does not know what to run",
            "see  camp2iac init  in its folder",
        )
        _no_code(state, name, "camp2iac does not recognise its code")
        return None
    id_ = state.plan.id_for(name)
    command = state.get(part, "command")
    line = _LINE.sub(" ", command.text()).strip() if command is not None and not command.empty else ""
    artifact, service = code.artifact(found, id_, folder, line), code.service(found, id_, state.catalogue)
    artifact.why = f"{place.where}: {name}"
    state.plan.artifacts.append(artifact)
    state.plan.services.append(service)
    if path is not None:
        path.kept(f"artifact {id_}: {found.title}")
    if command is not None:
        command.kept(f"artifact {id_}: Process, web")
    return ManifestApplication(part, id_, artifact, service, found, found.web)


def _no_code(state: ManifestState, name: str, why: str) -> None:
    state.plan.steps.append(f"{name[:60]} is not in the plan: {why}")


def _archive(
    state: ManifestState, part: SourcePart, name: str, path: str, types: tuple[str, str, str], place: SourcePart
) -> ManifestApplication:
    """An archive, which a build creates."""
    id_ = state.plan.id_for(name)
    artifact = DraftArtifact(id_, types[0], path, why=f"{place.where}: {name}")
    artifact.requirements.append(DraftRequirement(types[1], {}, f"id:{id_}"))
    service = DraftService(id_, [DraftCharacteristic(types[2])])
    state.plan.artifacts.append(artifact)
    state.plan.services.append(service)
    place.kept(f"artifact {id_}: content")
    if not state.source.folder.is_file(path):
        state.plan.steps.append(f"build {path}: it does not exist yet")
    return ManifestApplication(part, id_, artifact, service)


def finish(state: ManifestState, made: ManifestApplication) -> None:
    """What an application gets and needs."""
    _processes(state, made)
    _services(state, made)
    _routes(state, made)
    _environment(state, made)
    rest(state, made)


def _processes(state: ManifestState, made: ManifestApplication) -> None:
    _sizes(state, made, made.part, made.service, inherits=True)
    command = made.part.get("command")
    if command is not None and made.code is None and not command.empty:
        line = _LINE.sub(" ", command.text()).strip()
        made.artifact.requirement("org.camp2iac:Process").values["web"] = line
        command.kept(f"artifact {made.id}: Process, web")
    part = made.part.get("processes")
    for item in part.items("a list of processes") if part is not None else ():
        type_ = item.get("type")
        name = type_.text() if type_ is not None else ""
        if type_ is None or not _TYPE.fullmatch(name):
            (type_ or item).wrong("a process with a type, in lowercase letters")
            continue
        _process(state, made, name, item)
    part = made.part.get("sidecars")
    for item in part.items("a list of sidecars") if part is not None else ():
        name_, line_ = item.get("name"), item.get("command")
        name = re.sub(r"[^a-z0-9-]+", "-", name_.text().lower()).strip("-") if name_ is not None else ""
        if line_ is None or not _TYPE.fullmatch(name):
            item.wrong("a sidecar with name and command")
            continue
        made.artifact.requirement("org.camp2iac:Process").values[name] = _LINE.sub(" ", line_.text())
        for each in (name_, line_):
            if each is not None:
                each.kept(f"artifact {made.id}: Process, {name}")
        item.left_out("a process beside web shares what its instance has")


def _process(state: ManifestState, made: ManifestApplication, name: str, item: SourcePart) -> None:
    to = f"artifact {made.id}: Process, {name}"
    command = item.get("command")
    line = _LINE.sub(" ", command.text()).strip() if command is not None and not command.empty else ""
    if name == "web":
        _sizes(state, made, item, made.service, inherits=False)
        if line:
            made.artifact.requirement("org.camp2iac:Process").values["web"] = line
    else:
        own = DraftService(name)
        _sizes(state, made, item, own, inherits=False)
        values: dict[str, DraftValue] = {"command": line} if line else {}
        for found in own.characteristics:
            if found.type == "org.camp2iac:Scale":
                values["scale"] = found.values["min"]
            else:
                values["compute"] = dict(found.values)
        made.artifact.requirement("org.camp2iac:Process").values[name] = line if set(values) == {"command"} else values
        if not values:
            item.wrong("a process with a command")
    for key, each in item.entries():
        if key in ("type", "command"):
            each.kept(to)


def _sizes(
    state: ManifestState, made: ManifestApplication, part: SourcePart, service: DraftService, *, inherits: bool
) -> None:
    """Scale and Compute. ``inherits``: the values at the top of the manifest count too."""

    def get(key: str) -> SourcePart | None:
        return state.get(part, key) if inherits else part.get(key)

    instances = get("instances")
    if instances is not None:
        text = instances.text("a number")
        if states.whole(text):
            instances.left_out("the value comes from a file of variables", "write the number in the environment file")
        elif not text.isdecimal() or len(text) > 6:
            instances.wrong("a number of instances")
        elif int(text) == 0:
            instances.left_out("a service of a plan has at least one instance", "remove the artifact")
        else:
            if int(text) > 1 or service is not made.service:
                service.characteristic("org.camp2iac:Scale").values["min"] = int(text)
            instances.kept(f"service {made.id}: Scale")
    for key, field in (("memory", "memory"), ("disk_quota", "disk")):
        each = get(key)
        if each is None:
            continue
        text = each.text("an amount such as 512M")
        number = amounts.mebibytes(text)
        if states.whole(text):
            each.left_out("the value comes from a file of variables", "write the size in the environment file")
        elif number is None:
            each.wrong("an amount such as 512M")
        elif field == "disk":
            each.left_out("the image of an instance has its own size", "write  disk  in org.camp2iac:Compute")
        else:
            amounts.at_least(service, field, number)
            each.changed(f"service {made.id}: Compute, memory", _SHARE)


def _services(state: ManifestState, made: ManifestApplication) -> None:
    part = state.get(made.part, "services")
    for item in part.items("a list of services") if part is not None else ():
        named = item.get("name") if item.is_mapping else item
        name = named.text("the name of a service instance") if named is not None else ""
        if named is None or not name:
            item.wrong("a service with a name")
            continue
        product = next((product for words, product in _WORDS if words.search(name)), "")
        if not product:
            item.left_out(
                "the manifest does not say what it is, and its name suggests no product",
                "write a service with its product, or with the  href  of what exists, and a requirement ConnectTo",
            )
            continue
        if name not in state.services:
            match = software.named(product, state.catalogue)
            service = match.service(state.plan.id_for(name), item.where)
            state.plan.services.append(service)
            state.services[name] = (service, match)
        service, match = state.services[name]
        made.artifact.requirements.append(DraftRequirement(match.connect, {}, f"id:{service.id}", item.where))
        named.changed(
            f"service {service.id}: {match.characteristic}",
            f"the name suggests the product; the link sets {match.variables[0]} instead of VCAP_SERVICES",
            f"read {match.variables[0]} in the code",
        )
        item.left_out("it is for the broker that creates the service")


def _routes(state: ManifestState, made: ManifestApplication) -> None:
    without = made.part.get("no-route")
    if without is not None and without.plain is True:
        without.kept(f"artifact {made.id}: no endpoint")
        made.web = False
    if not made.web:
        return
    port = made.code.port if made.code is not None else None
    product = made.code.application.product if made.code is not None else "podman"
    values: dict[str, DraftValue] = {}
    known = port or state.catalogue[product].port
    if known or made.code is not None:
        values["port"] = known or 8080
    values |= {"as": 80, "public": True}
    made.artifact.requirements.append(DraftRequirement("org.camp2iac:Expose", values))
    to = f"artifact {made.id}: Expose"
    routes = state.get(made.part, "routes")
    for item in routes.items("a list of routes") if routes is not None else ():
        item.changed(
            to,
            "the domain belongs to Cloud Foundry, or still points to it",
            "write  hosts: [shop.example.org]  in org.camp2iac:Expose, and point the name to the new address",
        )
    for key in ("random-route", "default-route", "no-route", "host", "hosts", "domain", "domains", "no-hostname"):
        each = made.part.get(key)
        if each is not None:
            each.changed(to, "the platform has its own addresses", "write  hosts  in org.camp2iac:Expose")


def _environment(state: ManifestState, made: ManifestApplication) -> None:
    values: dict[str, DraftValue] = {}
    for owner in (state.document, made.part):
        part = owner.get("env")
        for name, each in part.entries("a mapping of variables") if part is not None else ():
            _variable(state, made, name, each, values)
    if values:
        made.artifact.requirement("org.camp2iac:Env").values.update(values)


def _variable(
    state: ManifestState, made: ManifestApplication, name: str, part: SourcePart, values: dict[str, DraftValue]
) -> None:
    to = f"artifact {made.id}: Env, {name}"
    if not variables.NAME.fullmatch(name):
        part.left_out("the names of variables have letters, digits and _ only")
        return
    if name == "PORT":
        part.kept(f"artifact {made.id}: the platform sets PORT")
        return
    text = part.text("a single value") if part.is_scalar else _json(part)
    inside = states.variables(text)
    confidential = variables.is_confidential(name, text) or any(
        variables.is_confidential(identifier(each).upper()) for each in inside
    )
    if confidential and text:
        values[name] = variables.secret(state.plan, name)
        how = "Terraform generates the value" if variables.is_generated(name) else "the operator gives the value"
        part.changed(f"{to}, a secret of the plan", how)
    elif inside:
        variable = inside[0] if states.whole(text) else name
        values[name] = state.plan.parameter(identifier(variable), variable)
        part.kept(f"{to}, a parameter of the plan")
    else:
        values[name] = variables.plain(text)
        part.kept(to)


def _json(part: SourcePart) -> str:
    import json

    return json.dumps(part.plain, default=str)
