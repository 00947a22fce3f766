"""An application as tiers of instances, and the plan and the environment file for OpenStack that describe it.

PaaS Manager, TOSCA, Heat and Brooklyn all describe instances with software on them. Their importers fill these records.
What a plan and an environment file look like is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.importers.draft import DraftCharacteristic, DraftPlan, DraftService, DraftValue, NotedValue
from camp2iac.record import Record, field
from camp2iac.topology.ids import slug

_LONGEST = 30  # of a name, so that APPLICATION-TIER-NUMBER is a host name
_COMMON = ("region", "image", "os", "key_pair")  # of the environment file, also for all tiers
PROFILE = "org.camp2iac:"
CHECK_SIZE = "check its cores and memory"
# The flavors that Nova had from the start, by id and name: size, cores, memory, disk
_FIRST_FLAVORS = {
    "1": ("tiny", 1, "512 MiB", "1 GiB"),
    "2": ("small", 1, "2 GiB", "20 GiB"),
    "3": ("medium", 2, "4 GiB", "40 GiB"),
    "4": ("large", 4, "8 GiB", "80 GiB"),
    "5": ("xlarge", 8, "16 GiB", "160 GiB"),
}
_FLAVORS = {**_FIRST_FLAVORS, **{f"m1.{each[0]}": each for each in _FIRST_FLAVORS.values()}}
_KNOWN_SIZE = "the first flavors of OpenStack have these cores and memory"
_GUESSED_SIZE = "the source has only the name of the flavor. Correct cores and memory"


class ImportedService(Record):
    """A service: its id and its characteristics, without those of its tier. ``why``: where it comes from."""

    id: str
    characteristics: list[DraftCharacteristic] = field(default_factory=list)
    why: str = ""

    def attributes(self) -> dict[str, DraftValue]:
        """Its attributes, to add to them."""
        found = next((each for each in self.characteristics if each.type == f"{PROFILE}Attributes"), None)
        if found is None:
            found = DraftCharacteristic(f"{PROFILE}Attributes")
            self.characteristics.append(found)
        return found.values


class ImportedTier(Record):
    """A tier. The mappings have the keys of the profile's types. ``operator``: its keys in the environment file."""

    name: str
    why: str = ""
    services: list[ImportedService] = field(default_factory=list)
    scale: dict[str, DraftValue] = field(default_factory=dict)
    compute: dict[str, DraftValue] = field(default_factory=dict)
    placement: dict[str, DraftValue] = field(default_factory=dict)
    balance: dict[str, DraftValue] | None = None
    ports: list[dict[str, DraftValue]] = field(default_factory=list)
    volumes: list[dict[str, DraftValue]] = field(default_factory=list)
    operator: dict[str, DraftValue] = field(default_factory=dict)

    def open(self, protocol: str, ports: list[str], source: DraftValue) -> None:
        """Open ports and ranges to a source, each once."""
        numbers: list[DraftValue] = [int(each) if each.isdecimal() else each for each in ports]
        same = next((each for each in self.ports if each.get("from") == source), None)
        if same is None:
            same = {"from": source}
            self.ports.append(same)
        known = same.get(protocol, [])
        assert isinstance(known, list)  # noqa: S101 - this is the only place that sets it
        same[protocol] = [*known, *(each for each in numbers if each not in known)]

    def opens(self, port: int) -> bool:
        """Whether a TCP port is open to everyone."""
        listed = [each.get("tcp", []) for each in self.ports if each.get("from") == "anywhere"]
        return any(isinstance(each, list) and port in each for each in listed)


class ImportedApplication(Record):
    """What an importer read. ``environment``: keys of the environment file for OpenStack."""

    plan: DraftPlan
    tiers: list[ImportedTier] = field(default_factory=list)
    networks: dict[str, dict[str, DraftValue]] = field(default_factory=dict)
    environment: dict[str, DraftValue] = field(default_factory=dict)
    alone: list[ImportedService] = field(default_factory=list)  # services on no tier
    _tiers: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)

    def tier(self, wanted: str, why: str = "") -> ImportedTier:
        """A new tier with a name like the one that is wanted."""
        tier = ImportedTier(unique(plain_name(wanted, "tier"), self._tiers), why)
        self.tiers.append(tier)
        return tier

    def id(self, wanted: str, otherwise: str) -> str:
        """The id of a service or the name of an artifact, which no other service or artifact has."""
        return unique(plain_name(wanted, otherwise), self._ids)

    def finish(self) -> DraftPlan:
        """The plan, with the services of all tiers, the networks, and the environment file."""
        plan = self.plan
        if not self.tiers and not plan.artifacts:
            return plan
        for tier in self.tiers:
            plan.services += _services(tier)
        plan.services += [DraftService(each.id, each.characteristics, why=each.why) for each in self.alone]
        if self.networks:
            plan.keys.setdefault(f"{PROFILE}Networks", {}).update(self.networks)
        plan.environments["openstack"] = self._openstack()
        return plan

    def _openstack(self) -> dict[str, DraftValue]:
        """What all tiers have is at the top of the environment file."""
        environment = {
            key: value
            for key, value in (self.tiers[0].operator.items() if self.tiers else ())
            if key in _COMMON and all(each.operator.get(key) == value for each in self.tiers)
        }
        environment.update(self.environment)
        own: dict[str, DraftValue] = {}
        for tier in self.tiers:
            different = {key: value for key, value in tier.operator.items() if environment.get(key) != value}
            if different:
                own[tier.name] = different
        if own:
            environment["tiers"] = own
        return environment


def _services(tier: ImportedTier) -> list[DraftService]:
    """The services of a tier: the first has what is true of the tier."""
    services = tier.services or [ImportedService(tier.name, [DraftCharacteristic("Machine")], tier.why)]
    found = []
    for number, each in enumerate(services):
        service = DraftService(each.id, list(each.characteristics), why=each.why)
        placement: dict[str, DraftValue] = {}
        if len(services) > 1 or each.id != tier.name:
            placement["tier"] = tier.name
        if number == 0:
            placement.update(tier.placement)
            service.characteristics += _of_tier(tier)
        if placement:
            service.characteristics.append(_profile("Placement", placement))
        found.append(service)
    return found


def _of_tier(tier: ImportedTier) -> list[DraftCharacteristic]:
    types: list[tuple[str, Mapping[str, DraftValue] | None]] = [
        ("Compute", tier.compute or None),
        ("Scale", tier.scale or None),
        ("Balance", tier.balance),
        *(("Volume", each) for each in tier.volumes),
        *(("Ports", each) for each in tier.ports),
    ]
    return [_profile(name, values) for name, values in types if values is not None]


def _profile(name: str, values: Mapping[str, DraftValue]) -> DraftCharacteristic:
    return DraftCharacteristic(f"{PROFILE}{name}", dict(values))


def flavor_size(application: ImportedApplication, flavor: str, where: str) -> str:
    """The name of the size in the environment file that is a flavor, which is added."""
    sizes = application.environment.setdefault("sizes", {})
    assert isinstance(sizes, dict)  # noqa: S101 - it is only set here
    name, cores, memory, disk = _FLAVORS.get(flavor, (plain_name(flavor, "size"), 1, "1 GiB", ""))
    size: dict[str, DraftValue] = {"flavor": {"id": flavor} if flavor.isdecimal() else flavor}
    size.update(cores=cores, memory=memory)
    if disk:
        size["disk"] = disk
    sizes.setdefault(name, NotedValue(size, f"{where}. {_KNOWN_SIZE if disk else _GUESSED_SIZE}"))
    return name


def unique(wanted: str, taken: set[str]) -> str:
    """The name, or the name with a number if it is taken. It is then taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted[: _LONGEST - 1 - len(str(number))]}-{number}"
    taken.add(name)
    return name


def plain_name(wanted: str, otherwise: str) -> str:
    """An id that is short enough for networks and host names."""
    return slug(wanted[:200])[:_LONGEST].rstrip("-") if wanted.strip() else otherwise


def variable_name(wanted: str) -> str:
    """The name of an environment variable."""
    text = re.sub(r"[^A-Za-z0-9]+", "_", wanted[:200]).strip("_").upper()
    return text if text[:1].isalpha() else f"V_{text}".strip("_")


def value_name(wanted: str) -> str:
    """The name of a parameter or a secret."""
    return variable_name(wanted).lower()
