"""Words for resources that targets do not name, and the part of the plan that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from camp2iac.record import replace
from camp2iac.review.difference.model import ResourceChange
from camp2iac.synth.tracked import Part

if TYPE_CHECKING:
    from camp2iac.review.difference.sides import PlanSide

_PROVIDER = re.compile(r"^[a-z0-9]+_(?:(?:compute|networking|blockstorage|objectstorage|dns|keymanager)_)?")
_VERSION = re.compile(r"_v\d+$")
_WORDS: Mapping[str, str] = {
    "addon": "add-on",
    "addon_attachment": "attachment of an add-on",
    "app_config_association": "configuration",
    "cert_request": "certificate request",
    "config": "configuration",
    "data": "trigger",
    "floatingip": "floating IP",
    "floatingip_associate": "assignment of a floating IP",
    "formation": "dynos",
    "keypair": "key pair",
    "locally_signed_cert": "certificate",
    "lb_loadbalancer": "load balancer",
    "lb_member": "member of a load balancer",
    "lb_monitor": "health check of a load balancer",
    "lb_pool": "pool of a load balancer",
    "lb_listener": "listener of a load balancer",
    "recordset": "DNS record",
    "router_interface": "router interface",
    "secgroup": "security group",
    "secgroup_rule": "security group rule",
    "self_signed_cert": "certificate of the CA",
    "servergroup": "server group",
    "volume_attach": "volume attachment",
}


def words(address: str) -> str:
    """What a resource is, by its type: ``security group rule``."""
    name = _VERSION.sub("", _PROVIDER.sub("", address.partition(".")[0]))
    return _WORDS.get(name, name.replace("_", " "))


class Namer:
    """Names the resources of two sides."""

    def __init__(self, *sides: PlanSide) -> None:
        self._nodes: dict[str, tuple[str, Part]] = {}
        self._tracked = {address for side in sides if side.standing is not None for address in side.standing.resources}
        for side in sides:
            for label, node, part in _labels(side):
                self._nodes.setdefault(label, (node, part))

    def named(self, change: ResourceChange) -> ResourceChange:
        """The same change with words, and the part of the plan that its name begins with."""
        if change.address.partition("[")[0] in self._tracked:
            return change
        node, part = (change.node, change.part) if change.node else self._part(change.address)
        return replace(change, words=words(change.address), node=node, part=part)

    def _part(self, address: str) -> tuple[str, Part]:
        """The part of the plan whose name is the longest beginning of a resource's name."""
        parts = address.partition(".")[2].partition("[")[0].split("_")
        for length in range(len(parts), 0, -1):
            found = self._nodes.get("_".join(parts[:length]))
            if found is not None:
                return found
        return "", "environment"


def _labels(side: PlanSide) -> Iterator[tuple[str, str, Part]]:
    """The beginnings of the names of resources, with the parts of the plan that they mean."""
    if side.result is not None:
        topology = side.result.topology
        for tier in topology.tiers:
            yield _label(tier), tier, "tier"
        for component in topology.components:
            yield _label(component), component, "component"
        for service in topology.services:
            yield _label(service), service, "service"
        for network in topology.networks:
            yield _label(network), network, "environment"
    for tracked in side.standing.resources.values() if side.standing is not None else ():
        yield _label(tracked.node), tracked.node, tracked.part


def _label(name: str) -> str:
    return name.replace("-", "_")
