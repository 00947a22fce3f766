"""Nodes of TOSCA that are instances, or belong to them: Compute, BlockStorage, Network and Port."""

from __future__ import annotations

import re

from camp2iac.catalogue import Catalogue
from camp2iac.importers import DraftValue, SourcePart
from camp2iac.importers.formats.tosca.document import ToscaDocument, ToscaNode
from camp2iac.importers.formats.tosca.values import ToscaValues
from camp2iac.importers.tiers import ImportedApplication, ImportedTier, plain_name, unique
from camp2iac.record import Record, field

_SIZE = re.compile(r"(\d{1,9})(?:\.0+)?\s*([KMGT]i?B|B)?", re.IGNORECASE | re.ASCII)
_UNITS = {"": "MiB", "mb": "MB", "mib": "MiB", "gb": "GB", "gib": "GiB", "tb": "TB", "tib": "TiB"}
_CIDR = re.compile(r"(\d{1,3}\.){3}\d{1,3}/\d{1,2}", re.ASCII)
_ABSOLUTE = re.compile(r"(/[A-Za-z0-9._-]+)+")
_UNKNOWN = "its value is not in the source"
_HOST = {"num_cpus": "cores", "mem_size": "memory", "disk_size": "disk"}
_COUNTS = {"min_instances": "min", "default_instances": "initial", "max_instances": "max"}


class Instances(Record):
    """Makes tiers. ``tiers``: by the names of the Compute nodes."""

    document: ToscaDocument
    application: ImportedApplication
    catalogue: Catalogue
    values: ToscaValues
    tiers: dict[str, ImportedTier] = field(default_factory=dict)
    networks: dict[str, str] = field(default_factory=dict)

    def add(self) -> None:
        """Add the tiers of all Compute nodes, with their volumes and networks."""
        nodes = self.document.nodes.values()
        for node in nodes:
            if node.kind == "compute":
                self.tier(node, node.name)
        for node in nodes:
            if node.kind == "network":
                self._network(node)
        for node in nodes:
            if node.kind == "port":
                self._port(node)
            elif node.kind == "compute":
                self._requirements(node)
        for node in nodes:
            if node.kind == "storage":
                for key, value in node.properties():
                    if key not in ("size", "location"):
                        value.left_out("a new volume is empty", "restore the data into the volume")
                node.part.left_out("no instance uses it")  # what an instance uses has an outcome already

    def tier(self, node: ToscaNode, name: str) -> ImportedTier:
        """The tier of a node."""
        tier = self.application.tier(name, node.part.where)
        self.tiers[node.name] = tier
        self.values.tiers[node.name] = tier.name
        if node.kind == "compute":
            _kept(node.part.get("type"), f"tier {tier.name}")
            self._compute(node, tier)
        return tier

    def _compute(self, node: ToscaNode, tier: ImportedTier) -> None:
        for key, value in node.capability("host", "compute"):
            self._host(tier, key, value, node.name)
        for key, value in node.properties():
            if key in _HOST:
                self._host(tier, key, value, node.name)
            elif key in ("key_name", "keypair", "key_pair"):
                self._operator(tier, "key_pair", value, node.name)
            elif key == "image":
                self._operator(tier, "image", value, node.name)
            else:
                value.left_out("an instance of the plan has no such property")
        system: dict[str, tuple[str, SourcePart]] = {}
        for key, value in node.capability("os"):
            system[key] = ((self.values.static(value, node.name) or "").lower(), value)
        self._system(tier, system)
        counts = {key: value for key, value in node.capability("scalable") if key in _COUNTS}
        self.scale(tier, counts, node.name)
        artifacts = node.part.get("artifacts")
        if artifacts is not None:
            artifacts.left_out("the environment file has the image", "write  image  in the environment file")
        interfaces = node.part.get("interfaces")
        if interfaces is not None:
            interfaces.left_out("the platform creates instances")

    def _host(self, tier: ImportedTier, key: str, part: SourcePart, node: str) -> None:
        wanted = _HOST.get(key)
        if wanted is None:
            part.left_out("Compute has no such property")
            return
        text = self.values.static(part, node)
        value: DraftValue = self.values.number(part, node) if wanted == "cores" else amount(text)
        if value and value != "0":
            tier.compute[wanted] = value
            part.kept(f"Compute, {wanted}")
        else:
            part.left_out(_UNKNOWN, f"write  {wanted}  into Compute")

    def _operator(self, tier: ImportedTier, key: str, part: SourcePart, node: str) -> None:
        text = self.values.static(part, node)
        if text:
            tier.operator[key] = text
            part.kept(f"environment, {key}")
        else:
            part.left_out(_UNKNOWN, f"write  {key}  in the environment file")

    def _system(self, tier: ImportedTier, system: dict[str, tuple[str, SourcePart]]) -> None:
        distribution, version = (system.get(key, ("", None))[0] for key in ("distribution", "version"))
        os = f"{distribution}-{version}"
        known = os in self.catalogue["linux"].available
        if known:
            tier.compute["os"] = os
        for key, (text, part) in system.items():
            if known and key in ("distribution", "version"):
                part.kept("Compute, os")
            elif (key, text) in (("type", "linux"), ("architecture", "x86_64")):
                part.kept("the image")
            else:
                part.left_out("the image has the operating system", "write  image  and  os  in the environment file")

    def scale(self, tier: ImportedTier, parts: dict[str, SourcePart], node: str) -> None:
        """The numbers of instances, as a capability or a policy says them."""
        counts = {_COUNTS[key]: self.values.number(part, node) for key, part in parts.items()}
        known = {key: value for key, value in counts.items() if value is not None and value <= 1000}
        least = known.get("min", 1)
        first = max(known.get("initial", least), least)
        right = {"min": least, "initial": first, "max": max(known.get("max", first), first, 1)}
        for key, part in parts.items():
            if right[_COUNTS[key]] == counts[_COUNTS[key]]:
                part.kept(f"Scale, {_COUNTS[key]}")
            else:
                part.changed(f"Scale, {_COUNTS[key]}", "its value is not in the source, or not min <= initial <= max")
        if known and set(right.values()) != {1}:
            tier.scale = dict(right)

    def _network(self, node: ToscaNode) -> None:
        properties = dict(node.properties())
        name = unique(plain_name(node.name, "network"), set(self.networks.values()))
        self.networks[node.name] = name
        _kept(node.part.get("type"), f"Networks, {name}")
        values: dict[str, DraftValue] = {}
        cidr = properties.pop("cidr", None)
        text = self.values.static(cidr, node.name)
        if cidr is not None and text and _CIDR.fullmatch(text):
            values["cidr"] = text
            cidr.kept(f"Networks, {name}, cidr")
        elif cidr is not None:
            cidr.left_out(_UNKNOWN, f"write  cidr  of the network {name}")
        existing = properties.pop("network_name", None)
        text = self.values.static(existing, node.name)
        if existing is not None and text and not values:
            values["existing"] = text
            existing.kept(f"Networks, {name}, existing")
        elif existing is not None:
            existing.left_out("the network of the plan has the name of the node")
        for value in properties.values():
            value.left_out("the platform decides it")
        self.application.networks[name] = values

    def _port(self, node: ToscaNode) -> None:
        binding = next((each.node for each in node.of("binding", "virtualBinding")), "")
        link = next((each.node for each in node.of("link", "virtualLink")), "")
        tier, network = self.tiers.get(binding), self.networks.get(link)
        _kept(node.part.get("type"), "Placement, networks")
        if tier is None or network is None:
            node.part.left_out("it connects no instance of the source with a network of it")
            return
        self._connect(tier, network)
        for each in node.requirements:
            each.part.kept("Placement, networks")
        for key, value in node.properties():
            if key == "ip_address":
                value.left_out("several instances cannot have one address", "write  addresses  in the environment file")
            else:
                value.left_out("the platform decides it")

    def _connect(self, tier: ImportedTier, network: str) -> None:
        listed = tier.placement.setdefault("networks", [])
        assert isinstance(listed, list)  # noqa: S101 - it is only set here
        if network not in listed:
            listed.append(network)

    def _requirements(self, node: ToscaNode) -> None:
        tier = self.tiers[node.name]
        for each in node.requirements:
            target = self.document.nodes.get(each.node)
            if target is not None and target.kind == "storage":
                self._volume(tier, each.relationship, target, each.part)
            elif each.node in self.networks:
                self._connect(tier, self.networks[each.node])
                each.part.kept("Placement, networks")
            elif each.name != "host":
                each.part.left_out("an instance of the plan requires no such node")

    def _volume(
        self, tier: ImportedTier, relationship: SourcePart | None, target: ToscaNode, requirement: SourcePart
    ) -> None:
        size = target.property("size")
        text = amount(self.values.static(size, target.name))
        name = unique(plain_name(target.name, "data"), {str(each["name"]) for each in tier.volumes})
        volume: dict[str, DraftValue] = {"name": name, "size": text or "1 GiB"}
        if size is not None and text:
            size.kept(f"Volume {name}, size")
        elif size is not None:
            size.changed(f"Volume {name}, size", _UNKNOWN, "write the size")
        where = self._location(relationship)
        path = self.values.static(where, target.name) if where is not None else None
        volume["mount"] = path if path and _ABSOLUTE.fullmatch(path) else f"/srv/{name}"
        if where is not None:
            if volume["mount"] == path:
                where.kept(f"Volume {name}, mount")
            else:
                where.changed(f"Volume {name}, mount", _UNKNOWN, "write the path")
        tier.volumes.append(volume)
        _kept(target.part.get("type"), f"Volume {name}")
        requirement.kept(f"Volume {name}")

    def _location(self, relationship: SourcePart | None) -> SourcePart | None:
        if relationship is None:
            return None
        if relationship.is_scalar:
            name = relationship.text()
            for rest in self.document.rest:
                if rest.name == "relationship_templates" and rest.get(name) is not None:
                    relationship = rest.get(name)
        properties = relationship.get("properties") if relationship is not None else None
        return properties.get("location") if properties is not None else None


def amount(text: str | None) -> str:
    """An amount of memory or disk with a unit of the profile; empty for other texts. Without a unit: MiB."""
    found = _SIZE.fullmatch((text or "").strip())
    if found is None or not int(found[1]):
        return ""
    unit = (found[2] or "").lower()
    number = int(found[1])
    if unit in ("b", "kb", "kib"):
        number = -(-number // {"b": 2**20, "kb": 1000, "kib": 1024}[unit])
        unit = "mib" if unit != "kb" else "mb"
    return f"{number} {_UNITS[unit]}" if unit in _UNITS else ""


def _kept(part: SourcePart | None, to: str) -> None:
    if part is not None:
        part.kept(to)
