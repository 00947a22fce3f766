"""The kinds of statements that a plan can make, by CAMP's words and the profile's, each with the type of its value."""

from __future__ import annotations

from typing import Literal

from camp2iac.catalogue.versions import VersionRange
from camp2iac.topology.model import Balance, Compute, PortRange, Scale, TextValue, Volume
from camp2iac.topology.statements import StatementKind

# Labels, of artifacts and services.
NAME: StatementKind[str] = StatementKind("name")
DESCRIPTION: StatementKind[str] = StatementKind("description")
TAGS: StatementKind[tuple[str, ...]] = StatementKind("tags")

# The plan's own.
NETWORK: StatementKind[str] = StatementKind("network")
PARAMETER: StatementKind[str] = StatementKind("parameter")
SECRET: StatementKind[str] = StatementKind("secret")

# Artifacts and their requirements.
ARTIFACT: StatementKind[str] = StatementKind("artifact")  # its type and content
ENV: StatementKind[tuple[str, ...]] = StatementKind("env")
EXPOSE_PORT: StatementKind[int] = StatementKind("expose.port")
EXPOSE_AS: StatementKind[int] = StatementKind("expose.as")
EXPOSE_PUBLIC: StatementKind[bool] = StatementKind("expose.public")
EXPOSE_HOSTS: StatementKind[tuple[str, ...]] = StatementKind("expose.hosts")
EXPOSE_TLS: StatementKind[bool] = StatementKind("expose.tls")
EXPOSE_DEFAULT: StatementKind[bool] = StatementKind("expose.default")  # an Expose that leaves ``public`` out
NOT_EXPOSED: StatementKind[bool] = StatementKind("not exposed")  # no Expose, where other artifacts have one
PROCESS: StatementKind[str] = StatementKind("process")
CONNECT: StatementKind[str] = StatementKind("connect")
LOAD: StatementKind[str] = StatementKind("load")
OPTION: StatementKind[TextValue] = StatementKind("option")  # a parameter of a requirement that the product knows

# Services and their characteristics.
HREF: StatementKind[str] = StatementKind("href")
PRODUCT: StatementKind[str] = StatementKind("product")
VERSION: StatementKind[VersionRange] = StatementKind("version")
ATTRIBUTE: StatementKind[TextValue] = StatementKind("attribute")
SCALE: StatementKind[Scale] = StatementKind("scale")
COMPUTE: StatementKind[Compute] = StatementKind("compute")
TIER: StatementKind[str] = StatementKind("tier")
REGION: StatementKind[str] = StatementKind("region")
ZONE: StatementKind[str] = StatementKind("zone")
SPREAD: StatementKind[Literal["soft", "hard"]] = StatementKind("spread")
TOGETHER: StatementKind[Literal["soft", "hard", "no"]] = StatementKind("together")
NETWORKS: StatementKind[tuple[str, ...]] = StatementKind("networks")
FLOATING: StatementKind[bool] = StatementKind("floating")
KEY_PAIR: StatementKind[str] = StatementKind("key_pair")
SECURITY_GROUPS: StatementKind[tuple[str, ...]] = StatementKind("security_groups")
VOLUME: StatementKind[Volume] = StatementKind("volume")
PORTS: StatementKind[tuple[PortRange, ...]] = StatementKind("ports")
BALANCE: StatementKind[Balance] = StatementKind("balance")

# What nothing here reads: legal CAMP, reported as lost.
EXTENSION: StatementKind[str] = StatementKind("extension")
FULFILLMENT: StatementKind[str] = StatementKind("fulfillment")
REQUIREMENT: StatementKind[str] = StatementKind("requirement")
CHARACTERISTIC: StatementKind[str] = StatementKind("characteristic")
