"""The kinds of statements, in the words of CAMP and the profile, each with the type of its value.

``camp2iac targets --losses`` lists them in this order. To add a kind, add a line here and declare its outcome in
``PLACES`` of each target.
"""

from __future__ import annotations

from typing import Any, Literal

from camp2iac.catalogue.versions import VersionRange
from camp2iac.topology.model import Balance, Compute, PortRange, Scale, TextValue, Volume
from camp2iac.topology.statements import StatementKind

# Artifacts and their requirements.
ARTIFACT: StatementKind[str] = StatementKind("artifact", "Artifact: type and content")  # its type and content
OPTION: StatementKind[TextValue] = StatementKind(
    "option", "Parameters of requirements"
)  # a parameter of a requirement that the product knows
ENV: StatementKind[tuple[str, ...]] = StatementKind("env", "Env")
PROCESS: StatementKind[str] = StatementKind("process", "Process")
SCHEDULE: StatementKind[str] = StatementKind("schedule", "Schedule")
PACKAGES: StatementKind[tuple[str, ...]] = StatementKind("packages", "Packages")
CONNECT: StatementKind[str] = StatementKind("connect", "ConnectTo")
LOAD: StatementKind[str] = StatementKind("load", "ExecuteAt, LoadInto, ImportDump")
EXPOSE_PORT: StatementKind[int] = StatementKind("expose.port", "Expose: port")
EXPOSE_AS: StatementKind[int] = StatementKind("expose.as", "Expose: as")
EXPOSE_PUBLIC: StatementKind[bool] = StatementKind("expose.public", "Expose: public")
EXPOSE_DEFAULT: StatementKind[bool] = StatementKind(
    "expose.default", "Expose without public"
)  # an Expose without ``public``
EXPOSE_HOSTS: StatementKind[tuple[str, ...]] = StatementKind("expose.hosts", "Expose: hosts")
EXPOSE_TLS: StatementKind[bool] = StatementKind("expose.tls", "Expose: tls")
NOT_EXPOSED: StatementKind[bool] = StatementKind(
    "not exposed", "No Expose, where others have one"
)  # no Expose, where other artifacts have one

# Services and their characteristics.
PRODUCT: StatementKind[str] = StatementKind("product", "Characteristic of a product")
VERSION: StatementKind[VersionRange] = StatementKind("version", "Version of a product")
ATTRIBUTE: StatementKind[TextValue] = StatementKind("attribute", "Attributes")
HREF: StatementKind[str] = StatementKind("href", "href of a service")
SCALE: StatementKind[Scale] = StatementKind("scale", "Scale")
COMPUTE: StatementKind[Compute] = StatementKind("compute", "Compute")
VOLUME: StatementKind[Volume] = StatementKind("volume", "Volume")
PORTS: StatementKind[tuple[PortRange, ...]] = StatementKind("ports", "Ports")
BALANCE: StatementKind[Balance] = StatementKind("balance", "Balance")
TIER: StatementKind[str] = StatementKind("tier", "Placement: tier")
NETWORKS: StatementKind[tuple[str, ...]] = StatementKind("networks", "Placement: networks")
REGION: StatementKind[str] = StatementKind("region", "Placement: region")
ZONE: StatementKind[str] = StatementKind("zone", "Placement: zone")
SPREAD: StatementKind[Literal["soft", "hard"]] = StatementKind("spread", "Placement: spread")
TOGETHER: StatementKind[Literal["soft", "hard", "no"]] = StatementKind("together", "Placement: together")
FLOATING: StatementKind[bool] = StatementKind("floating", "Placement: floating")
KEY_PAIR: StatementKind[str] = StatementKind("key_pair", "Placement: key_pair")
SECURITY_GROUPS: StatementKind[tuple[str, ...]] = StatementKind("security_groups", "Placement: security_groups")

# The plan's own.
NETWORK: StatementKind[str] = StatementKind("network", "Networks")
PARAMETER: StatementKind[str] = StatementKind("parameter", "Parameters")
SECRET: StatementKind[str] = StatementKind("secret", "Secrets")
PREVIOUSLY: StatementKind[tuple[str, ...]] = StatementKind("previously", "previously: the earlier names")

# What camp2iac does not read: legal CAMP, reported as lost. They have one title, and so one place.
_UNREAD = "Unknown types and keys"
EXTENSION: StatementKind[str] = StatementKind("extension", _UNREAD, taken_by="nobody")
FULFILLMENT: StatementKind[str] = StatementKind("fulfillment", _UNREAD, taken_by="nobody")
REQUIREMENT: StatementKind[str] = StatementKind("requirement", _UNREAD, taken_by="nobody")
CHARACTERISTIC: StatementKind[str] = StatementKind("characteristic", _UNREAD, taken_by="nobody")

# Labels, of artifacts and services.
NAME: StatementKind[str] = StatementKind("name", "name", taken_by="readme")
DESCRIPTION: StatementKind[str] = StatementKind("description", "description", taken_by="readme")
TAGS: StatementKind[tuple[str, ...]] = StatementKind("tags", "tags", taken_by="readme")

ALL: tuple[StatementKind[Any], ...] = tuple(
    each for each in tuple(globals().values()) if isinstance(each, StatementKind)
)
"""Every kind, in the order of this module."""
