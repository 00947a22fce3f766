"""The applications of an environment: artifacts of the plan, hosted on the products that they name."""

from __future__ import annotations

import re

from camp2iac.importers import DraftArtifact, DraftRequirement, SourcePart
from camp2iac.importers.draft import text_value
from camp2iac.importers.formats.paas_manager import forms, tables
from camp2iac.importers.formats.paas_manager.installed import InstalledProduct
from camp2iac.importers.formats.paas_manager.macros import Macros
from camp2iac.importers.formats.paas_manager.source import SourceAttribute, SourceProduct
from camp2iac.importers.named_software import DATABASES, connection
from camp2iac.importers.tiers import PROFILE, ImportedApplication, ImportedTier, value_name, variable_name
from camp2iac.record import Record

_HOSTED = {  # by product: the types of the artifact and of the requirement
    "httpd": ("org.html:Site", "org.apache:HostOn"),
    "mariadb": ("org.sql:SqlScript", "org.sql:ExecuteAt"),
    "nodejs": ("org.nodejs:src", "org.nodejs:HostOn"),
    "php": ("org.php:src", "org.php:HostOn"),
    "postgresql": ("org.sql:SqlScript", "org.sql:ExecuteAt"),
    "tomcat": ("com.java:WAR", "com.java:HostOn"),
}
_URL = re.compile(r"https?://[^\s\"'<>]{1,500}")
_TAKEN = ("PATH", "HOME", "PORT", "RUNTIME_DIRECTORY", "NOTIFY_SOCKET")


class Applications(Record):
    """Adds artifacts to an application whose products are installed."""

    application: ImportedApplication
    installed: list[InstalledProduct]
    macros: Macros

    def component(self, product: SourceProduct, tier: ImportedTier) -> None:
        """A product of 2013 that is an application on another product: its URL is the content."""
        on_tier = [each for each in self.installed if each.tier is tier]
        host = next((each for each in on_tier if each.source.name == product.parent), None)
        host = host or next((each for each in on_tier if each.name in _HOSTED), None)
        address = next((each for each in product.attributes if each.key.lower() in tables.CONTENT), None)
        right = host is not None and address is not None and host.name in tables.CONTENT[address.key.lower()]
        if host is None or address is None or not right or not _URL.fullmatch(address.value):
            why = "no product of the catalogue on its tier runs it, or its content has no URL"
            remedy = "write an artifact with  content  and  requirements"
            for part in (product.part, product.version_part, *(each.part for each in product.attributes)):
                if part is not None:
                    part.left_out(why, remedy)
            return
        artifact = self._artifact(product.name, address.value, host, product.part)
        product.part.kept(f"artifact {artifact.name}")
        address.part.kept(f"artifact {artifact.name}: content")
        if product.version_part is not None:
            product.version_part.left_out(
                "an artifact has no version", "name the version in the address of its content"
            )
        for attribute in product.attributes:
            if attribute is not address:
                self.variable(artifact, attribute)

    def artifact(self, part: SourcePart) -> None:
        """An artifact of an application that was installed in an environment."""
        name, path = forms.text(forms.find(part, "name")), forms.text(forms.find(part, "path"))
        release = forms.find(part, "products")
        on = forms.text(forms.find(release, "product")) if release is not None else ""
        host = next((each for each in self.installed if each.source.name == on and each.name in _HOSTED), None)
        if host is None or not _URL.fullmatch(path):
            remedy = "write an artifact with  content  and  requirements"
            part.left_out("no product of the catalogue runs it, or its content has no URL", remedy)
            return
        artifact = self._artifact(name or on, path, host, part)
        for key, value in forms.entries(part):
            if key == "attributes":
                for each in forms.items(value):
                    own, text = forms.text(forms.find(each, "key")), forms.find(each, "value")
                    if own and text is not None and text.is_scalar:
                        kind = forms.text(forms.find(each, "type")) or "Plain"
                        self.variable(artifact, SourceAttribute(own, text.text(), kind, each))
        part.kept(f"artifact {artifact.name}")

    def own_content(self, host: InstalledProduct) -> None:
        """The content of products that are applications: a Git repository, or additions."""
        for attribute in host.source.attributes:
            if attribute.key.lower() in tables.CODE and host.name == "nodejs":
                address = re.sub(r"^git://", "https://", attribute.value.strip())
                if _URL.fullmatch(address):
                    said = (each.value for each in host.source.attributes if each.key.lower() == "application")
                    self._artifact(next(said, "") or host.source.name, f"git+{address}", host, attribute.part)
                    remedy = "add  #COMMIT  to its address"
                    attribute.part.changed("artifact, content", "the repository has no commit", remedy)
                else:
                    attribute.part.left_out("it is not the URL of a repository", "write an artifact with  content")
        if host.name not in tables.APPLICATIONS:
            return
        type_, requirement = tables.APPLICATIONS[host.name]
        folder = f"{host.service.id}/"
        self.application.plan.files[f"{folder}README.txt"] = b"Additions: settings, extensions, themes.\n"
        name = self.application.id(f"{host.service.id}-content", "content")
        artifact = DraftArtifact(name, type_, folder, why=host.source.part.where)
        artifact.requirements.append(DraftRequirement(requirement, fulfillment=f"id:{host.service.id}"))
        database = next((each for each in self.installed if each.name == "mariadb"), None)
        fulfillment = f"id:{database.service.id}" if database is not None else ""
        artifact.requirements.append(DraftRequirement("org.sql:ConnectTo", fulfillment=fulfillment))
        self.application.plan.artifacts.append(artifact)

    def _artifact(self, name: str, href: str, host: InstalledProduct, part: SourcePart) -> DraftArtifact:
        type_, requirement = _HOSTED[host.name]
        artifact = DraftArtifact(self.application.id(name, "application"), type_, href, why=part.where)
        artifact.requirements.append(DraftRequirement(requirement, fulfillment=f"id:{host.service.id}"))
        self.application.plan.artifacts.append(artifact)
        host.artifact = host.artifact or artifact
        return artifact

    def variable(self, artifact: DraftArtifact, attribute: SourceAttribute) -> None:
        """An attribute as a variable of an artifact's processes."""
        if artifact.type == "org.sql:SqlScript":
            attribute.part.left_out("an SQL script has no variables", "write the value into the script")
            return
        name = variable_name(attribute.key)
        name = f"APP_{name}" if name in _TAKEN else name
        written = self.macros.typed(attribute.value, attribute.type)
        if written.unknown:
            attribute.part.left_out("its macro has no value", f"write  {name}  into  Env")
            return
        values = artifact.requirement(f"{PROFILE}Env").values
        if tables.is_secret(attribute.key) and not written.replaced:
            secret = value_name(f"{artifact.name}_{attribute.key}")
            values[name] = self.application.plan.secret(secret, f"{attribute.key} of {artifact.name}")
            attribute.part.changed(f"Secrets, {secret}", "the value of a secret is in no file", f"set TF_VAR_{secret}")
            return
        values[name] = written.text if written.replaced else text_value(attribute.value)
        attribute.part.kept(f"artifact {artifact.name}: Env, {name}")
        self._connect(artifact, written.text)

    def _connect(self, artifact: DraftArtifact, text: str) -> None:
        """Connect an artifact to the database that a value refers to, which opens its port."""
        for each in self.installed:
            tier, id_ = each.tier.name, each.service.id
            words = [f"PORT({id_})", f"PASSWORD({id_})"]
            words += [f"IP({tier})", f"IP({tier},"] if len(each.tier.services) == 1 else []
            if each.name in DATABASES and any(word in text for word in words):
                wanted = f"id:{id_}"
                if all(item.fulfillment != wanted for item in artifact.requirements):
                    artifact.requirements.append(DraftRequirement(connection(each.name), fulfillment=wanted))
