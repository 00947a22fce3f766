"""What a platform has a place for: one :class:`Place` for each kind of statement, declared as data.

A target declares it in the module ``places`` beside its class, as ``PLACES``. ``camp2iac targets --losses`` shows it
without a plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from camp2iac.record import Record
from camp2iac.targets.base import Outcome, Target

KINDS: Mapping[str, str] = {
    "Artifact": "the application's content and its type",
    "Option": "a parameter of HostOn, ConnectTo or a load: the WSGI application, a database's name",
    "ConnectTo": "a component's connection to a service",
    "Load": "SQL or a dump that is loaded into a service once",
    "Env": "environment variables of a component",
    "Process": "a command line of a component",
    "Expose.port": "the port that a component listens on",
    "Expose.as": "the port that users ask",
    "Expose.public": "who may reach a component",
    "Expose.hosts": "host names of a component",
    "Expose.tls": "HTTPS for users",
    "Product": "the characteristic that chooses a service's product",
    "Version": "the range of a product's releases",
    "Attribute": "a product's attribute",
    "href": "a service that exists elsewhere",
    "Scale": "the number of instances",
    "Compute": "cores, memory, disk and operating system",
    "Volume": "data that outlives the instance",
    "Ports": "raw TCP and UDP ports",
    "Balance": "a load balancer before a tier",
    "Placement.tier": "services that share instances",
    "Placement.networks": "the networks that a tier is on",
    "Placement.region": "the region of a tier",
    "Placement.zone": "the availability zone of a tier",
    "Placement.spread": "instances apart from each other",
    "Placement.together": "instances near each other",
    "Placement.floating": "a public address of each instance",
    "Placement.key_pair": "the key pair for SSH",
    "Placement.security_groups": "existing security groups",
    "Network": "a network of the plan",
    "Parameter": "a value that is given when applying",
    "Secret": "a secret that is generated or asked for",
    "Other": "anything that camp2iac does not know",
}
"""The kinds of statements that plans make, each in a few words, in the order in which they are shown."""


class Place(Record, frozen=True):
    """What a platform does with one kind of statement.

    ``kind``: a key of :data:`KINDS`. ``outcomes``: all that can become of it, the usual outcome first. ``reason``:
    one sentence, for what is not always kept; empty where it is.
    """

    kind: str
    outcomes: tuple[Outcome, ...]
    reason: str = ""


def kept(kind: str) -> Place:
    """It is served as the plan says, always."""
    return Place(kind, (Outcome.KEPT,))


def of(target: Target) -> tuple[Place, ...] | None:
    """What a target declares, in the order of :data:`KINDS`; None where it declares nothing."""
    package = type(target).__module__
    for name in (f"{package}.places", f"{package.rpartition('.')[0]}.places"):
        if name.startswith(".") or find_spec(name) is None:
            continue
        declared = {place.kind: place for place in import_module(name).PLACES}
        return tuple(declared[kind] for kind in KINDS if kind in declared)
    return None
