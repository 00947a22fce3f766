"""The products of an environment: services of the catalogue, or a script for what the catalogue does not have."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.importers import DraftArtifact, DraftRequirement, DraftValue, SourcePart
from camp2iac.importers.draft import DraftCharacteristic, text_value
from camp2iac.importers.formats.paas_manager import tables
from camp2iac.importers.formats.paas_manager.applications import Applications
from camp2iac.importers.formats.paas_manager.installed import InstalledProduct
from camp2iac.importers.formats.paas_manager.macros import Macros
from camp2iac.importers.formats.paas_manager.source import SourceAttribute, SourceProduct, SourceTier
from camp2iac.importers.named_software import software
from camp2iac.importers.scripts import NO_ADDRESS, quoted
from camp2iac.importers.tiers import (
    ImportedApplication,
    ImportedService,
    ImportedTier,
    value_name,
    variable_name,
)
from camp2iac.record import Record, field


class Products(Record):
    """Installs the products of all tiers. ``installed``: the result, in the order of the source."""

    application: ImportedApplication
    pairs: list[tuple[SourceTier, ImportedTier]]
    catalogue: Catalogue
    macros: Macros
    installed: list[InstalledProduct] = field(default_factory=list)

    def install(self, artifacts: list[SourcePart]) -> None:
        """Add services and artifacts to the application."""
        applications = []
        for source, tier in self.pairs:
            for product in source.products:
                content = any(each.key in tables.CONTENT for each in product.attributes)
                if product.parent or content:
                    applications.append((product, tier))
                else:
                    self.installed.append(self._service(product, tier))
        for each in self.installed:
            values = {item.key: item.value for item in each.source.attributes if not tables.is_secret(item.key)}
            self.macros.attributes.setdefault(each.source.name, values)
            if each.product is not None and each.product.port is not None:
                self.macros.services.setdefault(each.source.name, each.service.id)
            if each.product is not None and "password" in each.product.attributes:
                self.macros.passwords.add(each.source.name)
        for product, _ in applications:
            values = {item.key: item.value for item in product.attributes if not tables.is_secret(item.key)}
            self.macros.attributes.setdefault(product.name, values)
        made = Applications(self.application, self.installed, self.macros)
        for product, tier in applications:
            made.component(product, tier)
        for part in artifacts:
            made.artifact(part)
        for each in self.installed:
            made.own_content(each)
            self._attributes(each)
            self._ports(each)
        for each in [each for each in self.installed if each.name == "haproxy"]:
            self._balance(each)

    def _service(self, product: SourceProduct, tier: ImportedTier) -> InstalledProduct:
        id_ = self.application.id(product.name, "product")
        cookbook = product.version in tables.COOKBOOKS.get(product.name.lower(), ())
        found = software(product.name, "" if cookbook else product.version, self.catalogue)
        service = ImportedService(id_, why=product.part.where)
        tier.services.append(service)
        if found is None:
            return self._unknown(product, service, tier)
        service.characteristics.append(found.characteristic)
        known = self.catalogue[found.product]
        product.part.kept(f"service {id_}: {known.title}")
        if product.version_part is not None and product.version:
            version = product.version_part
            if cookbook:
                version.left_out("it is the version of a cookbook", "write  version  if the application needs one")
            elif found.dropped:
                version.changed(f"service {id_}: {known.title}", found.dropped)
            else:
                version.kept(f"service {id_}: {known.title}, version")
        return InstalledProduct(product, tier, service, known)

    def _unknown(self, product: SourceProduct, service: ImportedService, tier: ImportedTier) -> InstalledProduct:
        plan, label = self.application.plan, " ".join(f"{product.name} {product.version}".split())
        path = f"products/{service.id}.sh"
        shown = "".join(char for char in label if char.isalnum() or char in " .-_")
        plan.files[path] = tables.SCRIPT.format(product=shown, path=path).encode()
        service.characteristics.append(DraftCharacteristic("Linux"))
        artifact = DraftArtifact(service.id, "org.gnu.bash:Script", path, why=product.part.where)
        artifact.requirements.append(DraftRequirement("org.linux:InstallOn", fulfillment=f"id:{service.id}"))
        plan.artifacts.append(artifact)
        plan.steps.append(f"write the installation of {shown} into {path}, or use a product of your own (--catalogue)")
        remedy = f"write its installation into {path}"
        product.part.changed(f"artifact {service.id}", "the catalogue has no such product", remedy)
        if product.version_part is not None:
            product.version_part.changed(f"artifact {service.id}", "the catalogue has no such product", remedy)
        return InstalledProduct(product, tier, service, None, artifact)

    def _attributes(self, each: InstalledProduct) -> None:
        for attribute in each.source.attributes:
            key = attribute.key.lower()
            if key == tables.OPEN_PORTS:
                each.source.ports.setdefault("tcp", attribute.part)
            elif key in (*tables.MEMBERS, *tables.LOOKS_UP, tables.BALANCER):
                self._group(attribute)
            elif key in tables.CODE and each.name == "nodejs":
                continue  # see Applications.own_content
            elif each.product is None:
                self._variable(each, attribute)
            else:
                self._attribute(each, attribute)

    def _group(self, attribute: SourceAttribute) -> None:
        if any(each.name == "haproxy" for each in self.installed):
            attribute.part.changed("HAProxy, members", "the plan names the members, so no group has to be found")
        else:
            attribute.part.left_out("no load balancer of the environment finds the members of a group")

    def _variable(self, each: InstalledProduct, attribute: SourceAttribute) -> None:
        """An attribute of a product that the catalogue does not have: a variable for its script."""
        name = variable_name(attribute.key)
        if tables.is_secret(attribute.key):
            attribute.part.left_out("scripts get no secrets", "write it into a secret of the plan, for a component")
            return
        written = self.macros.typed(attribute.value, attribute.type)
        if written.replaced:
            remedy = f"read the address in the script, for example with  getent hosts,  or write it into {name}"
            attribute.part.left_out(NO_ADDRESS, remedy)
            return
        path = f"products/{each.service.id}.sh"
        data = self.application.plan.files[path].decode()
        line = f"export {name}={quoted(attribute.value)}\n"
        self.application.plan.files[path] = data.replace("echo ", f"{line}echo ", 1).encode()
        attribute.part.changed(f"{path}: {name}", "the catalogue has no such product, so its script has the variable")

    def _attribute(self, each: InstalledProduct, attribute: SourceAttribute) -> None:
        key, port = attribute.key.lower(), each.product.port if each.product is not None else None
        name = tables.ATTRIBUTES.get(each.name, {}).get(key)
        if key in tables.PORT and attribute.value.strip() == str(port):
            attribute.part.kept(f"service {each.service.id}: its port")
        elif name == "password":
            secret = value_name(f"{each.service.id}_password")
            reference = self.application.plan.secret(secret, f"The password of {each.service.id}")
            each.service.attributes()[name] = reference
            attribute.part.changed(f"Secrets, {secret}", "the value of a secret is in no file", f"set TF_VAR_{secret}")
        elif name is not None:
            each.service.attributes()[name] = self._value(attribute)
            attribute.part.kept(f"service {each.service.id}: Attributes, {name}")
        elif each.artifact is not None:
            Applications(self.application, self.installed, self.macros).variable(each.artifact, attribute)
        else:
            what = each.product.title if each.product is not None else each.name
            remedy = "write  Expose  with this port, and an artifact" if key in tables.PORT else ""
            attribute.part.left_out(f"{what} of the catalogue has no such attribute", remedy)

    def _value(self, attribute: SourceAttribute) -> DraftValue:
        written = self.macros.typed(attribute.value, attribute.type)
        return written.text if written.replaced else text_value(attribute.value)

    def _ports(self, each: InstalledProduct) -> None:
        for protocol, part in each.source.ports.items():
            value = part.get("value")
            good, bad = tables.ports(value.node.text if value is not None and hasattr(value.node, "text") else "")
            ssh = "22" in good and protocol == "tcp"
            wanted = [port for port in good if not (ssh and port == "22")]
            if wanted:
                each.tier.open(protocol, wanted, "anywhere")
            if bad:
                part.changed("Ports", "not all of its words are ports", "write the others into  Ports")
            elif ssh:
                part.changed(
                    "Ports", "SSH is for the addresses in ssh_from", "write  ssh_from  in the environment file"
                )
            else:
                part.kept("Ports")

    def _balance(self, balancer: InstalledProduct) -> None:
        """Name the members of a load balancer, and open their ports to it."""
        pairs = {tier.name: source for source, tier in self.pairs}
        own = pairs[balancer.tier.name]
        members = [each for each in self.installed if self._is_member(each, balancer, own.name, pairs)]
        if not members:
            return
        port = next((each.port for each in members if each.port), 8080)
        attributes = balancer.service.attributes()
        attributes["members"] = ",".join(dict.fromkeys(f"IPALL({each.tier.name})" for each in members))
        if own.listens is not None:
            attributes["ports"] = f"{own.listens}:{port}"
        else:
            attributes["member_port"] = port
        for each in members:
            if not each.tier.opens(port):
                each.tier.open("tcp", [str(port)], balancer.tier.name)

    def _is_member(
        self, each: InstalledProduct, balancer: InstalledProduct, tier: str, pairs: dict[str, SourceTier]
    ) -> bool:
        if each.tier is balancer.tier or each is balancer:
            return False
        keys = {item.key.lower(): item.value for item in each.source.attributes}
        looked = {item.value for item in balancer.source.attributes if item.key.lower() in tables.LOOKS_UP}
        named = keys.get(tables.BALANCER, "") in (balancer.source.name, tier)
        groups = [key for key in tables.MEMBERS if key in keys]
        group = any(not looked or keys[key] in looked or key == tables.MEMBERS[0] for key in groups)
        return named or group or pairs[each.tier.name].balancer == tier
