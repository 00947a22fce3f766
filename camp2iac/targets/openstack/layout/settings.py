"""The values of this target's environment file. Its schema is ``environment.schema.json``.

Values of a region override those at the top level, for the tiers in it. Values of a tier override both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from camp2iac.camp import placed
from camp2iac.record import Record, field, replace
from camp2iac.targets import registries
from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout import certificates, releases, sandboxes, software_sources
from camp2iac.targets.openstack.layout.certificates import Certificates, HttpsWishes
from camp2iac.targets.openstack.layout.releases import Releases
from camp2iac.targets.openstack.layout.sandboxes import Allowance
from camp2iac.targets.openstack.layout.software_sources import SourceWishes
from camp2iac.targets.registries import Registry
from camp2iac.topology import addresses, quantities

DEFAULT_OS = "debian-12"
Change: TypeAlias = Literal["rerun", "replace", "ignore"]
#: the keys of a tier that do not apply to its HAProxy instance
_WORK = ("size", "on_change")
_OS = re.compile(
    r"(almalinux|alma|centos(?=[ _-]*stream)|debian|fedora|rhel|rocky|ubuntu)"
    r"(?:[ _-]*(?:linux|stream|genericcloud))*[ _-]*v?(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class SettingPlace(Record, frozen=True):
    """The part of the environment file that has a value: that of a region or of a tier."""

    kind: Literal["regions", "tiers"]
    name: str


class Size(Record, frozen=True):
    """A flavor with its cores, memory in MiB and disk in GiB (None: unknown). ``by_id``: ``flavor`` is an id."""

    name: str
    flavor: str
    cores: int
    memory: int
    disk: int | None
    by_id: bool = False


class BootVolume(Record, frozen=True):
    """The volume that instances boot from: its size in GiB, and its type (None: the cloud's default)."""

    size: int
    type: str | None


class ExistingNetwork(Record, frozen=True):
    """A network in the cloud, by name or id, and which of its IPv4 subnets (None: its only one)."""

    network: str
    subnet: str | None = None


class Bastion(Record, frozen=True):
    """The tier from which SSH to all others is open, and the CIDRs that may connect to it."""

    tier: str
    sources: tuple[str, ...]


class OpenStackSettings(Record, frozen=True):
    """The operator's decisions. None or empty: no decision.

    ``application``: the application's name on instances, if it differs from that of the environment.
    ``images``: maps operating systems to images. ``sizes``: smallest first. ``addresses``: maps tiers to blocks of
    addresses. ``cidrs``: maps networks to CIDRs. ``existing``: maps networks to those in the cloud. ``certificates``,
    ``https``: how HTTPS is served. ``sandbox``: what it allows the processes of components.
    ``encrypt_links``: links between tiers use TLS. ``sources``: where software comes from. ``registries``: of images
    that need a login, by host name. ``own``: the keys that this region or tier has itself, with their place.
    ``set_keys``: the keys from ``--set``, with dots.
    """

    file: str
    region: str | None
    image: str | None
    os: str
    images: Mapping[str, str]
    sizes: tuple[Size, ...]
    size: str | None
    external_network: str | None
    ssh_from: tuple[str, ...]
    bastion: Bastion | None
    key_pair: str | None
    public_key: str | None
    callback: str | None
    router: str | None
    zone: str | None
    balancer: str
    object_store: bool
    s3_endpoint: str | None
    s3_region: str | None
    releases: Releases | None
    on_change: Change | None
    quota_check: bool
    dns: str | None
    dns_servers: tuple[str, ...]
    addresses: Mapping[str, str]
    cidrs: Mapping[str, str]
    existing: Mapping[str, ExistingNetwork]
    certificates: Certificates
    https: HttpsWishes
    security_groups: tuple[str, ...]
    boot_volume: BootVolume | None
    metadata: Mapping[str, str]
    bake: bool = False
    encrypt_links: bool = False
    sandbox: Mapping[str, Allowance] = field(default_factory=dict)
    sources: SourceWishes = SourceWishes()
    application: str | None = None
    registries: Mapping[str, Registry] = field(default_factory=dict)
    set_keys: tuple[str, ...] = ()
    own: Mapping[str, SettingPlace] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)

    def comment(self, key: str) -> str:
        """The comment for a value of the environment file or ``--set``."""
        place = self.own.get(key)
        path = (place.kind, place.name, key) if place else (key,)
        dotted = ".".join(path)
        if given := [name for name in self.set_keys if name == dotted or name.startswith(f"{dotted}.")]:
            return ", ".join(f"--set {name}" for name in sorted(given))
        return f"{self.file}: {': '.join(path)}"

    def of_the_tier(self, key: str) -> bool:
        """Whether a value is in ``tiers`` of the environment file."""
        place = self.own.get(key)
        return place is not None and place.kind == "tiers"

    @property
    def change(self) -> Change:
        """What a change does to instances: rerun, replace or ignore."""
        return self.on_change or ("rerun" if self.object_store or self.releases else "replace")

    @property
    def zone_of_names(self) -> str:
        """The DNS zone of records, without a dot at its end; empty without one."""
        return (self.dns or "").rstrip(".").lower()

    def image_of(self, os: str) -> str | None:
        """The image with an operating system."""
        if "image" in self.own and self.image and os == self.os:
            return self.image
        return self.images.get(os) or (self.image if os == self.os else None)

    def within(self, region: str | None) -> OpenStackSettings:
        """The settings in a region."""
        given = self.raw.get("regions", {}).get(region) or {}
        return self._with(given, SettingPlace("regions", region or "")) if given else self

    def of_tier(self, tier: str, behind: str | None = None) -> OpenStackSettings:
        """The settings of a tier. Call this on the settings of its region.

        ``behind``: for an HAProxy tier, the tier behind it. Its values apply too, except ``size`` and ``on_change``.
        """
        if behind:
            theirs = self._said_of(behind)
            return self._of_tier(behind, {key: theirs[key] for key in theirs if key not in _WORK}).of_tier(tier)
        return self._of_tier(tier, self._said_of(tier))

    def _said_of(self, tier: str) -> dict[str, Any]:
        return dict(self.raw.get("tiers", {}).get(tier) or {})

    def _of_tier(self, tier: str, given: dict[str, Any]) -> OpenStackSettings:
        if "security_groups" in given:
            given["security_groups"] = sorted({*self.security_groups, *given["security_groups"]})
        return self._with(given, SettingPlace("tiers", tier)) if given else self

    def region_of(self, tier: str) -> str | None:
        """The region of a tier in the environment file."""
        found: str | None = (self.raw.get("tiers", {}).get(tier) or {}).get("region")
        return found

    def _with(self, given: Mapping[str, Any], where: SettingPlace) -> OpenStackSettings:
        raw = dict(self.raw)
        if "image" in given:
            raw["os"] = os_of(given["image"]) or self.os
        for key, value in given.items():
            both = key in ("images", "sizes", "cidrs", "existing")
            raw[key] = {**raw.get(key, {}), **value} if both else value
        return replace(_parsed(self.file, raw, {**self.own, **dict.fromkeys(given, where)}), set_keys=self.set_keys)


def read(environment: Environment) -> OpenStackSettings:
    """The settings of a checked environment."""
    raw = placed.values(environment.values, environment.file)
    file = environment.file or ("--set" if environment.set_keys else "")
    parsed = _parsed(file, raw if isinstance(raw, dict) else {}, {})
    return replace(parsed, set_keys=environment.set_keys)


def _parsed(file: str, raw: Mapping[str, Any], own: Mapping[str, SettingPlace]) -> OpenStackSettings:
    ssh, volume = raw.get("ssh_from", ()), raw.get("boot_volume")
    return OpenStackSettings(
        file=file,
        region=raw.get("region"),
        image=raw.get("image"),
        os=raw.get("os") or os_of(raw.get("image") or "") or DEFAULT_OS,
        images=raw.get("images", {}),
        sizes=tuple(sorted((_size(name, size) for name, size in raw.get("sizes", {}).items()), key=_smallest)),
        size=raw.get("size"),
        external_network=raw.get("external_network"),
        ssh_from=() if isinstance(ssh, dict) else _networks(ssh),
        bastion=Bastion(ssh["tier"], _networks(ssh["from"])) if isinstance(ssh, dict) else None,
        key_pair=raw.get("key_pair"),
        public_key=raw.get("public_key"),
        callback=raw.get("callback"),
        router=raw.get("router"),
        zone=raw.get("zone"),
        quota_check=raw.get("quota_check", True),
        balancer=raw.get("balancer", "octavia"),
        object_store=raw.get("object_store", False),
        s3_endpoint=raw.get("s3", {}).get("endpoint"),
        s3_region=raw.get("s3", {}).get("region"),
        releases=releases.parsed(raw["releases"]) if "releases" in raw else None,
        on_change=raw.get("on_change"),
        dns=raw.get("dns"),
        dns_servers=tuple(dict.fromkeys(raw.get("dns_servers", ()))),  # instances query them in this order
        addresses=raw.get("addresses", {}),
        cidrs=raw.get("cidrs", {}),
        existing={name: _existing(each) for name, each in raw.get("existing", {}).items()},
        certificates=certificates.read(raw.get("certificates", {})),
        https=certificates.wishes(raw.get("https", {})),
        security_groups=tuple(sorted(raw.get("security_groups", ()))),
        boot_volume=BootVolume(quantities.gibibytes(volume["size"]), volume.get("type")) if volume else None,
        metadata=dict(sorted(raw.get("metadata", {}).items())),
        bake=raw.get("bake", False),
        encrypt_links=raw.get("encrypt_links", False),
        sandbox=sandboxes.read(raw.get("sandbox", {})),
        sources=software_sources.read(raw.get("sources", "")),
        application=raw.get("application"),
        registries=registries.read(raw.get("registries", {})),
        own=own,
        raw=raw,
    )


def _networks(given: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Networks or addresses as CIDRs, sorted."""
    return tuple(sorted({addresses.network(each) or each for each in ([given] if isinstance(given, str) else given)}))


def _existing(given: str | Mapping[str, str]) -> ExistingNetwork:
    return ExistingNetwork(given) if isinstance(given, str) else ExistingNetwork(given["network"], given["subnet"])


def is_id(text: str) -> bool:
    """Whether a string is an id of Glance or Neutron (a UUID), not a name."""
    return _ID.fullmatch(text) is not None


def os_of(image: str) -> str | None:
    """The operating system in an image's name: ``ubuntu-24.04`` for ``Ubuntu 24.04 LTS``."""
    found = _OS.search(image)
    return f"{found[1].lower()}-{found[2]}" if found else None


def _smallest(size: Size) -> tuple[int, int, int, str]:
    return size.memory, size.cores, size.disk or 0, size.name


def _size(name: str, size: Mapping[str, object]) -> Size:
    disk, flavor = size.get("disk"), size["flavor"]
    by_id = isinstance(flavor, dict)
    flavor = str(flavor["id"] if isinstance(flavor, dict) else flavor)
    return Size(
        name=name,
        flavor=flavor,
        cores=int(str(size["cores"])),
        memory=quantities.mebibytes(str(size["memory"])),
        disk=quantities.gibibytes(str(disk)) if disk is not None else None,
        by_id=by_id or is_id(flavor),
    )
