"""Entities of Brooklyn as tiers and services: products of the catalogue, instances with scripts, clusters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.importers.amounts import cores, mebibytes
from camp2iac.importers.draft import DraftValue
from camp2iac.importers.formats.brooklyn.document import BrooklynDocument, BrooklynEntity, types_of
from camp2iac.importers.formats.brooklyn.types import known, type_name
from camp2iac.importers.formats.brooklyn.values import BrooklynValues
from camp2iac.importers.named_software import connection, software
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.importers.tiers import ImportedApplication, ImportedService, ImportedTier
from camp2iac.record import Record, field
from camp2iac.topology.quantities import words

_INITIAL = ("initialSize", "cluster.initial.size", "dynamiccluster.initialsize", "initial.size")
_LARGEST = ("maxSize", "cluster.max.size")
_MOST = 1000  # instances
_SCALING = {
    "minPoolSize": "min",
    "maxPoolSize": "max",
    "autoscaler.minPoolSize": "min",
    "autoscaler.maxPoolSize": "max",
}
PROVISIONING = ("provisioning.properties", "provisioningProperties", "templateOptions")
_SIZES = {"minRam": "memory", "min-ram": "memory", "minCores": "cores", "min-cores": "cores", "minDisk": "disk"}
_KINDS = {"software": "linux", "machine": "linux"}


class BrooklynComponents(Record):
    """What the entities of a blueprint have become so far. ``tiers``, ``services``: by their names."""

    source: ImportSource
    document: BrooklynDocument
    application: ImportedApplication
    catalogue: Catalogue
    values: BrooklynValues
    tiers: dict[str, ImportedTier] = field(default_factory=dict)
    services: dict[str, ImportedService] = field(default_factory=dict)

    def add(self) -> None:
        """Add tiers and services for all entities."""
        for entity in self.document.tops:
            self._place(entity, None)
        for entity in self.document.entities:
            if entity.tier:
                self._scale(entity)
                for part in sources(entity):
                    for key, value in part.settings():
                        if key in PROVISIONING:
                            self._provisioning(entity, value)

    def tier(self, entity: BrooklynEntity) -> ImportedTier:
        """The tier of an entity."""
        return self.tiers[entity.tier]

    def _place(self, entity: BrooklynEntity, tier: ImportedTier | None) -> None:
        what, differs = self._what(entity)
        if what and what not in ("group", "same"):
            tier = tier or self._tier(entity)
            entity.tier = entity.id = tier.name
            self._service(entity, what, differs, tier)
            tier = None
        else:
            if what == "same":
                tier = tier or self._tier(entity)
            for type_ in types_of(entity) if what else ():
                type_.kept("its children, on one instance" if what == "same" else "its children")
        for child in entity.children:
            self._place(child, tier)

    def _tier(self, entity: BrooklynEntity) -> ImportedTier:
        tier = self.application.tier(entity.name, entity.parts[0].where)
        self.tiers[tier.name] = tier
        return tier

    def _what(self, entity: BrooklynEntity) -> tuple[str, str]:
        """What runs on the instances of an entity, and how it differs."""
        if entity.kind not in ("cluster", "balanced"):
            return entity.kind, entity.differs
        if entity.member is not None:
            if entity.member.kind in ("cluster", "balanced", "group", "same"):
                return "", ""
            return entity.member.kind, entity.member.differs
        name = type_name(entity.parts[-1])
        web = entity.kind == "balanced" or "WebApp" in name
        return ("tomcat", "") if web and known(name)[0] else ("", "")

    def _service(self, entity: BrooklynEntity, what: str, differs: str, tier: ImportedTier) -> None:
        found = software(what, "", self.catalogue) if what not in _KINDS else None
        if found is not None:
            service = ImportedService(
                self.application.id(entity.name, what), [found.characteristic], entity.parts[0].where
            )
            tier.services.append(service)
            self.services[service.id] = service
            entity.id, entity.product = service.id, what
            to = f"service {service.id}: {self.catalogue[what].title}"
        else:
            to = f"tier {tier.name}"
        for subject in sources(entity):
            for type_ in types_of(subject):
                if differs and subject.kind not in ("cluster", "balanced"):
                    type_.changed(to, differs)
                elif subject.kind == "balanced":
                    type_.changed(f"{to}, Balance", "the environment file decides what balances", "write  balancer")
                else:
                    type_.kept(to)
        if entity.kind == "balanced" and found is not None:
            tier.balance = {}

    def _scale(self, entity: BrooklynEntity) -> None:
        """The number of instances of a cluster, also as its policies say it."""
        counts: dict[str, list[SourcePart]] = {}
        policies: list[SourcePart] = []
        for subject in sources(entity):
            for key, value in subject.settings():
                if key in _INITIAL or key in _LARGEST:
                    counts.setdefault("initial" if key in _INITIAL else "max", []).append(value)
            for part in subject.parts:
                policies += self._policies(part, counts)
        if entity.kind in ("cluster", "balanced"):
            self._counts(entity, counts)
        else:
            for value in (each for listed in counts.values() for each in listed):
                value.left_out("it is not a cluster", "write  org.camp2iac:Scale")
        for policy in policies:
            policy.left_out("no platform of camp2iac scales by rules", "write  scale  in the environment file")

    def _counts(self, entity: BrooklynEntity, counts: dict[str, list[SourcePart]]) -> None:
        found = {key: self.values.number(listed[0], entity) for key, listed in counts.items()}
        numbers = {key: value for key, value in found.items() if value is not None and value <= _MOST}
        first = numbers.get("initial", max(1, numbers.get("min", 1)))
        scale: dict[str, DraftValue] = {
            "min": min(numbers.get("min", first), first),
            "initial": first,
            "max": max(numbers.get("max", first), first, 1),
        }
        self.tier(entity).scale = scale
        for key, listed in counts.items():
            for number, value in enumerate(listed):
                if number:
                    value.left_out("the blueprint says it twice")
                elif scale[key] == found[key]:
                    value.kept(f"Scale, {key}")
                else:
                    why = "its value is not in the source, or not min <= initial <= max"
                    value.changed(f"Scale, {key}", why, f"write  {key}  into Scale")

    def _policies(self, part: SourcePart, counts: dict[str, list[SourcePart]]) -> list[SourcePart]:
        """The policies that scale a cluster. What they say about its size is added to the counts."""
        found: list[SourcePart] = []
        policies = part.get("brooklyn.policies")
        for policy in policies.items() if policies is not None and policies.is_list else ():
            name = type_name(policy)
            if "autoscaler" not in name.lower():
                policy.left_out("no platform of camp2iac has such a policy")
                continue
            config = policy.get("brooklyn.config")
            for key, value in config.entries() if config is not None and config.is_mapping else ():
                if key in _SCALING:
                    counts.setdefault(_SCALING[key], []).append(value)
            found.append(policy)
        return found

    def _provisioning(self, entity: BrooklynEntity, part: SourcePart) -> None:
        tier = self.tier(entity)
        for key, value in part.entries() if part.is_mapping else ():
            wanted = _SIZES.get(key, "")
            if wanted:
                self._size(entity, tier, wanted, value)
            elif key == "inboundPorts":
                self._ports(tier, value)
            elif key in ("osFamily", "osVersionRegex", "imageId", "imageNameRegex", "imageDescriptionRegex"):
                value.left_out(
                    "the environment file decides the operating system", "write  image  in the environment file"
                )
            else:
                value.left_out("the environment file decides it")

    def _size(self, entity: BrooklynEntity, tier: ImportedTier, wanted: str, part: SourcePart) -> None:
        text = (self.values.static(part, entity) or "").strip()
        found: DraftValue = None
        if wanted == "cores":
            found = cores(text)
        else:
            unit = "M" if wanted == "memory" else "G"
            amount = mebibytes(text + unit if re.fullmatch(r"[0-9.]{1,12}", text) else text)
            found = words(amount) if amount else None
        if found is None or wanted in tier.compute:
            part.left_out("its value is not in the source, or said before", f"write  {wanted}  into Compute")
        else:
            tier.compute[wanted] = found
            part.kept(f"tier {tier.name}: Compute, {wanted}")

    def _ports(self, tier: ImportedTier, part: SourcePart) -> None:
        for each in part.items() if part.is_list else (part,):
            text = each.text() if each.is_scalar else ""
            if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536):
                each.left_out("its value is not a port", "write  org.camp2iac:Ports")
            elif text == "22":
                each.left_out("SSH is for the operator", "write  ssh_from  in the environment file")
            else:
                if not tier.opens(int(text)):
                    tier.open("tcp", [text], "anywhere")
                each.kept(f"tier {tier.name}: Ports")

    def opened(self, entity: BrooklynEntity, to: ImportedTier) -> None:
        """Let the instances of a tier connect to the product of an entity."""
        port = self.catalogue[entity.product].port if entity.product else None
        if port is not None and entity.tier != to.name:
            self.tier(entity).open("tcp", [str(port)], to.name)


def sources(entity: BrooklynEntity) -> Iterator[BrooklynEntity]:
    """Where the configuration of an entity is: of the members of a cluster first, then of the cluster."""
    if entity.member is not None:
        yield entity.member
    yield entity


def connects(entity: BrooklynEntity) -> str:
    """The type of the requirement that connects an artifact to an entity; empty if there is none."""
    return connection(entity.product) if entity.product else ""
