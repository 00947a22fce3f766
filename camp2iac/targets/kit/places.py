"""What a platform has a place for, declared as data: one :class:`Place` for each kind of statement.

A target declares it as ``PLACES`` in the module of its class, or in the module ``places`` beside it.
``camp2iac targets --losses`` shows it without a plan.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from camp2iac.record import Record
from camp2iac.targets.base import Outcome, Target

KINDS: Mapping[str, str] = {
    "artifact": "Artifact: type and content",
    "option": "Parameters of requirements",
    "env": "Env",
    "process": "Process",
    "connect": "ConnectTo",
    "load": "ExecuteAt, LoadInto, ImportDump",
    "expose.port": "Expose: port",
    "expose.as": "Expose: as",
    "expose.public": "Expose: public",
    "expose.default": "Expose without public",
    "expose.hosts": "Expose: hosts",
    "expose.tls": "Expose: tls",
    "not exposed": "No Expose, where others have one",
    "product": "Characteristic of a product",
    "version": "Version of a product",
    "attribute": "Attributes",
    "href": "href of a service",
    "scale": "Scale",
    "compute": "Compute",
    "volume": "Volume",
    "ports": "Ports",
    "balance": "Balance",
    "tier": "Placement: tier",
    "networks": "Placement: networks",
    "region": "Placement: region",
    "zone": "Placement: zone",
    "spread": "Placement: spread",
    "together": "Placement: together",
    "floating": "Placement: floating",
    "key_pair": "Placement: key_pair",
    "security_groups": "Placement: security_groups",
    "network": "Networks",
    "parameter": "Parameters",
    "secret": "Secrets",
    "extension": "Unknown types and keys",
}
"""The kinds of statements, each as a plan writes it, in the order in which they are shown."""


class Place(Record, frozen=True):
    """What a platform does with one kind of statement.

    ``kind``: a key of :data:`KINDS`. ``outcomes``: all that can become of it, the usual one first. ``reason``: one
    sentence on what is not kept; empty where everything is.
    """

    kind: str
    outcomes: tuple[Outcome, ...]
    reason: str = ""


def places(target: Target) -> tuple[Place, ...] | None:
    """What a target declares, in the order of :data:`KINDS`; None where it declares nothing."""
    module = sys.modules[type(target).__module__]
    declared = getattr(module, "PLACES", None)
    beside = f"{module.__package__}.places"
    if declared is None and module.__package__ and find_spec(beside) is not None:
        declared = import_module(beside).PLACES
    if declared is None:
        return None
    order = list(KINDS)
    return tuple(sorted(declared, key=lambda place: order.index(place.kind)))
