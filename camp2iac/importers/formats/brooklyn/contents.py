"""What runs on the services of a blueprint: WAR files, SQL, code, variables, commands, and links between entities."""

from __future__ import annotations

import re
import shlex

from camp2iac.importers import variables
from camp2iac.importers.draft import DraftArtifact, DraftRequirement, DraftValue
from camp2iac.importers.formats.brooklyn.components import PROVISIONING, BrooklynComponents, connects, sources
from camp2iac.importers.formats.brooklyn.document import BrooklynEntity
from camp2iac.importers.formats.brooklyn.types import DATABASES
from camp2iac.importers.formats.brooklyn.values import BrooklynText, credentials
from camp2iac.importers.part import SourcePart
from camp2iac.importers.scripts import NO_ADDRESS, OTHER_LANGUAGE, ScriptHost
from camp2iac.importers.tiers import PROFILE
from camp2iac.record import Record, field

_WARS = ("wars.root", "war", "wars.root.url")
_SQL = ("datastore.creation.script.url", "creationScriptUrl", "creation.script.url")
_TEMPLATES = ("datastore.creation.script.template.url", "datastore.creation.script.contents", "creationScriptContents")
_PASSWORDS = ("creation.script.password", "mysql.password", "redis.password")
_CODE = ("gitRepoUrl", "nodejs.gitRepo.url")
_START = ("appFileName", "nodejs.app.fileName", "appCommandLine", "nodejs.app.commandLine")
_POOLS = ("serverPool", "loadbalancer.serverpool", "cluster")
_STEPS = (
    "pre.install",
    "install",
    "post.install",
    "pre.customize",
    "customize",
    "post.customize",
    "pre.launch",
    "launch",
)
_ORDER = {f"{step}.command": number for number, step in enumerate(_STEPS)}
_LATER = ("stop.command", "checkRunning.command", "post.launch.command")
_URL = re.compile(r"https?://[^\s\"'<>]{1,500}")
_MERGED = ("shell.env", "java.sysprops")
_ANOTHER = "the blueprint has another value for it"
_WRITTEN = re.compile(
    r"(?:token|passw(?:or)?d|secret|api_?key)[\"']?[ \t]*[=:][ \t]*[\"']?[^\s$\"'{]{4,}", re.IGNORECASE
)
_PROPERTY = re.compile(r"[A-Za-z_][\w.-]{0,199}", re.ASCII)
_GIVEN = re.compile(r"(password=)[^&\s]*")
_NEEDED = re.compile(r"PASSWORD\([\w.-]+\)")
_ELSEWHERE = "its value is known only when the application runs, or is not in the source"


class BrooklynContents(Record):
    """Adds what the configuration of entities says. ``artifacts``: by the services that they run on."""

    components: BrooklynComponents
    artifacts: dict[str, DraftArtifact] = field(default_factory=dict)

    def add(self) -> None:
        """Add artifacts first, then what refers to other entities."""
        entities = [each for each in self.components.document.entities if each.tier]
        for entity in entities:
            for key, value in self._settings(entity):
                if key in _PASSWORDS:
                    self._password(entity, value)
                elif key in _WARS + _SQL + _CODE:
                    self._content(entity, key, value)
        for entity in entities:
            for key, value in self._settings(entity):
                self._setting(entity, key, value)
            if any(key in _ORDER for key, _ in self._settings(entity)):
                self._scripts(entity)

    def _settings(self, entity: BrooklynEntity) -> list[tuple[str, SourcePart]]:
        """The keys that count, each once; mappings of variables are merged. The others are left out."""
        found: dict[str, SourcePart] = {}
        merged: list[tuple[str, SourcePart]] = []
        for subject in sources(entity):
            for key, value in subject.settings():
                if key in _MERGED:
                    merged.append((key, value))
                elif key in found and found[key].place != value.place:
                    value.left_out(_ANOTHER)
                found.setdefault(key, value)
        return [(key, value) for key, value in found.items() if key not in _MERGED] + merged

    def _password(self, entity: BrooklynEntity, part: SourcePart) -> None:
        secret = self.components.values.external(part)
        if secret is not None and entity.product:
            self.components.values.passwords.setdefault(secret, entity)
        part.changed("a generated password", "the value of a secret is in no file", "write  password: { secret: NAME }")

    def _content(self, entity: BrooklynEntity, key: str, part: SourcePart) -> None:
        type_, requirement = {
            "tomcat": ("com.java:WAR", "com.java:HostOn"),
            "nodejs": ("org.nodejs:src", "org.nodejs:HostOn"),
        }.get(entity.product, ("org.sql:SqlScript", "org.sql:ExecuteAt"))
        keys = _WARS if entity.product == "tomcat" else _CODE if entity.product == "nodejs" else _SQL
        if key not in keys or (key in _SQL and entity.product not in DATABASES) or entity.id in self.artifacts:
            return
        components = self.components
        href = self._href(part, components.values.static(part, entity) or "")
        if not href:
            part.left_out(
                "camp2iac cannot get this file",
                "write an address that begins with https://, or add the file to the source",
            )
            return
        name = components.application.id(f"{entity.id[:20]}-{'sql' if key in _SQL else 'content'}", "content")
        artifact = DraftArtifact(name, type_, f"git+{href}" if key in _CODE else href, why=part.where)
        artifact.requirements.append(DraftRequirement(requirement, fulfillment=f"id:{entity.id}"))
        components.application.plan.artifacts.append(artifact)
        self.artifacts[entity.id] = artifact
        part.kept(f"artifact {name}")

    def _href(self, part: SourcePart, text: str) -> str:
        """Where content is: at an address, or in a file of the source."""
        text = text.strip()
        if _URL.fullmatch(text):
            return "" if variables.is_confidential("", text) else text
        if not text or ":" in text:
            return ""
        folder = self.components.source.folder
        path = folder.inside(text, part.file.rpartition("/")[0], part.span)
        data = folder.data(path, part.span) if path is not None and folder.is_file(path) else None
        if path is None or data is None:
            return ""
        self.components.application.plan.files[path] = data
        return path

    def _setting(self, entity: BrooklynEntity, key: str, part: SourcePart) -> None:
        """One configuration key, if it has no outcome yet."""
        if part.has_fate or key in PROVISIONING or key in _ORDER:
            return
        artifact = self.artifacts.get(entity.id) if entity.product not in DATABASES else None
        if key == "java.sysprops":
            self._properties(entity, artifact, part)
        elif key == "shell.env" and artifact is not None:
            for name, value in part.entries():
                self._variable(entity, artifact, name, value)
        elif key == "shell.env" and entity.product:
            part.left_out("it has no artifact that gets variables")
        elif key in _START and artifact is not None:
            self._start(entity, key, artifact, part)
        elif key in _POOLS and entity.product == "haproxy":
            self._pool(entity, part)
        elif key.endswith("port") or key in ("httpPort", "http.port.range"):
            self._port(entity, part)
        elif key in _TEMPLATES:
            part.left_out("it is a template for Brooklyn", "write a file with SQL, and an artifact org.sql:SqlScript")
        elif key in _LATER:
            part.left_out("Terraform creates and destroys instances, and systemd watches services")
        elif key not in ("shell.env", "memberSpec", "dynamiccluster.memberspec", "cluster.memberspec"):
            part.left_out("a plan has no such setting")

    def _link(self, entity: BrooklynEntity, artifact: DraftArtifact, value: BrooklynText) -> None:
        for other in value.links:
            type_, target = connects(other), f"id:{other.id}"
            if not type_:
                self.components.opened(other, self.components.tier(entity))
            elif not any(each.fulfillment == target for each in artifact.requirements):
                artifact.requirements.append(DraftRequirement(type_, fulfillment=target))

    def _text(self, entity: BrooklynEntity, name: str, part: SourcePart) -> tuple[BrooklynText | None, str]:
        """A value without passwords, and why it differs. None if it is left out, which is recorded."""
        value = self.components.values.text(part, entity)
        if value is None:
            part.left_out(_ELSEWHERE, f"write  {name}  into org.camp2iac:Env")
            return None, ""
        text, why = value.text.replace("\\&", "&"), ""
        found = credentials(BrooklynText(text))
        if found is not None and found[0] in self.components.services:
            id_, database, user = found
            attributes = self.components.services[id_].attributes()
            attributes.setdefault("database", database)
            attributes.setdefault("user", user)
            text, why = _GIVEN.sub(rf"\g<1>PASSWORD({id_})", text), f"Terraform generates the password of {id_}"
        if variables.is_confidential(name, _NEEDED.sub("", text)) and not _NEEDED.search(text):
            part.left_out("it is a secret, which has to be a variable of its own", "write  { secret: NAME }  into Env")
            return None, ""
        return BrooklynText(text, value.links), why

    def _properties(self, entity: BrooklynEntity, artifact: DraftArtifact | None, part: SourcePart) -> None:
        """System properties, as options of Java."""
        before = _variables_of(artifact).get("JAVA_OPTS")
        options: list[str] = [before] if isinstance(before, str) else []
        for name, each in part.entries():
            if any(f"-D{name}=" in option for option in options):
                each.left_out(_ANOTHER)
                continue
            if artifact is None or entity.product != "tomcat" or not _PROPERTY.fullmatch(name):
                each.left_out("no artifact that Java runs gets it")
                continue
            value, why = self._text(entity, name, each)
            if value is None or re.search(r"[\x00-\x1f]", value.text.strip()):
                each.left_out("it has several lines")
                continue
            self._link(entity, artifact, value)
            options.append(f"-D{name}={shlex.quote(value.text.strip())}")
            each.changed(f"artifact {artifact.name}: Env, JAVA_OPTS", why or "it is an option of Java")
        if options and artifact is not None:
            artifact.requirement(f"{PROFILE}Env").values["JAVA_OPTS"] = " ".join(options)

    def _variable(self, entity: BrooklynEntity, artifact: DraftArtifact, name: str, part: SourcePart) -> None:
        plan = self.components.application.plan
        if not variables.NAME.fullmatch(name) or name in ("PORT", "PATH", "HOME"):
            part.left_out("camp2iac sets it, or it is not the name of a variable")
            return
        if name in _variables_of(artifact):
            part.left_out(_ANOTHER)
            return
        known = self.components.values.text(part, entity)
        plain = known is not None and not known.links
        if self.components.values.external(part) is not None and (known is None or not known.links):
            found: DraftValue = variables.secret(plan, name)
        elif plain and known is not None and variables.is_confidential(name, known.text):
            found = variables.secret(plan, name)
        else:
            value, why = self._text(entity, name, part)
            if value is None:
                return
            self._link(entity, artifact, value)
            artifact.requirement(f"{PROFILE}Env").values[name] = value.draft
            to = f"artifact {artifact.name}: Env, {name}"
            if why:
                part.changed(to, why)
            else:
                part.kept(to)
            return
        artifact.requirement(f"{PROFILE}Env").values[name] = found
        part.changed(f"artifact {artifact.name}: Env, {name}", "the value of a secret is in no file")

    def _start(self, entity: BrooklynEntity, key: str, artifact: DraftArtifact, part: SourcePart) -> None:
        text = self.components.values.static(part, entity) or ""
        if entity.product != "nodejs" or not text.strip() or re.search(r"[\x00-\x1f]", text):
            part.left_out(_ELSEWHERE, "write  web  into org.camp2iac:Process")
            return
        line = f"node {shlex.quote(text)}" if key.lower().endswith("filename") else text
        artifact.requirement(f"{PROFILE}Process").values["web"] = line
        part.kept(f"artifact {artifact.name}: Process, web")

    def _pool(self, entity: BrooklynEntity, part: SourcePart) -> None:
        """The members of a load balancer."""
        pool = self.components.values.entity(part, entity)
        port = self.components.catalogue[pool.product].port if pool is not None and pool.product else None
        if pool is None or port is None:
            part.left_out("the blueprint has no such cluster", "write  members  into Attributes")
            return
        attributes = self.components.services[entity.id].attributes()
        attributes.update(members=f"IPALL({pool.tier})", member_port=port)
        self.components.opened(pool, self.components.tier(entity))
        part.kept(f"service {entity.id}: members")

    def _port(self, entity: BrooklynEntity, part: SourcePart) -> None:
        port = self.components.catalogue[entity.product].port if entity.product else None
        text = (self.components.values.static(part, entity) or "").strip().rstrip("+")
        if port is None:
            part.left_out("a plan opens the ports that it names", "write  org.camp2iac:Ports")
        elif text == str(port):
            part.kept(f"service {entity.id}: its port")
        else:
            part.changed(f"service {entity.id}: its port", f"the product listens on port {port}")

    def _scripts(self, entity: BrooklynEntity) -> None:
        """The commands of software that the catalogue does not have: Linux runs them once, in their order."""
        components = self.components
        settings = dict(self._settings(entity))
        if entity.product:
            for key in _ORDER:
                if key in settings:
                    settings[key].left_out("the catalogue installs the product")
            return
        host = ScriptHost(components.application, components.tier(entity), entity.tier, entity.parts[0].where)
        shell = self._shell(entity)
        for key in _ORDER:
            part = settings.get(key)
            if part is None:
                continue
            text = components.values.static(part, entity) or ""
            secret = variables.is_confidential("", text) or _WRITTEN.search(text) is not None
            artifact = (
                host.add(key.rpartition(".")[0].replace(".", "-"), text, shell, part.where) if not secret else None
            )
            if artifact is None:
                part.left_out(
                    "it has a password" if secret else OTHER_LANGUAGE if text else _ELSEWHERE, "write a script"
                )
            elif key == "launch.command":
                why = "instances run it once, when they are created"
                part.changed(f"artifact {artifact.name}", why, "let it create a unit of systemd")
            else:
                part.kept(f"artifact {artifact.name}")

    def _shell(self, entity: BrooklynEntity) -> dict[str, str]:
        """The variables that the commands get."""
        found: dict[str, str] = {}
        parts = [part for key, part in self._settings(entity) if key == "shell.env"]
        for name, value in (each for part in parts for each in (part.entries() if part.is_mapping else ())):
            text = self.components.values.static(value, entity)
            if name in found:
                value.left_out(_ANOTHER)
            elif not variables.NAME.fullmatch(name) or variables.is_confidential(name, text or ""):
                value.left_out("scripts get no secrets", "write the password into a product of your own")
            elif text is None:
                value.left_out(NO_ADDRESS, f"write  {name}  into the script")
            else:
                found[name] = text
                value.kept(f"the scripts of {entity.tier}: {name}")
        return found


def _variables_of(artifact: DraftArtifact | None) -> dict[str, DraftValue]:
    """The variables of an artifact."""
    listed = artifact.requirements if artifact is not None else []
    return next((each.values for each in listed if each.type == f"{PROFILE}Env"), {})
