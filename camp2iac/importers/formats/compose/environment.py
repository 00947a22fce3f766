"""``environment`` and ``env_file``: variables of artifacts, attributes of databases, and links."""

from __future__ import annotations

import re

from camp2iac.importers import variables
from camp2iac.importers.draft import DraftValue
from camp2iac.importers.formats.compose import interpolation
from camp2iac.importers.formats.compose.layers import value
from camp2iac.importers.formats.compose.state import ComposedService, ComposedVariable, ComposeState
from camp2iac.importers.hosts import HostReference, NamedHost, references, rewritten
from camp2iac.importers.part import SourcePart

_HOST = re.compile(
    r"(?:\w+_)?(?:HOST|HOSTS|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS|ENDPOINT|NODE|NODES|URL|URI)(?:_\w+)?", re.I
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,30}", re.ASCII)
_RESERVED = {"postgres", "root", "mysql", "admin", "mariadb", "guest", "public", "default", "template0", "template1"}
_WITHOUT_FILE = re.compile(r"(\w+?)__?FILE")
#: What the variables of images of databases say, by product.
ATTRIBUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "postgresql": {
        "database": ("POSTGRES_DB", "POSTGRESQL_DATABASE"),
        "user": ("POSTGRES_USER", "POSTGRESQL_USERNAME"),
        "password": ("POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD"),
    },
    "mariadb": {
        "database": ("MYSQL_DATABASE", "MARIADB_DATABASE"),
        "user": ("MYSQL_USER", "MARIADB_USER"),
        "password": ("MYSQL_PASSWORD", "MARIADB_PASSWORD", "MYSQL_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD"),
    },
    "mongodb": {
        "database": ("MONGO_INITDB_DATABASE", "MONGODB_DATABASE"),
        "user": ("MONGO_INITDB_ROOT_USERNAME", "MONGODB_USERNAME"),
        "password": ("MONGO_INITDB_ROOT_PASSWORD", "MONGODB_PASSWORD", "MONGODB_ROOT_PASSWORD"),
    },
    "rabbitmq": {
        "vhost": ("RABBITMQ_DEFAULT_VHOST", "RABBITMQ_VHOST"),
        "user": ("RABBITMQ_DEFAULT_USER", "RABBITMQ_USERNAME"),
        "password": ("RABBITMQ_DEFAULT_PASS", "RABBITMQ_PASSWORD"),
    },
    "redis": {"password": ("REDIS_PASSWORD",)},
    "valkey": {"password": ("VALKEY_PASSWORD", "REDIS_PASSWORD")},
}
#: What images create if no variable says it.
_DEFAULTS = {
    "postgresql": {"user": "postgres"},
    "rabbitmq": {"user": "guest", "vhost": "/"},
}
_DATABASES = {"database": "database", "vhost": "database", "user": "user"}


def collect(state: ComposeState, made: ComposedService) -> None:
    """Read the variables of a service; those of ``environment`` override those of files."""
    layers = made.layers.get("env_file")
    for part in layers.parts if layers is not None else ():
        for item in part.items() if part.is_list else (part,):
            _file(state, made, item)
    layers = made.layers.get("environment")
    for name, part in layers.named() if layers is not None else ():
        text = value(part)
        _put(made, ComposedVariable(name, state.project.values.expand(text) if text is not None else None, part))


def _put(made: ComposedService, variable: ComposedVariable) -> None:
    earlier = made.variables.get(variable.name)
    if earlier is not None and earlier.part != variable.part:
        earlier.part.left_out(f"{variable.part.where} overrides it")
    made.variables[variable.name] = variable


def _file(state: ComposeState, made: ComposedService, item: SourcePart) -> None:
    named = item.get("path") if item.is_mapping else item
    if named is None:
        item.wrong("a file, or a mapping with path")
        return
    path = state.project.source.folder.inside(state.expand(named, "the path of a file"), made.unit.base, named.span)
    if path is None:
        return
    if not state.project.source.folder.is_file(path):
        item.left_out(f"{path} does not exist", "write its variables into the requirement org.camp2iac:Env")
        return
    document = state.project.source.document(path, named.span, interpolation.parse)
    if document is None:
        return
    item.kept(f"{made.what}: the variables of the file")
    for name, part in document.entries():
        text = value(part)
        _put(made, ComposedVariable(name, state.project.values.expand(text) if text is not None else None, part))


def attributes(state: ComposeState, made: ComposedService) -> None:
    """What the variables of a database's image say about it."""
    if made.software is None:
        return
    known = ATTRIBUTES.get(made.software.product, {})
    named = [(key, name) for key, names in known.items() for name in reversed(names)]
    found = {key: made.variables[name] for key, name in named if name in made.variables}
    texts = {key: each.text.text for key, each in found.items() if each.text is not None}
    for key, default in _DEFAULTS.get(made.software.product, {}).items():
        if not texts.get(key) and _is_named(state, default):
            texts[key] = default
    made.password = texts.get("password", "")
    values = made.service.characteristic
    for key in [key for key in known if key in _DATABASES]:
        old = texts.get(key, "")
        if key == "database" and not old:
            old = texts.get("user", "")
            if not old:
                continue
        if not old:
            continue
        new = old if _NAME.fullmatch(old) and old not in _RESERVED else "app"
        values("org.camp2iac:Attributes").values[key] = new
        if key == "user":
            made.user = (old, new)
        else:
            made.database = (old, new)
    for name, variable in made.variables.items():
        _attribute(made, known, name, variable, texts)


def _is_named(state: ComposeState, word: str) -> bool:
    """Whether a variable of an artifact has a name that an image creates by default."""
    texts = (each.text for made in state.services.values() if made.artifact for each in made.variables.values())
    place = re.compile(rf"(?:^|[/=])(?:{re.escape(word)})(?:$|[:@?])")
    return any(text is not None and place.search(text.text) for text in texts)


def _attribute(
    made: ComposedService,
    known: dict[str, tuple[str, ...]],
    name: str,
    variable: ComposedVariable,
    texts: dict[str, str],
) -> None:
    plain = _WITHOUT_FILE.sub(r"\1", name)
    key = next((key for key, names in known.items() if plain in names), "")
    to = f"service {made.id}: Attributes, {key}"
    if key == "password":
        variable.part.changed(f"service {made.id}", "Terraform generates the password of the application")
    elif key and variable.text is not None and name == plain:
        text = variable.text.text
        if made.service.characteristic("org.camp2iac:Attributes").values.get(key) == text:
            variable.part.kept(to)
        else:
            variable.part.changed(to, "the name belongs to the server itself, or is not one that it accepts: app")
    else:
        variable.part.left_out(
            "it is for the image, and the product has its own configuration",
            f"see  camp2iac catalogue show {made.software.product if made.software else ''}".rstrip(),
        )


def link(state: ComposeState, made: ComposedService) -> None:
    """Find the services that the variables of an artifact name, and the ports at which."""
    for variable in made.variables.values():
        for found in _references(state, made, variable):
            other = state.services[found.name]
            made.linked.setdefault(found.name, variable.part)
            if other.artifact is not None:
                port = found.port or (80 if found.scheme == "http" and not other.ports else None)
                if port is not None and port not in other.ports and not (other.ports and found.port is None):
                    other.ports.append(port)


def _references(state: ComposeState, made: ComposedService, variable: ComposedVariable) -> list[HostReference]:
    text = variable.text.text if variable.text is not None else ""
    names = [name for name in state.services if name != made.unit.name]
    found = references(text, names)
    if text in names and not _HOST.fullmatch(variable.name):
        return []
    return found


def write(state: ComposeState, made: ComposedService) -> None:
    """The variables of an artifact: Env."""
    if made.artifact is None:
        return
    values: dict[str, DraftValue] = {}
    for name, variable in made.variables.items():
        part, to = variable.part, f"{made.what}: Env, {name}"
        if not variables.NAME.fullmatch(name):
            part.left_out("the names of variables have up to 200 letters, digits and _")
        elif name == "PORT":
            part.kept(f"{made.what}: the platform sets PORT")
        else:
            _variable(state, made, variable, to, values)
    if values:
        made.artifact.requirement("org.camp2iac:Env").values.update(values)


def _variable(
    state: ComposeState, made: ComposedService, variable: ComposedVariable, to: str, values: dict[str, DraftValue]
) -> None:
    name, part, text = variable.name, variable.part, variable.text
    covered = _covered(state, made, variable)
    if covered:
        part.changed(f"{made.what}: the link to {covered}", f"the link sets {name}")
        return
    if text is None or (text.whole and text.missing):
        reference = variables.secret(state.plan, name) if variables.is_confidential(name) else None
        values[name] = reference if reference is not None else variables.parameter(state.plan, name)
        part.kept(f"{to}, a {'secret' if reference is not None else 'parameter'} of the plan")
        return
    if _references(state, made, variable):
        values[name] = _adapted(state, made, rewritten(text.text, lambda host: _host(state, made, host)))
        part.changed(to, "the platform knows the addresses and the passwords", _login(state, made, str(values[name])))
        return
    if name.endswith("_FILE") and text.text.startswith("/run/secrets/"):
        short = name.removesuffix("_FILE")
        values[short] = variables.secret(state.plan, short if variables.is_confidential(short) else f"{short}_SECRET")
        part.changed(f"{made.what}: Env, {short}", "secrets of a plan are variables, not files")
        return
    owner = next((other for other in _databases(state, made) if text.text and other.password == text.text), None)
    if owner is not None and variables.is_confidential(name, text.text):
        values[name] = f"PASSWORD({owner.id})"
        part.changed(to, f"Terraform generates the password of {owner.id}")
    elif variables.is_confidential(name, text.text) and text.text:
        values[name] = variables.secret(state.plan, name)
        how = "Terraform generates the value" if variables.is_generated(name) else "the operator gives the value"
        part.changed(f"{to}, a secret of the plan", how)
    elif text.missing:
        values[name] = variables.plain(text.text)
        part.changed(to, f"{text.missing[0]} has no value in .env, so it is empty", f"write the value of {name}")
    elif text.whole:
        values[name] = variables.parameter(state.plan, name, text.text)
        part.kept(f"{to}, a parameter of the plan")
    else:
        values[name] = _adapted(state, made, variables.plain(text.text))
        part.kept(to)


def _login(state: ComposeState, made: ComposedService, new: str) -> str:
    """What to write if the source connects to a service without a password, and the product has one."""
    for other in _databases(state, made):
        software = other.software
        if software is None or software.product not in ("redis", "valkey", "mongodb") or other.password:
            continue
        if f"IP({other.id})" in new and "PASSWORD(" not in new:
            return f"{other.id} has a password: read {software.variables[0]}, or write  PASSWORD({other.id})"
    return ""


def _databases(state: ComposeState, made: ComposedService) -> list[ComposedService]:
    return [state.services[name] for name in made.linked if state.services[name].software is not None]


def _covered(state: ComposeState, made: ComposedService, variable: ComposedVariable) -> str:
    """The service whose link sets a variable; empty if none does."""
    text = variable.text.text if variable.text is not None else ""
    for name in made.linked:
        other = state.services[name]
        prefix = re.sub(r"\W", "_", other.id).upper()
        if other.artifact is not None and (variable.name, text) in _parts(other, name, prefix):
            return other.id
    for found in _references(state, made, variable):
        other = state.services[found.name]
        prefix = re.sub(r"\W", "_", other.id).upper()
        if other.software is not None:
            names = (*other.software.variables, f"{prefix}_URL")
            if variable.name in names and found.scheme.lower() in other.software.schemes:
                return other.id
        elif variable.name == f"{prefix}_URL" and re.fullmatch(r"http://[\w.-]+(:\d+)?/?", text):
            return other.id
    return ""


def _parts(other: ComposedService, name: str, prefix: str) -> list[tuple[str, str]]:
    """The host and the port that a link to an artifact sets, if the source has no other values."""
    return [(f"{prefix}_HOST", name), *((f"{prefix}_PORT", str(port)) for port in other.ports[:1])]


def _host(state: ComposeState, made: ComposedService, name: str) -> NamedHost | None:
    other = state.services.get(name)
    if other is None or name == made.unit.name:
        return None
    generated = other.software is not None and other.software.product != "memcached"
    if generated and not other.user[1] and other.software is not None and other.software.product == "mongodb":
        other.user, other.database = ("", "app"), ("", "app")
        other.service.characteristic("org.camp2iac:Attributes").values.update(database="app", user="app")
    return NamedHost(name, other.id, generated, other.user[1])


def _adapted(state: ComposeState, made: ComposedService, new: DraftValue) -> DraftValue:
    """The names of users and databases as the plan has them."""
    if not isinstance(new, str):
        return new
    for other in _databases(state, made):
        place = rf"IP\({other.id}\)(?::PORT\({other.id}\))?"
        for old, name in (other.user, other.database):
            if old and old != name and new == old:
                return name
            if old and old != name and f"IP({other.id})" in new:
                new = re.sub(rf"(?<=/){re.escape(old)}(?=$|\?)", name, new)
        if other.software is not None and other.software.product in ("rabbitmq", "mongodb") and other.database[1]:
            new = re.sub(rf"(@{place})(?:/|//|/%2F)?(?=$|\?)", rf"\1/{other.database[1]}", new, flags=re.IGNORECASE)
            new = new.replace("authSource=admin", f"authSource={other.database[1]}")
    return new
