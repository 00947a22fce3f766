"""The environment file of this target, read: ``environment.schema.json`` says what may stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from camp2iac.targets.base import Environment
from camp2iac.topology import quantities

DEFAULT_OS = "debian-12"
_OS = re.compile(r"(almalinux|debian|fedora|rhel|rocky|ubuntu)[ _-]*v?(\d+(?:\.\d+)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Size:
    """A flavor and what it has: cores, memory in MiB, disk in GiB (None: not said)."""

    name: str
    flavor: str
    cores: int
    memory: int
    disk: int | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided; None or empty: nothing.

    ``images``: operating system to image. ``sizes``: smallest first. ``addresses``: tier to the block of its machines.
    ``cidrs``: network to CIDR. ``certificates``: component to the reference of a certificate's container.
    """

    file: str
    region: str | None
    image: str | None
    os: str
    images: Mapping[str, str]
    sizes: tuple[Size, ...]
    external_network: str | None
    ssh_from: str | None
    key_pair: str | None
    router: str | None
    balancer: str
    dns: str | None
    addresses: Mapping[str, str]
    cidrs: Mapping[str, str]
    certificates: Mapping[str, str]

    def comment(self, key: str) -> str:
        """What a comment says of a value that comes from here."""
        return f"{self.file}: {key}"

    def image_of(self, os: str) -> str | None:
        """The image with an operating system."""
        return self.images.get(os) or (self.image if os == self.os else None)


def read(environment: Environment) -> Settings:
    """The settings of a checked environment."""
    image: str | None = environment.get("image")
    sizes: dict[str, dict[str, object]] = environment.get("sizes", default={})
    return Settings(
        file=environment.file or "",
        region=environment.get("region"),
        image=image,
        os=environment.get("os") or os_of(image or ""),
        images=environment.get("images", default={}),
        sizes=tuple(sorted((_size(name, size) for name, size in sizes.items()), key=_smallest)),
        external_network=environment.get("external_network"),
        ssh_from=environment.get("ssh_from"),
        key_pair=environment.get("key_pair"),
        router=environment.get("router"),
        balancer=environment.get("balancer", default="octavia"),
        dns=environment.get("dns"),
        addresses=environment.get("addresses", default={}),
        cidrs=environment.get("cidrs", default={}),
        certificates=environment.get("certificates", default={}),
    )


def os_of(image: str) -> str:
    """The operating system that an image's name tells: ``Ubuntu 24.04 LTS`` is ``ubuntu-24.04``; else the default."""
    found = _OS.search(image)
    return f"{found[1].lower()}-{found[2]}" if found else DEFAULT_OS


def _smallest(size: Size) -> tuple[int, int, int, str]:
    return size.memory, size.cores, size.disk or 0, size.name


def _size(name: str, size: Mapping[str, object]) -> Size:
    disk = size.get("disk")
    return Size(
        name=name,
        flavor=str(size["flavor"]),
        cores=int(str(size["cores"])),
        memory=quantities.mebibytes(str(size["memory"])),
        disk=quantities.gibibytes(str(disk)) if disk is not None else None,
    )
