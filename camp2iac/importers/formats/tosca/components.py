"""Nodes of TOSCA that are software: products of the catalogue, scripts, databases, applications, load balancers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.importers import DraftArtifact, DraftRequirement, ImportSource, SourcePart
from camp2iac.importers.draft import DraftCharacteristic, text_value
from camp2iac.importers.formats.tosca.document import ToscaDocument, ToscaNode
from camp2iac.importers.formats.tosca.instances import Instances
from camp2iac.importers.formats.tosca.values import ToscaValues, is_secret
from camp2iac.importers.named_software import DATABASES, connection, software
from camp2iac.importers.scripts import NO_ADDRESS, OTHER_LANGUAGE, ScriptHost, is_shell
from camp2iac.importers.tiers import PROFILE, ImportedApplication, ImportedService, ImportedTier, variable_name
from camp2iac.record import Record, field

_STEPS = ("create", "configure", "start")
_LATER = ("stop", "delete")
_DEEPEST = 20
SQL = {
    "database": "database",
    "db_name": "database",
    "dbname": "database",
    "name": "database",
    "db_user": "user",
    "user": "user",
}


class ToscaService(Record):
    """A node that became a service. ``product``: of the catalogue; empty if its scripts install it."""

    node: ToscaNode
    service: ImportedService
    tier: ImportedTier
    product: str = ""
    artifact: DraftArtifact | None = None


class Components(Record):
    """Adds the software of a document to its tiers. ``services``: by the names of the nodes."""

    source: ImportSource
    document: ToscaDocument
    application: ImportedApplication
    catalogue: Catalogue
    values: ToscaValues
    instances: Instances
    services: dict[str, ToscaService] = field(default_factory=dict)

    def add(self) -> None:
        """Add software, each node after those that it requires."""
        for node in self.order():
            if node.kind == "software":
                self.software(node)

    def finish(self) -> None:
        """Add the nodes of other kinds, and the connections of all."""
        order = list(self.order())
        for node in order:
            if node.kind == "balancer":
                self._balancer(node)
            elif node.kind == "object storage":
                self._bucket(node)
            elif not node.kind:
                self._unknown(node)
        for node in order:
            if node.kind not in ("balancer", "compute", "network", "port", "storage"):
                self._requirements(node)
            node.part.left_out("the plan needs no such statement")  # what has no outcome yet

    def order(self) -> Iterator[ToscaNode]:
        """All nodes, each after those that it requires."""
        done: set[str] = set()

        def visit(node: ToscaNode, depth: int) -> Iterator[ToscaNode]:
            if node.name in done:
                return
            done.add(node.name)
            for each in node.requirements:
                if each.node in self.document.nodes and depth < _DEEPEST:
                    yield from visit(self.document.nodes[each.node], depth + 1)
            yield node

        for node in self.document.nodes.values():
            yield from visit(node, 0)

    def host(self, node: ToscaNode) -> ToscaNode:
        """The node at the bottom of those that host a node."""
        seen = {node.name}
        while True:
            below = next((each.node for each in node.of("host") if each.node in self.document.nodes), "")
            if not below or below in seen:
                return node
            seen.add(below)
            node = self.document.nodes[below]

    def tier(self, node: ToscaNode) -> ImportedTier:
        """The tier of a node: that of its Compute node, or a new one."""
        host = self.host(node)
        tier = self.instances.tiers.get(host.name) or self.instances.tier(host, host.name)
        self.values.tiers[node.name] = tier.name
        return tier

    def software(self, node: ToscaNode) -> None:
        """A service for a node: a product of the catalogue, or Linux with its scripts."""
        tier = self.tier(node)
        version = node.property("component_version") or node.property("version")
        text = self.values.static(version, node.name) or ""
        found = software(node.type, text, self.catalogue)
        if found is None and (not self._scripts_of(node) or "DBMS" in node.type):
            found = software(node.name, text, self.catalogue)
        type_ = node.part.get("type")
        if found is None:
            host = ScriptHost(self.application, tier, node.name, node.part.where)
            self._scripts(node, host)
            service = host.service
            if service is None:
                service = ImportedService(
                    self.application.id(node.name, "software"), [DraftCharacteristic("Linux")], node.part.where
                )
                tier.services.append(service)
            self.services[node.name] = ToscaService(node, service, tier)
            if type_ is not None:
                type_.changed(
                    f"service {service.id}", "the catalogue has no such product", "check what its scripts install"
                )
        else:
            service = ImportedService(
                self.application.id(node.name, "software"), [found.characteristic], node.part.where
            )
            tier.services.append(service)
            self.services[node.name] = ToscaService(node, service, tier, found.product)
            title = self.catalogue[found.product].title
            if type_ is not None:
                type_.kept(f"service {service.id}: {title}")
            if version is not None and (found.dropped or not text):
                version.changed(f"service {service.id}: {title}", found.dropped or "its value is not in the source")
            elif version is not None:
                version.kept(f"service {service.id}: {title}, version")
            self.replaced(node, title)
        self._properties(self.services[node.name])

    def replaced(self, node: ToscaNode, title: str) -> None:
        """Record that a product of the catalogue replaces the scripts of a node."""
        interfaces = node.part.get("interfaces")
        if interfaces is not None:
            interfaces.changed(f"product {title}", "the catalogue installs it, not the scripts of the source")
        artifacts = node.part.get("artifacts")
        if artifacts is not None:
            artifacts.left_out("the catalogue installs the product")

    def _properties(self, service: ToscaService) -> None:
        node, known = service.node, self.catalogue[service.product] if service.product else None
        for key, value in node.properties():
            if key in ("component_version", "version"):
                if known is None:
                    value.left_out("the scripts decide the release")
                continue
            name = SQL.get(key) if service.product in DATABASES and key != "name" else key
            if (
                known is not None
                and key in ("port", "http_port")
                and self.values.static(value, node.name) == str(known.port)
            ):
                value.kept(f"service {service.service.id}: its port")
            elif known is not None and name in known.attributes and not is_secret(key):
                self.attribute(service, name or "", value)
            elif is_secret(key):
                value.changed("a generated password", "the value of a secret is in no file")
            else:
                value.left_out(
                    "the product has no such attribute" if known else "its scripts get what their inputs name"
                )

    def attribute(self, service: ToscaService, name: str, part: SourcePart) -> None:
        """Set an attribute of a service."""
        text = self.values.static(part, service.node.name)
        if text is None:
            part.left_out("its value is not in the source", f"write  {name}  into Attributes")
            return
        service.service.attributes()[name] = text_value(text)
        part.kept(f"service {service.service.id}: Attributes, {name}")

    def _scripts_of(self, node: ToscaNode) -> list[tuple[str, SourcePart, SourcePart]]:
        """The operations of a node or its type: name, definition, and the part with the file."""
        found: dict[str, tuple[SourcePart, SourcePart]] = {}
        places = [node.part.get("interfaces"), *(each.get("interfaces") for each in self.document.ancestry(node.type))]
        for interfaces in places:
            for _, interface in interfaces.entries() if interfaces is not None and interfaces.is_mapping else ():
                operations = interface.get("operations") or interface
                for name, operation in operations.entries() if operations.is_mapping else ():
                    file = operation.get("implementation") if operation.is_mapping else operation
                    file = file.get("primary") if file is not None and file.is_mapping else file
                    if file is not None and file.is_scalar and name not in found and name != "type":
                        found[name] = (operation, file)
        return [(name, *parts) for name, parts in found.items()]

    def _scripts(self, node: ToscaNode, host: ScriptHost) -> None:
        operations = {name: (operation, file) for name, operation, file in self._scripts_of(node)}
        for name in _STEPS:
            if name in operations:
                operation, file = operations[name]
                self._operation(node, host, name, operation, file)
        for name, (operation, _) in operations.items():
            if name in _LATER:
                operation.left_out("Terraform destroys the instance")
            elif name not in _STEPS:
                operation.left_out("only create, configure and start are run")
        artifacts = node.part.get("artifacts")
        if artifacts is not None:
            artifacts.left_out("the scripts have what they need", "write an artifact of the type org.linux:Files")

    def _operation(self, node: ToscaNode, host: ScriptHost, name: str, operation: SourcePart, file: SourcePart) -> None:
        path = self.path(node, file)
        text = self.source.text(path, file.span) if path is not None and self.source.folder.is_file(path) else None
        if text is None or not is_shell(text):
            why = "the source has no such file" if text is None else OTHER_LANGUAGE
            file.left_out(why, "write a script, and an artifact that runs it")
            operation.left_out(why)
            return
        interface = operation.get("inputs")
        variables: dict[str, str] = {}
        for key, value in interface.entries() if interface is not None and interface.is_mapping else ():
            found = self.values.static(value, node.name)
            if is_secret(key):
                value.left_out("scripts get no secrets", "write the password into a product of your own")
            elif found is None:
                value.left_out(NO_ADDRESS, f"write  {variable_name(key)}  into the script")
            else:
                variables[re.sub(r"\W", "_", key, flags=re.ASCII)] = found
                value.kept(f"script {name}: {key}")
        artifact = host.add(
            name, text, {key: value for key, value in variables.items() if not key[:1].isdigit()}, file.where
        )
        if artifact is not None:
            operation.kept(f"artifact {artifact.name}")

    def path(self, node: ToscaNode, file: SourcePart) -> str | None:
        """The path of a file that a node names, or that its artifact of this name is."""
        name = file.text()
        artifacts = node.part.get("artifacts")
        named = artifacts.get(name) if artifacts is not None else None
        named = named.get("file") if named is not None and named.is_mapping else named
        if named is not None and named.is_scalar:
            name = named.text()
        if ":" in name or not name:
            return None
        return self.source.folder.inside(name, posixpath.dirname(file.file), file.span)

    def _balancer(self, node: ToscaNode) -> None:
        members = [
            each.node for each in node.requirements if each.node in self.services or each.node in self.instances.tiers
        ]
        tier = self.tier(node)
        service = ImportedService(
            self.application.id(node.name, "balancer"), [DraftCharacteristic("HAProxy")], node.part.where
        )
        tier.services.append(service)
        self.services[node.name] = ToscaService(node, service, tier, "haproxy")
        names = [self.values.tiers[each] for each in members if self.values.tiers.get(each)]
        port = 8080
        for member in members:
            known = self.services.get(member)
            if known is not None and known.product and self.catalogue[known.product].port:
                port = self.catalogue[known.product].port or port
        if names:
            service.attributes()["members"] = ",".join(dict.fromkeys(f"IPALL({each})" for each in names))
            service.attributes()["member_port"] = port
        for name in dict.fromkeys(names):
            target = next(each for each in self.application.tiers if each.name == name)
            target.open("tcp", [str(port)], tier.name)
        type_ = node.part.get("type")
        if type_ is not None:
            type_.kept(f"service {service.id}: HAProxy")
        for _, value in node.properties():
            value.left_out("HAProxy of the catalogue has other attributes", "write  algorithm  into Attributes")
        for each in node.requirements:
            if each.node in members:
                each.part.kept(f"service {service.id}: members")

    def _bucket(self, node: ToscaNode) -> None:
        service = ImportedService(
            self.application.id(node.name, "store"), [DraftCharacteristic(f"{PROFILE}ObjectStore")], node.part.where
        )
        self.application.alone.append(service)
        type_ = node.part.get("type")
        if type_ is not None:
            type_.kept(f"service {service.id}: an object store")
        for _, value in node.properties():
            value.left_out("the platform decides it")

    def _unknown(self, node: ToscaNode) -> None:
        if any(each.node in self.document.nodes for each in node.of("host")):
            self.software(node)
        else:
            node.part.left_out("camp2iac does not know its type, and no node hosts it", "write a service")

    def _requirements(self, node: ToscaNode) -> None:
        """Connections between components, and what is left of the requirements."""
        mine = self.services.get(node.name)
        for each in node.requirements:
            other = self.services.get(each.node)
            if each.name == "host" and (other is not None or each.node in self.instances.tiers):
                each.part.kept("Placement, tier")
            elif each.name == "dependency":
                each.part.kept("the order of the plan")
            elif mine is not None and mine.artifact is not None and other is not None and connection(other.product):
                type_ = connection(other.product)
                mine.artifact.requirements.append(DraftRequirement(type_, fulfillment=f"id:{other.service.id}"))
                each.part.kept(f"artifact {mine.artifact.name}: {type_}")
            elif mine is not None and other is not None and other.product:
                port = self.catalogue[other.product].port
                if port and mine.tier is not other.tier:
                    other.tier.open("tcp", [str(port)], mine.tier.name)
                each.part.changed("Ports", "the scripts connect themselves", "write a requirement of an artifact")
            elif mine is not None and other is not None:
                each.part.changed("the order of the plan", "camp2iac does not know its port", "write  Ports")
            else:
                each.part.left_out("the source has no node for it, or a plan has no such relationship")
