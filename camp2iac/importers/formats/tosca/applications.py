"""Databases and applications of TOSCA: attributes of a service, and artifacts that run on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.importers import DraftArtifact, DraftRequirement, DraftValue, SourcePart
from camp2iac.importers.formats.tosca.components import SQL, Components, ToscaService
from camp2iac.importers.formats.tosca.document import ToscaNode
from camp2iac.importers.named_software import software
from camp2iac.importers.tiers import PROFILE, variable_name
from camp2iac.record import Record

_CODE = ("github_url", "git_url", "repository_url")
_HOSTED = {  # by product: the types of the artifact and of the requirement, and the content
    "httpd": ("org.html:Site", "org.apache:HostOn"),
    "java": ("com.java:JAR", "com.java:RunOn"),
    "nodejs": ("org.nodejs:src", "org.nodejs:HostOn"),
    "php": ("org.php:src", "org.php:HostOn"),
    "tomcat": ("com.java:WAR", "com.java:HostOn"),
}
_CONTENT = {
    "mediawiki": ("org.mediawiki:Content", "org.mediawiki:HostOn"),
    "wordpress": ("org.wordpress:Content", "org.wordpress:HostOn"),
}
_PASSWORDS = ("db_password", "password", "db_root_password", "root_password")
README = b"Additions: settings, extensions, themes.\n"
_URL = re.compile(r"https?://[^\s\"'<>]{1,500}")


class ToscaApplications(Record):
    """Adds the databases and applications of a document, whose software is added."""

    components: Components

    def add(self) -> None:
        """Add databases, then applications."""
        order = list(self.components.order())
        for node in order:
            if node.kind == "database":
                self._database(node)
        for node in order:
            if node.kind == "application":
                self._application(node)

    def _database(self, node: ToscaNode) -> None:
        below = next((each.node for each in node.of("host")), "")
        service = self.components.services.get(below)
        type_ = node.part.get("type")
        if service is None or not service.product:
            self.components.software(node)
            return
        self.components.services[node.name] = service
        self.components.values.tiers[node.name] = service.tier.name
        if type_ is not None:
            type_.kept(f"service {service.service.id}: its database")
        for key, value in node.properties():
            name = SQL.get(key)
            if key in _PASSWORDS:
                self._password(service, value)
            elif name is not None:
                self.components.attribute(service, name, value)
            elif key in ("port", "db_port") and self.components.values.static(value, node.name) == str(
                self.components.catalogue[service.product].port
            ):
                value.kept(f"service {service.service.id}: its port")
            else:
                value.left_out("the product has no such attribute")
        self._sql(node, service)
        self.components.replaced(node, self.components.catalogue[service.product].title)

    def _password(self, service: ToscaService, part: SourcePart) -> None:
        part.changed("a generated password", "the value of a secret is in no file", "write  password: { secret: NAME }")

    def _sql(self, node: ToscaNode, service: ToscaService) -> None:
        for _, file in self._files(node):
            path = self.components.path(node, file)
            if path is not None and path.endswith(".sql") and self.components.source.folder.is_file(path):
                self._artifact(node, "org.sql:SqlScript", path, "org.sql:ExecuteAt", service)
                file.kept("artifact of the database")

    def _files(self, node: ToscaNode) -> Iterator[tuple[str, SourcePart]]:
        artifacts = node.part.get("artifacts")
        listed = artifacts.items() if artifacts is not None and artifacts.is_list else [artifacts]
        for item in listed:
            for name, each in item.entries() if item is not None and item.is_mapping else ():
                file = each.get("file") if each.is_mapping else each
                if file is not None and file.is_scalar:
                    yield name, file

    def _artifact(
        self, node: ToscaNode, type_: str, href: str, requirement: str, service: ToscaService
    ) -> DraftArtifact:
        plan = self.components.application.plan
        if ":" not in href and not href.endswith("/"):
            data = self.components.source.folder.data(href)
            if data is not None:
                plan.files[href] = data
        name = self.components.application.id(
            node.name if service.node is not node else f"{node.name}-content", "component"
        )
        artifact = DraftArtifact(name, type_, href, why=node.part.where)
        artifact.requirements.append(DraftRequirement(requirement, fulfillment=f"id:{service.service.id}"))
        plan.artifacts.append(artifact)
        return artifact

    def _application(self, node: ToscaNode) -> None:
        below = self.components.services.get(next((each.node for each in node.of("host")), ""))
        found = software(node.type, "", self.components.catalogue)
        if found is not None and found.product in _CONTENT:
            self.components.software(node)
            service = self.components.services[node.name]
            type_, requirement = _CONTENT[found.product]
            folder = f"{service.service.id}/"
            self.components.application.plan.files[f"{folder}README.txt"] = (
                b"Additions: settings, extensions, themes.\n"
            )
            service.artifact = self._artifact(node, type_, folder, requirement, service)
            return
        href = self._content(node)
        if below is None or below.product not in _HOSTED or not href:
            self.components.software(node)
            return
        type_, requirement = _HOSTED[below.product]
        artifact = self._artifact(node, type_, href, requirement, below)
        part = node.part.get("type")
        if part is not None:
            part.kept(f"artifact {artifact.name}")
        self.components.services[node.name] = ToscaService(node, below.service, below.tier, below.product, artifact)
        self.components.values.tiers[node.name] = below.tier.name
        self._variables(node, artifact)
        interfaces = node.part.get("interfaces")
        if interfaces is not None:
            interfaces.changed(
                f"artifact {artifact.name}", "the catalogue deploys the content, not the scripts of the source"
            )

    def _content(self, node: ToscaNode) -> str:
        """Where the content of an application is: a repository or a file."""
        for key, value in node.properties():
            text = self.components.values.static(value, node.name) or ""
            if key in _CODE and _URL.fullmatch(text):
                value.kept("artifact: content")
                return f"git+{text}"
        for _, file in self._files(node):
            text = file.text()
            if _URL.fullmatch(text) and re.search(r"\.(war|jar|zip|tar\.gz|tgz)$", text):
                file.kept("artifact: content")
                return text
            path = self.components.path(node, file)
            if path is not None and path.endswith((".war", ".jar")) and self.components.source.folder.is_file(path):
                file.kept("artifact: content")
                return path
        return ""

    def _variables(self, node: ToscaNode, artifact: DraftArtifact) -> None:
        for key, value in node.properties():
            name = variable_name(key)
            if key in _CODE and artifact.content == f"git+{self.components.values.static(value, node.name)}":
                continue
            if name in ("CONTEXT_ROOT", "PORT", "PATH", "HOME"):
                value.left_out("camp2iac sets it", "write  com.java.servlet.contextName,  or  port  in Expose")
                continue
            found: DraftValue = self.components.values.variable(value, key, node.name)
            if found is None:
                value.left_out("its value is not in the source", f"write  {name}  into Env")
                continue
            artifact.requirement(f"{PROFILE}Env").values[name] = found
            value.kept(f"artifact {artifact.name}: Env, {name}")
