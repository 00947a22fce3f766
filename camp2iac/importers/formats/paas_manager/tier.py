"""A tier of PaaS Manager: its counts, image, networks and products."""

from __future__ import annotations

import re
from collections.abc import Callable

from camp2iac.camp.nodes import Scalar
from camp2iac.importers import SourcePart
from camp2iac.importers.formats.paas_manager import forms
from camp2iac.importers.formats.paas_manager.source import SourceAttribute, SourceNetwork, SourceProduct, SourceTier

_CIDR = re.compile(r"(\d{1,3}\.){3}\d{1,3}/\d{1,2}", re.ASCII)
_INSTANCE = "it is the state of what ran"
_LEFT = {
    "environmentname": "it is the name of the environment again",
    "icon": "the plan has no pictures",
    "icono": "the plan has no pictures",
    "id": "it is a number in the database of PaaS Manager",
    "payload": "PaaS Manager did not use it",
    "securitygroup": "PaaS Manager did not use it",
    "status": _INSTANCE,
    "taskid": _INSTANCE,
    "tierinstancepdto": _INSTANCE,
    "tierinstances": _INSTANCE,
    "vdc": "the credentials that Terraform uses name the project",
}
_REMEDY = {"securitygroup": "write  security_groups  in Placement for a group that exists"}
_VALUES = {"affinity": "affinity", "flavor": "flavor", "image": "image", "keypair": "key_pair", "region": "region"}


def read_tier(part: SourcePart) -> SourceTier:
    """What a tier says. The outcome of what nothing else decides is recorded."""
    name = forms.find(part, "name")
    tier = SourceTier(forms.text(name), name if name is not None else part)
    for key, value in forms.entries(part):
        reader = _READERS.get(key)
        if key == "name":
            continue
        if forms.is_nothing(value):
            value.kept("nothing: it is empty")
        elif key in ("min", "initial", "max"):
            _count(tier, key, value)
        elif key in _VALUES and value.is_scalar:
            tier.values[_VALUES[key]] = (forms.text(value), value)
        elif reader is not None:
            reader(tier, value)
        else:
            value.left_out(_LEFT.get(key, "the format has no such key"), _REMEDY.get(key, ""))
    return tier


def _count(tier: SourceTier, key: str, part: SourcePart) -> None:
    found = forms.count(part)
    if found is None:
        part.wrong("a number from 0 to 1000")
    else:
        tier.counts[key] = (found, part)


def _floating(tier: SourceTier, part: SourcePart) -> None:
    if forms.is_true(part):
        tier.floating = part
    else:
        part.kept("no floating IP")


def _networks(tier: SourceTier, part: SourcePart) -> None:
    for item in forms.items(part):
        name = item if item.is_scalar else forms.find(item, "networkname") or forms.find(item, "name")
        if name is None or not forms.text(name):
            item.wrong("a network with a name")
            continue
        network = SourceNetwork(forms.text(name), name, public=forms.text(name).lower() == "internet")
        tier.networks.append(network)
        for key, value in forms.entries(item) if item.is_mapping else ():
            if key == "subnets":
                _subnets(network, value)
            elif key not in ("networkname", "name"):
                value.left_out("the cloud decides it")


def _subnets(network: SourceNetwork, part: SourcePart) -> None:
    for item in forms.items(part):
        for key, value in forms.entries(item) if item.is_mapping else ():
            if key == "cidr" and _CIDR.fullmatch(forms.text(value)) and network.cidr is None:
                network.cidr = value
            elif key in ("subnetname", "name"):
                value.changed(f"Networks, {network.name}", "a network of the plan has one subnet without a name")
            else:
                value.left_out("the cloud decides it")
        if item.is_scalar:
            item.changed(f"Networks, {network.name}", "a network of the plan has one subnet without a name")


def _products(tier: SourceTier, part: SourcePart) -> None:
    for item in forms.items(part):
        if item.is_scalar:
            name, _, version = forms.text(item).rpartition("-")
            tier.products.append(SourceProduct(name or version, version if name else "", item))
            continue
        inner = forms.find(item, "product")
        name_part = forms.find(inner, "name") if inner is not None and inner.is_mapping else inner
        name_part = name_part if name_part is not None else forms.find(item, "name")
        if name_part is None or not forms.text(name_part):
            item.wrong("a product with a name")
            continue
        version_part = forms.find(item, "version")
        product = SourceProduct(forms.text(name_part), forms.text(version_part), name_part, version_part)
        tier.products.append(product)
        for key, value in forms.entries(item):
            _product(product, key, value)


def _product(product: SourceProduct, key: str, part: SourcePart) -> None:
    if key == "attributes":
        for each in forms.items(part):
            _attribute(product, each)
    elif key == "metadata":
        for each in forms.items(part):
            _metadata(product, each)
    elif key not in ("product", "name", "version"):
        part.left_out("it describes the product in the catalogue of PaaS Manager")


def _attribute(product: SourceProduct, part: SourcePart) -> None:
    key, value = forms.find(part, "key"), forms.find(part, "value")
    if key is None or value is None or not isinstance(value.node, Scalar) or not forms.text(key):
        part.left_out("an attribute without a key and a value says nothing")
        return
    type_ = forms.text(forms.find(part, "type")) or "Plain"
    product.attributes.append(SourceAttribute(forms.text(key), value.node.text, type_, part))


def _metadata(product: SourceProduct, part: SourcePart) -> None:
    key, value = forms.text(forms.find(part, "key")), forms.find(part, "value")
    if value is None or forms.is_nothing(value):
        part.kept("nothing: it is empty")
    elif key in ("open_ports", "open_ports_udp"):
        product.ports["udp" if key == "open_ports_udp" else "tcp"] = part
    else:
        part.left_out("it is about the installation by Chef or Puppet, or the catalogue of PaaS Manager")


_READERS: dict[str, Callable[[SourceTier, SourcePart], None]] = {
    "floatingip": _floating,
    "networks": _networks,
    "products": _products,
}
