"""The OVF documents of PaaS Manager in 2013: virtual systems with replicas, hardware and products."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from camp2iac.importers import SourcePart
from camp2iac.importers.formats.paas_manager import forms
from camp2iac.importers.formats.paas_manager.source import (
    SourceAttribute,
    SourceEnvironment,
    SourceNetwork,
    SourceProduct,
    SourceTier,
)
from camp2iac.importers.xml import TEXT
from camp2iac.record import Record, field

_CORES, _MEMORY, _ADAPTER = "3", "4", "10"  # resource types of CIM
_COMPONENT = "instancecomponent."
_SCALING = "no platform of camp2iac scales by rules"
_LEFT = {
    "AvailabilityArraySection": (_SCALING, "write  scale  in the environment file"),
    "ElasticArraySection": (_SCALING, "write  scale  in the environment file"),
    "GovernanceRuleSection": (_SCALING, "write  scale  in the environment file"),
    "HybridConfigSection": ("the environment file decides where the application runs", ""),
    "KPISection": (_SCALING, "write  scale  in the environment file"),
    "OperatingSystemSection": ("the image has an operating system", "write  os  in the environment file"),
    "StartupSection": ("instances start together, and each component waits for what it connects to", ""),
}
_WORDS = ("Info", "Name", "Description", "Category", "schemaLocation", "lang")
_BLANK = ("${", "{user}", "{password}")


class OvfFiles(Record):
    """The files by id, the file of each disk, and the public networks."""

    files: dict[str, SourcePart] = field(default_factory=dict)
    disks: dict[str, str] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)


def listed(part: SourcePart | None) -> Iterator[SourcePart]:
    """The elements with one name."""
    if part is not None:
        yield from part.items() if part.is_list else (part,)


def envelope(document: SourcePart) -> SourcePart | None:
    """The element with the virtual systems; None if the document has none."""
    for name, part in document.entries() if document.is_mapping else ():
        if name == "VirtualSystem":
            return document
        if part.get("VirtualSystem") or part.get("VirtualSystemCollection"):
            return part
        if part.get("Envelope") is not None:
            return envelope(part)
    return None


def read_ovf(document: SourcePart, found: SourceEnvironment) -> None:
    """Add the virtual systems of a document to ``found``."""
    content = OvfFiles()
    _references(document, content)
    _envelope(document, found, content)
    used = {tier.values["image"][1].place for tier in found.tiers if "image" in tier.values}
    for file in content.files.values():
        if file.place not in used:
            file.left_out("no system uses this file")


def _references(part: SourcePart, content: OvfFiles) -> None:
    """Find the files, disks and networks, which can stand after the systems that use them."""
    for name, value in part.entries() if part.is_mapping else ():
        for each in listed(value):
            id_, href = each.get("id"), each.get("href")
            disk, file = each.get("diskId"), each.get("fileRef")
            if name == "File" and id_ is not None and href is not None:
                content.files[forms.text(id_)] = href
            elif name == "Disk" and disk is not None and file is not None:
                content.disks[forms.text(disk)] = forms.text(file)
            elif name == "Network":
                public = each.get("public")
                if public is not None and forms.is_true(public):
                    content.public.add(forms.text(each.get("name")))
            elif name not in ("VirtualSystem", "VirtualSystemCollection"):
                _references(each, content)


def _envelope(part: SourcePart, found: SourceEnvironment, content: OvfFiles) -> None:
    for name, value in part.entries() if part.is_mapping else ():
        for each in listed(value):
            if name == "VirtualSystem":
                found.tiers.append(_tier(each, content))
            elif name in ("InstantiateOvfParams", "Envelope", "VirtualSystemCollection"):
                _envelope(each, found, content)
            elif name in ("id", "name"):
                found.name = found.name if found.name and name == "name" else forms.text(each)
                each.kept("name")
            elif name == "Description":
                found.description = forms.text(each)
                each.kept("description")
            elif name in ("References", "DiskSection", "NetworkSection"):
                _section(each)
            else:
                _rest(name, each)


def _section(part: SourcePart) -> None:
    """Files, disks and networks: what their systems do not use is recorded as the image's or the cloud's."""
    for name, value in part.entries() if part.is_mapping else ():
        for each in listed(value):
            for key, below in each.entries() if each.is_mapping else ():
                if key in ("id", "fileRef", "diskId", "name"):
                    below.kept("what refers to it")
                elif key == "public":
                    below.kept("Placement, floating")
                elif not (name == "File" and key == "href"):
                    below.left_out("the image has it, or the cloud decides it")
            if each.is_scalar:
                _rest(name, each)


def _rest(name: str, part: SourcePart) -> None:
    why, remedy = _LEFT.get(name, ("camp2iac does not know it", ""))
    if name in _WORDS or name == TEXT:
        part.left_out("it describes the document")
    else:
        part.left_out(why, remedy)


def _tier(system: SourcePart, content: OvfFiles) -> SourceTier:
    id_ = system.get("id")
    tier = SourceTier(forms.text(id_), id_ if id_ is not None else system)
    for name, value in system.entries():
        for each in listed(value):
            if name in ("min", "max", "initial"):
                _count(tier, name, each)
            elif name == "VirtualHardwareSection":
                _hardware(tier, each, content)
            elif name == "ProductSection":
                _product(tier, each)
            elif name == "balanced":
                tier.balancer = forms.text(each)
                each.kept("HAProxy, members")
            elif name == "balancer":
                each.kept("HAProxy")
            elif name == "lbport" and forms.text(each).isdecimal() and len(forms.text(each)) < 6:
                tier.listens = int(forms.text(each))
                each.kept("HAProxy, ports")
            elif name != "id":
                _rest(name, each)
    return tier


def _count(tier: SourceTier, name: str, part: SourcePart) -> None:
    found = forms.count(part)
    if found is not None:
        tier.counts[name] = (found, part)
    elif forms.is_nothing(part):
        part.kept("nothing: it is empty")
    else:
        part.left_out("it is not a number", "write  Scale  with min, initial and max")


def _hardware(tier: SourceTier, section: SourcePart, content: OvfFiles) -> None:
    for name, value in section.entries():
        for item in listed(value):
            if name == "Item" and item.is_mapping:
                _item(tier, item, content)
            else:
                _rest(name, item) if name in _WORDS else item.left_out("the cloud decides it")


def _item(tier: SourceTier, item: SourcePart, content: OvfFiles) -> None:
    kind, amount = forms.text(item.get("ResourceType")), forms.text(item.get("VirtualQuantity"))
    number = int(amount) if amount.isascii() and amount.isdecimal() and len(amount) < 10 else 0
    connection, resource = item.get("Connection"), item.get("HostResource")
    if kind == _CORES and number:
        tier.compute["cores"] = min(number, 1000)
        item.kept("Compute, cores")
    elif kind == _MEMORY and number:
        tier.compute["memory"] = f"{number} MiB"
        item.kept("Compute, memory")
    elif kind == _ADAPTER and connection is not None and forms.text(connection):
        name = forms.text(connection)
        tier.networks.append(SourceNetwork(name, item, public=name in content.public))
    elif resource is not None:
        disk = forms.text(resource).rpartition("/")[2]
        image = content.files.get(content.disks.get(disk, tier.name))
        if image is not None and "image" not in tier.values:
            tier.values["image"] = (posixpath.basename(forms.text(image).rstrip("/")), image)
            item.changed("environment, image", "an instance has the disk of its flavor")
        else:
            item.left_out("an instance has the disk of its flavor", "write  Volume  for data")
    else:
        item.left_out("the cloud decides it")


def _product(tier: SourceTier, section: SourcePart) -> None:
    name, version = section.get("Product"), section.get("Version")
    if name is None or not forms.text(name):
        section.left_out("a product without a name")
        return
    product = SourceProduct(forms.text(name), forms.text(version), name, version)
    for key, value in section.entries():
        for each in listed(value):
            if key == "Property":
                _property(product, each)
            elif key not in ("Product", "Version"):
                _rest(key, each)
    tier.products.append(product)


def _property(product: SourceProduct, part: SourcePart) -> None:
    key, value = forms.text(part.get("key")), part.get("value")
    _, is_component, word = key.partition(_COMPONENT)
    if not key or value is None:
        part.left_out("a property without a key and a value says nothing")
    elif is_component and word == "parent":
        product.parent = forms.text(value)
        part.kept("fulfillment")
    elif is_component and word == "type":
        product.parent = product.parent or ("?" if forms.text(value) == "AC" else "")
        part.kept("artifact" if forms.text(value) == "AC" else "service")
    elif is_component and not word.startswith("attributes."):
        part.left_out("it is about the installation by Chef")
    elif any(blank in forms.text(value) for blank in _BLANK):
        part.left_out("it is a blank of a template", "write the value into the plan")
    else:
        short = word.partition(".")[2] if is_component else key
        product.attributes.append(SourceAttribute(short, forms.text(value), "Plain", part))
